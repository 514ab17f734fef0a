"""All metrics in the text format of Prometheus: what the processes have counted, and what the database says now."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.db import DatabaseError, connection
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from jingwei.kernel.environment import environment
from jingwei.kernel.watch.readiness import look_behind
from jingwei.kernel.watch.shared import SHARED

BACKUPS = "backups.json"
CONTENT_TYPE = CONTENT_TYPE_LATEST

QUEUES = """
    SELECT queue_name, status::text, count(*)::int,
        extract(epoch FROM clock_timestamp() - min(coalesce(scheduled_at, deferred.at)))::float
    FROM procrastinate_jobs AS job
    LEFT JOIN LATERAL (
        SELECT min(at) AS at FROM procrastinate_events WHERE job_id = job.id AND type = 'deferred'
    ) AS deferred ON true
    WHERE status IN ('todo', 'doing', 'failed') AND (scheduled_at IS NULL OR scheduled_at <= now())
    GROUP BY 1, 2
"""
CONNECTIONS = "SELECT usename::text, count(*)::int FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1"
SERVER = """
    SELECT current_setting('max_connections')::int, pg_database_size(current_database()),
        (SELECT failed_count FROM pg_stat_archiver),
        (SELECT deadlocks FROM pg_stat_database WHERE datname = current_database())
"""


Figures = Callable[[], Iterable[Metric]]
"""Asks the database, and tells nothing personal."""
_figures: list[Figures] = []


def register_figures(count: Figures) -> None:
    """What a module above has to say in /metrics. Called when Django starts."""
    _figures.append(count)


def exposition() -> str:
    registry = CollectorRegistry()
    registry.register(DatabaseCollector())
    own = REGISTRY
    if folder := os.environ.get(SHARED):
        _bury_the_dead(Path(folder))
        own = CollectorRegistry()
        MultiProcessCollector(own, folder)  # type: ignore[no-untyped-call]
    return (generate_latest(own) + generate_latest(registry)).decode()


def _bury_the_dead(folder: Path) -> None:
    """A process that was killed has no open streams any more. Its counts stay."""
    for file in folder.glob("gauge_live*_*.db"):
        pid = int(file.stem.rpartition("_")[2])
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
        except PermissionError:
            continue


class DatabaseCollector(Collector):
    """Asks when it is read. Without a database it says just that."""

    def collect(self) -> Iterable[Metric]:
        families: list[Metric] = []
        is_up = False
        with suppress(DatabaseError):
            families = [*_behind(), *_queues(), *_server(), *(one for count in _figures for one in count())]
            is_up = True
        yield from _backups(environment().home / BACKUPS)
        yield _gauge("jingwei_database_up", "Whether the database answers.", int(is_up))
        yield from families


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)


def _behind() -> Iterator[Metric]:
    behind = look_behind()
    yield _gauge("jingwei_relay_waiting_facts", "Facts that have no number yet.", behind.waiting)
    yield _gauge("jingwei_relay_lag_seconds", "Age of the oldest fact without a number.", behind.lag or 0)
    yield _gauge(
        "jingwei_relay_blocked_seconds", "Since when another session holds up the relay.", behind.relay_blocked or 0
    )
    if behind.relay_silence is not None:
        yield _gauge("jingwei_relay_heartbeat_seconds", "Since the relay last went round.", behind.relay_silence)
    if behind.worker_silence is not None:
        yield _gauge("jingwei_worker_heartbeat_seconds", "Since a worker last said it lives.", behind.worker_silence)


def _backups(noted: Path) -> Iterator[Metric]:
    """What `./jingwei backup` has noted; nothing where none was made."""
    age = GaugeMetricFamily("jingwei_backup_age_seconds", "Since the last backup of a kind.", labels=["kind"])
    with suppress(FileNotFoundError, ValueError):
        for kind, at in json.loads(noted.read_text("utf-8")).items():
            age.add_metric([kind], (datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds())
    yield age


def _queues() -> Iterator[Metric]:
    jobs = GaugeMetricFamily(
        "jingwei_jobs", "Jobs that are due, run or have failed for good.", labels=["queue", "status"]
    )
    oldest = GaugeMetricFamily("jingwei_queue_age_seconds", "Age of the oldest job that is due.", labels=["queue"])
    with connection.cursor() as cursor:
        cursor.execute(QUEUES)
        for queue, status, count, age in cursor.fetchall():
            jobs.add_metric([queue, status], count)
            if status == "todo":
                oldest.add_metric([queue], age or 0)
    yield jobs
    yield oldest


def _server() -> Iterator[Metric]:
    by_role = GaugeMetricFamily("jingwei_database_connections", "Sessions in the database.", labels=["role"])
    with connection.cursor() as cursor:
        cursor.execute(CONNECTIONS)
        for role, count in cursor.fetchall():
            by_role.add_metric([role or "system"], count)
        cursor.execute(SERVER)
        most, size, failed, deadlocks = cursor.fetchone()
    yield by_role
    yield _gauge("jingwei_database_connections_max", "Sessions that the server lets in.", most)
    yield _gauge("jingwei_database_bytes", "Size of the database.", size)
    yield _gauge("jingwei_database_deadlocks", "Deadlocks since the server's statistics began.", deadlocks or 0)
    yield _gauge(
        "jingwei_wal_archive_failures", "Failed attempts to archive WAL since the statistics began.", failed or 0
    )
