"""What the relay promises between real processes: two by mistake, killed ones, and a restored copy."""

import random
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from asgiref.sync import async_to_sync
from procrastinate.contrib.django.models import ProcrastinateJob

from jingwei.kernel.facts.publishing import INSERT
from jingwei.kernel.ids import uuid7
from jingwei.kernel.jobs import retry_stalled_jobs
from jingwei.kernel.tests.handlers import PLACE, LampLit
from jingwei.kernel.tests.lamps import (
    is_all_numbered,
    lamps_in_order,
    light,
    noted,
    numbers,
    queued,
    write_in_parallel,
)
from jingwei.kernel.tests.processes import (
    RELAY,
    WORKER,
    database_address,
    new_cluster,
    postgres,
    running,
    start,
    wait_until,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_jobs"),
    pytest.mark.role("jw_worker"),
]


def test_two_relays_lose_skip_and_double_nothing_of_slow_overlapping_and_rolled_back_transactions(lamp_notes):
    with running(*RELAY), running(*RELAY), running(*WORKER):
        lamps = write_in_parallel(writers=6, transactions=25)
        wait_until(lambda: len(noted()) >= len(lamps))
        wait_until(lambda: not queued())

    assert sorted(lamps_in_order()) == sorted(lamps)
    assert noted() == numbers() == list(range(1, len(lamps) + 1))


def test_relay_killed_again_and_again_loses_skips_and_doubles_nothing():
    chance, lamps = random.Random(9), []
    with ThreadPoolExecutor(1) as pool:
        for _ in range(3):
            with running(*RELAY):
                lamps.append(light())
                wait_until(is_all_numbered)
                writing = pool.submit(write_in_parallel, writers=4, transactions=10)
                time.sleep(chance.uniform(0.02, 0.3))
            lamps += writing.result()
    with running(*RELAY):
        wait_until(is_all_numbered)

    assert sorted(lamps_in_order()) == sorted(lamps)
    assert queued() == numbers() == list(range(1, len(lamps) + 1))


def test_relay_told_to_stop_stops_at_once_and_says_success():
    with running(*RELAY) as relay:
        light()
        wait_until(is_all_numbered)
        relay.send_signal(signal.SIGTERM)
        assert relay.wait(timeout=2) == 0


def test_job_of_a_killed_worker_is_done_once_by_the_next(lamp_notes):
    light(seconds_to_handle=1)
    with running(*RELAY), running(*WORKER) as worker:
        wait_until(lambda: ProcrastinateJob.objects.filter(status="doing", task_name="kernel.handle_fact").exists())
        worker.kill()
        worker.wait()
    assert noted() == []
    silence_workers()
    async_to_sync(retry_stalled_jobs.func)(0)
    assert start(*WORKER, "--once").wait(timeout=15) == 0

    assert noted() == [1]
    assert queued() == []


def silence_workers() -> None:
    """As if every worker had been silent for an hour."""
    with psycopg.connect(database_address()) as own:
        own.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")


def test_restore_into_a_new_cluster_continues_the_numbers(tmp_path_factory):
    light()
    light()
    with running(*RELAY):
        wait_until(is_all_numbered)
    waiting = light()
    dump = subprocess.run(
        [postgres("pg_dump"), "--no-owner", "--no-privileges", database_address()],
        check=True,
        capture_output=True,
    ).stdout

    with new_cluster(tmp_path_factory.mktemp("pg")) as copy:
        subprocess.run(
            [postgres("psql"), "-q", "-v", "ON_ERROR_STOP=1", copy],
            input=dump,
            check=True,
            capture_output=True,
        )
        with psycopg.connect(copy, autocommit=True) as own, running(*RELAY, JINGWEI_DATABASE_URL=copy):
            new = [uuid7() for _ in range(3)]
            data = [f'{{"lamp_id": "{lamp}", "seconds_to_handle": 0}}' for lamp in new]
            later = datetime.now(UTC) + timedelta(seconds=1)
            own.execute(INSERT, [None, later, [uuid7() for _ in new], [LampLit.kind] * 3, [PLACE] * 3, data])
            unnumbered = "SELECT count(*) FROM fact WHERE seq IS NULL"
            wait_until(lambda: own.execute(unnumbered).fetchone() == (0,))
            rows = own.execute("SELECT seq, data ->> 'lamp_id' FROM fact ORDER BY seq").fetchall()
            jobs = own.execute("SELECT (args ->> 'seq')::int FROM procrastinate_jobs ORDER BY 1").fetchall()

    assert [seq for seq, _ in rows] == [seq for (seq,) in jobs] == [1, 2, 3, 4, 5, 6]
    assert [lamp for _, lamp in rows[2:]] == [str(lamp) for lamp in (waiting, *new)]
