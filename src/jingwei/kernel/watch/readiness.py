"""Whether the web process can serve, and whether what works behind it keeps up. Figures only, nothing personal."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

RELAY_SILENT_SECONDS = 30.0
RELAY_LATE_SECONDS = 60.0
WORKER_SILENT_SECONDS = 60.0

BEHIND = """
    SELECT
        (SELECT count(*) FROM fact WHERE seq IS NULL),
        (SELECT extract(epoch FROM clock_timestamp() - min(recorded_at))::float FROM fact WHERE seq IS NULL),
        (SELECT extract(epoch FROM clock_timestamp() - beaten_at)::float FROM heartbeat WHERE name = 'relay'),
        (SELECT extract(epoch FROM clock_timestamp() - blocked_at)::float FROM heartbeat WHERE name = 'relay'),
        (SELECT extract(epoch FROM clock_timestamp() - max(last_heartbeat))::float FROM procrastinate_workers)
"""


Look = Callable[[], dict[str, Any]]
"""Gives at least `ok`; asks the database, and nothing personal."""
_looks: dict[str, Look] = {}


def register_readiness(name: str, look: Look) -> None:
    """One more thing that has to work besides the pages themselves: told in /readyz and by `doctor`."""
    _looks[name] = look


@dataclass(frozen=True)
class Behind:
    """How relay and worker are doing; ages in seconds, None where there is nothing to be old."""

    waiting: int
    lag: float | None
    relay_silence: float | None
    relay_blocked: float | None
    worker_silence: float | None

    @property
    def is_relay_well(self) -> bool:
        is_alive = self.relay_silence is not None and self.relay_silence < RELAY_SILENT_SECONDS
        return is_alive and (self.lag or 0) < RELAY_LATE_SECONDS

    @property
    def is_worker_well(self) -> bool:
        return self.worker_silence is not None and self.worker_silence < WORKER_SILENT_SECONDS


@dataclass(frozen=True)
class Readiness:
    """`is_ready`: pages can be served. `is_whole`: what follows from them happens too."""

    is_ready: bool
    is_whole: bool
    checks: dict[str, dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        status = "unready" if not self.is_ready else "ready" if self.is_whole else "degraded"
        return {"status": status, "checks": self.checks}


def look_behind() -> Behind:
    with connection.cursor() as cursor:
        cursor.execute(BEHIND)
        return Behind(*cursor.fetchone())


def missing_migrations() -> int:
    """How many of this version's migrations the database has not had."""
    return len(_wanted() - MigrationRecorder(connection).applied_migrations().keys())


@lru_cache(maxsize=1)
def _wanted() -> frozenset[tuple[str, str]]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {name for migration in loader.disk_migrations.values() for name in migration.replaces}
    return frozenset(loader.disk_migrations.keys() - replaced)


def look_at_readiness(*, is_following: bool) -> Readiness:
    """`is_following`: whether this process hears what the relay tells its streams."""
    try:
        missing = missing_migrations()
        behind = None if missing else look_behind()
        more = {} if missing else {name: look() for name, look in _looks.items()}
    except DatabaseError:
        return Readiness(is_ready=False, is_whole=False, checks={"database": {"ok": False}})
    checks: dict[str, dict[str, Any]] = {
        "database": {"ok": True},
        "migrations": {"ok": not missing, "missing": missing},
        "live_streams": {"ok": is_following},
    }
    if behind:
        checks["relay"] = {
            "ok": behind.is_relay_well,
            "heartbeat_seconds": _rounded(behind.relay_silence),
            "waiting": behind.waiting,
            "lag_seconds": _rounded(behind.lag or 0),
        }
        checks["worker"] = {"ok": behind.is_worker_well, "heartbeat_seconds": _rounded(behind.worker_silence)}
    checks |= more
    return Readiness(
        is_ready=not missing and is_following,
        is_whole=all(check["ok"] for check in checks.values()),
        checks=checks,
    )


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)
