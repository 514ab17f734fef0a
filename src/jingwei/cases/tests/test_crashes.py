"""Reports with retries while web, worker and relay are killed without a word again and again: each that was
acknowledged is there, once, and docket, counts and facts agree with it.
"""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from jingwei.cases.models import Case, DocketEntry, Report, Stage, Step, Words
from jingwei.cases.testing import a_condition
from jingwei.cases.tests.test_together import recount
from jingwei.kernel.public import WEB, WORKER, FactRow
from jingwei.people.testing import a_key, the_cast
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS = 4
PATIENCE = 300.0
SEED = 20261116


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """A process of ours on the test's database, with all that it starts; killed it is begun anew."""

    def __init__(self, role, home, *arguments):
        params = connection.get_connection_params()
        names = [name for name in ("dbname", "user", "password", "host", "port") if params.get(name)]
        address = make_conninfo(**{name: params[name] for name in names}, options=f"-c role={role}")
        given = {"JINGWEI_DATABASE_URL": address, "JINGWEI_TESTING": "1", "JINGWEI_LOG_LEVEL": "error"}
        limits = {"JINGWEI_WRITES_PER_MINUTE": "100000", "JINGWEI_HOME": str(home)}
        self.environment = {**os.environ, **given, **limits, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self.arguments, self.log = arguments, home.with_suffix(".log")
        self.deaths = -1
        self.begin()

    def begin(self):
        self.deaths += 1
        command = [sys.executable, "-m", *self.arguments]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, start_new_session=True, stdout=log, stderr=subprocess.STDOUT
            )

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def running(home, port):
    """Web, worker and relay as they run on a site."""
    web = ("jingwei.kernel.serve", "--port", str(port), "--workers", "1")
    programs = [
        Program(WEB, home / "web", *web),
        Program(WORKER, home / "worker", "django", "worker"),
        Program(WORKER, home / "relay", "django", "relay"),
    ]
    try:
        yield programs
    finally:
        for program in programs:
            program.kill()


class Killer(Thread):
    """Kills web every second time and the others in turn, soon after web is at work again, so many times."""

    def __init__(self, programs, port, deaths, until):
        super().__init__(daemon=True)
        self.programs, self.port, self.deaths, self.until = programs, port, deaths, until
        self.chance = random.Random(SEED)

    def run(self):
        for number in range(self.deaths):
            wait_until(lambda: answers(self.port) or self.until.is_set())
            if self.until.wait(self.chance.uniform(0.05, 0.5)):
                return
            program = self.programs[0 if number % 2 == 0 else 1 + number // 2 % 2]
            program.kill()
            program.begin()


def answers(port):
    try:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        link.request("GET", "/readyz")
        return json.loads(link.getresponse().read())["status"] in {"ready", "degraded"}
    except (OSError, http.client.HTTPException, ValueError):
        return False


def wait_until(is_so):
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


class Sender:
    """A device: sends its reports until each is acknowledged, some of them once more although they are."""

    def __init__(self, number, port, key, area, bundles):
        self.port, self.key, self.area, self.bundles = port, key, area, bundles
        self.chance = random.Random(SEED + number)
        self.numbers = {}
        self.tries = 0

    def run(self):
        for size in self.bundles:
            reports = [self._report() for _ in range(size)]
            self._deliver(reports)
            if self.chance.random() < 0.2:
                self._deliver(reports)  # the answer was lost on the way

    def _report(self):
        return {"id": str(uuid4()), "words": f"Lamp {self.chance.random()}", "area": str(self.area)}

    def _deliver(self, reports):
        end = time.monotonic() + PATIENCE
        while (answer := self._post(reports)) is None:
            assert time.monotonic() < end, "nobody answers"
            time.sleep(0.1)
        for one in answer:
            assert one["result"] in {"created", "already"}, one
            assert self.numbers.setdefault(one["id"], one["number"]) == one["number"]

    def _post(self, reports):
        self.tries += 1
        headers = {"Authorization": self.key, "Content-Type": "application/json"}
        try:
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            link.request("POST", "/api/v1/reports", json.dumps(reports), headers)
            response = link.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException):
            return None
        if response.status >= 500:
            return None
        assert response.status == 200, body
        return json.loads(body)["items"]


def bundles(many, chance):
    """Sizes of what is sent at once: singles, handfuls and batches."""
    left, sizes = many, []
    while left:
        sizes.append(min(left, chance.choice([1, 1, 2, 8])))
        left -= sizes[-1]
    return sizes


@pytest.mark.parametrize(("many", "deaths"), [(300, 4), pytest.param(10_000, 60, marks=pytest.mark.slow)])
def test_each_acknowledged_report_is_there_once_whatever_is_killed(many, deaths, tmp_path):
    cast, port, done = the_cast(), free_port(), Event()
    an_area(cast.grid)
    a_condition()
    key = a_key(["cases.report"], [cast.street])
    chance = random.Random(SEED)
    senders = [Sender(n, port, key, cast.grid, bundles(many // SENDERS, chance)) for n in range(SENDERS)]
    with running(tmp_path, port) as programs:
        killer = Killer(programs, port, deaths, done)
        killer.start()
        try:
            with ThreadPoolExecutor(SENDERS) as pool:
                for result in [pool.submit(sender.run) for sender in senders]:
                    result.result()
        finally:
            done.set()
            killer.join()
        assert programs[0].deaths >= 2
        wait_until(lambda: not FactRow.objects.filter(seq=None).exists())
    acknowledged = {key: number for sender in senders for key, number in sender.numbers.items()}
    assert len(acknowledged) == many
    check_all_is_there(acknowledged)


def check_all_is_there(acknowledged):
    kept = {str(key): number for key, number in Report.objects.values_list("pk", "case__number")}
    assert kept == acknowledged
    assert len(set(kept.values())) == len(kept) == Case.objects.count()
    for model in (Step, Words, Stage):
        assert Counter(model.objects.values_list("case_id", flat=True)) == Counter(
            Case.objects.values_list("pk", flat=True)
        )
    entries, ledger = recount()
    assert entries == ledger
    assert set(Counter(DocketEntry.objects.values_list("case_id", flat=True)).values()) == {4}
    facts = FactRow.objects.filter(kind="case.moved")
    assert Counter(fact.data["case_id"] for fact in facts) == Counter(
        map(str, Case.objects.values_list("pk", flat=True))
    )
    numbers = sorted(FactRow.objects.values_list("seq", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
