"""Readiness, metrics, slow statements, and the line of a request."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from django.db import connection
from prometheus_client.parser import text_string_to_metric_families

from jingwei.kernel.facts.relay import Relay
from jingwei.kernel.models import Heartbeat
from jingwei.kernel.server.requests import may_watch
from jingwei.kernel.testing import acting_as
from jingwei.kernel.tests.lamps import light
from jingwei.kernel.tests.processes import RELAY, WORKER, database_address, running, wait_until
from jingwei.kernel.tests.web import a_server, is_answering
from jingwei.kernel.watch import readiness
from jingwei.kernel.watch.exposition import exposition
from jingwei.kernel.watch.heartbeat import Beating
from jingwei.kernel.watch.readiness import look_at_readiness, look_behind
from jingwei.kernel.watch.statements import SLOW_SECONDS, fingerprint, without_values

pytestmark = pytest.mark.role("jw_worker")
RULES = Path(__file__).resolve().parents[4] / "deploy" / "prometheus-rules.yml"
TOKEN = "a-token-that-nobody-can-guess"


def metrics(text: str) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the values of its labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.django_db
def test_alerts_are_about_metrics_that_there_are():
    Beating("relay").beat()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    given = {family.name for family in text_string_to_metric_families(exposition())}

    rules = yaml.safe_load(RULES.read_text("utf-8"))["groups"][0]["rules"]

    for rule in rules:
        asked = set(re.findall(r"jingwei_[a-z_]+", rule["expr"]))
        assert asked
        assert {name.removesuffix("_total").removesuffix("_bucket") for name in asked} <= given, rule["alert"]


@pytest.mark.django_db
def test_site_whose_programs_beat_is_whole():
    Beating("relay").beat()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")

    ready = look_at_readiness(is_following=True)

    assert ready.as_json()["status"] == "ready"
    assert ready.checks.keys() >= {"database", "migrations", "live_streams", "relay", "worker"}


@pytest.mark.django_db
def test_site_without_relay_serves_pages_and_says_what_is_missing():
    with acting_as("none"):
        Heartbeat.objects.all().delete()

    ready = look_at_readiness(is_following=True)

    assert (ready.is_ready, ready.as_json()["status"]) == (True, "degraded")
    assert ready.checks["relay"] == {"ok": False, "heartbeat_seconds": None, "waiting": 0, "lag_seconds": 0}


@pytest.mark.django_db(transaction=True)
def test_relay_that_beats_and_numbers_nothing_is_not_well(monkeypatch):
    light()
    Beating("relay").beat()
    assert look_behind().is_relay_well

    monkeypatch.setattr(readiness, "RELAY_LATE_SECONDS", 0)

    assert not look_behind().is_relay_well
    assert look_behind().waiting == 1


@pytest.mark.django_db
def test_database_without_a_migration_is_not_ready(monkeypatch):
    wanted = readiness._wanted() | {("kernel", "9999_to_come")}
    monkeypatch.setattr(readiness, "_wanted", lambda: wanted)

    ready = look_at_readiness(is_following=True)

    assert not ready.is_ready
    assert ready.checks["migrations"] == {"ok": False, "missing": 1}


@pytest.mark.django_db(transaction=True)
def test_relay_says_since_when_another_session_holds_it_up(lines):
    light()
    relay = Relay()
    relay.begin()
    script = (
        "import os, psycopg; c = psycopg.connect(os.environ['JINGWEI_DATABASE_URL']);"
        "c.execute('SELECT FROM fact_counter FOR UPDATE'); print('held', flush=True); input()"
    )
    with held_by_another(script) as pid:
        assert relay.step() == relay.step() == 0
        relay._heart.next = 0
        relay._heart.beat()
        assert look_behind().relay_blocked > 0
    assert [line["pids"] for line in lines()] == [[pid]]

    assert relay.step() == 1
    relay._heart.next = 0
    relay._heart.beat()
    assert look_behind().relay_blocked is None


class held_by_another:  # noqa: N801
    """A session of another process that holds a lock; the pid of its server process."""

    def __init__(self, script):
        self.script = script

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-c", self.script],
            env={**os.environ, "JINGWEI_DATABASE_URL": database_address()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout.readline() == "held\n"
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_locks WHERE relation = 'fact_counter'::regclass")
            return cursor.fetchone()[0]

    def __exit__(self, *_):
        self.process.communicate("\n")
        wait_until(lambda: not self._is_held())

    @staticmethod
    def _is_held():
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM pg_locks WHERE relation = 'fact_counter'::regclass")
            return cursor.fetchone() is not None


@pytest.mark.parametrize(
    ("peer", "headers", "token", "expected"),
    [
        ("127.0.0.1:4711", {}, "", True),
        ("[::1]:4711", {}, "", True),
        ("10.0.0.2:4711", {}, "", False),
        ("127.0.0.1:4711", {"x-forwarded-for": "127.0.0.1"}, "", False),
        ("127.0.0.1:4711", {"via": "1.1 proxy"}, "", False),
        ("127.0.0.1:4711", {}, TOKEN, False),
        ("10.0.0.2:4711", {"authorization": f"Bearer {TOKEN}"}, TOKEN, True),
        ("10.0.0.2:4711", {"authorization": "Bearer guess"}, TOKEN, False),
        ("10.0.0.2:4711", {"authorization": "Bearer ключ"}, TOKEN, False),
    ],
)
def test_metrics_are_for_this_machine_or_for_the_token(peer, headers, token, expected):
    class Scope:
        client = peer

    Scope.headers = headers

    assert may_watch(Scope, token) is expected


@pytest.mark.django_db(transaction=True)
def test_metrics_count_together_what_all_worker_processes_did():
    with a_server(workers="2") as server:
        for _ in range(20):
            server.ask("/echo/13800138000?q=words")
        server.ask("/nowhere/13800138000")
        with listening(server):
            said = server.ask("/metrics")
            counted = metrics(said.body.decode())
            assert counted["jingwei_open_streams",] == 1

    assert counted["jingwei_requests_total", "GET", "echo", "200"] == 20
    assert counted["jingwei_requests_total", "GET", "unknown", "404"] == 1
    assert counted["jingwei_request_seconds_count", "echo"] == 20
    assert counted["jingwei_database_up",] == 1
    assert b"13800138000" not in said.body


@pytest.mark.django_db(transaction=True)
def test_streams_of_a_killed_process_count_no_more():
    with a_server() as server, listening(server):
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(server.process.pid)], capture_output=True, text=True, check=True
        )
        for pid in children.stdout.split():
            os.kill(int(pid), signal.SIGKILL)
        wait_until(lambda: answers_metrics(server), seconds=20)

        assert metrics(server.ask("/metrics").body.decode())["jingwei_open_streams",] == 0


@contextmanager
def listening(server):
    """One live stream, open."""
    wait_until(lambda: is_answering(server, "/readyz"))
    with server.listen(**{"x-listens-to": "1"}) as stream:
        stream.block()
        yield


def answers_metrics(server) -> bool:
    try:
        return server.ask("/metrics").status == 200
    except OSError:
        return False


@pytest.mark.django_db(transaction=True)
def test_metrics_tell_of_relay_queues_and_sessions(no_jobs):
    light()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('facts', 'a'), ('facts', 'b')")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE task_name = 'b'")

    said = metrics(exposition())

    assert said["jingwei_relay_waiting_facts",] == 1
    assert said["jingwei_relay_lag_seconds",] > 0
    assert said["jingwei_jobs", "facts", "todo"] == said["jingwei_jobs", "facts", "failed"] == 1
    assert 0 <= said["jingwei_queue_age_seconds", "facts"] < 60
    assert said["jingwei_database_connections", connection.settings_dict["USER"]] >= 1


def test_metrics_without_database_say_so(tmp_path):
    with a_server(JINGWEI_DATABASE_URL=f"postgresql://nobody@/nowhere?host={tmp_path}") as server:
        assert metrics(server.ask("/metrics").body.decode())["jingwei_database_up",] == 0
        assert server.ask("/readyz").said == {"status": "unready", "checks": {"database": {"ok": False}}}


@pytest.mark.django_db(transaction=True)
def test_whole_site_answers_all_that_is_asked(no_jobs):
    with a_server() as server:
        wait_until(lambda: is_answering(server, "/readyz"))
        assert server.ask("/readyz?all").status == 503
        with running(*RELAY), running(*WORKER):
            wait_until(lambda: server.ask("/readyz?all").status == 200, seconds=20)
            assert server.ask("/readyz").said["status"] == "ready"


def test_statement_is_shown_without_values():
    said = "SELECT a FROM t WHERE phone = '13800138000' AND n IN (1, 2,\n 3) AND x = %s AND y = %(name)s -- it''s"

    assert without_values(said).startswith("SELECT a FROM t WHERE phone = ? AND n IN (?) AND x = ? AND y = ?")
    assert fingerprint("SELECT 1,  2") == fingerprint("SELECT 3") != fingerprint("SELECT a")


@pytest.mark.django_db
def test_slow_statement_is_counted_and_logged_by_its_fingerprint(lines):
    before = metrics(exposition()).get(("jingwei_slow_statements_total", ""), 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s), '13800138000'", [SLOW_SECONDS])
        cursor.execute("SELECT 1")

    (line,) = lines()
    assert line["statement"] == "SELECT pg_sleep(?), ?"
    assert line["fingerprint"] == fingerprint("SELECT pg_sleep(1), 'x'")
    assert line["ms"] >= SLOW_SECONDS * 1000
    assert metrics(exposition())["jingwei_slow_statements_total", ""] == before + 1


@pytest.mark.django_db
def test_request_is_one_line_with_its_route_and_the_id_that_the_answer_carries(client, settings, lines):
    settings.ROOT_URLCONF = "jingwei.kernel.tests.urls"
    settings.MIDDLEWARE = ["jingwei.kernel.watch.middleware.WatchMiddleware"]
    answer = client.get("/echo/13800138000?q=words")

    (line,) = [line for line in lines() if line["event"] == "request"]
    assert (line["route"], line["method"], line["status"]) == ("echo", "GET", 200)
    assert line["request"] == answer["X-Request-ID"]


def test_clock_of_a_held_up_program_begins_with_the_first_time():
    heart = Beating("relay")

    assert (heart.is_held_up(), heart.is_held_up()) == (True, False)
    heart.is_free()
    assert heart.is_held_up()
