"""Killed with -9, whichever process it is: every alarm is whole or not there, every call is made, none twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from jingwei.cases.public import ANSWER_WITHIN, Case, CaseStep, report_cases
from jingwei.cases.testing import a_condition, a_draft
from jingwei.emergency.calling import call_due
from jingwei.emergency.models import Call, Incident, LogEntry
from jingwei.emergency.testing import FIRE, cast_and_areas, on_duty
from jingwei.kernel.public import WEB, WORKER, clock
from jingwei.notices.public import Notice
from jingwei.people.testing import a_member, a_posting

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.role("jw_worker")]
MANY = 60
RELAY = ("-m", "django", "relay")
WORKS = ("-m", "django", "worker")


@contextmanager
def running(*command, role):
    """A process of ours on the test's database, as its role; killed at the end."""
    params = connection.get_connection_params()
    known = {key: params[key] for key in ("dbname", "user", "password", "host", "port") if params.get(key)}
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "JINGWEI_DATABASE_URL": make_conninfo(**known, options=f"-c role={role}"),
        "JINGWEI_TESTING": "1",
        "JINGWEI_LOG_LEVEL": "error",
    }
    process = subprocess.Popen([sys.executable, *command], env=env)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so, seconds=90):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


@pytest.fixture
def officers():
    """Sixty cases that were reported, somebody who raises alarms, and two on duty for a week around."""
    cast = cast_and_areas()
    a_condition(*FIRE)
    raiser = a_posting("dispatcher", cast.street, member=a_member(username="raiser")).member
    now = clock.now()
    people = [on_duty(cast.street, rank=rank, at=now) for rank in (1, 2)]
    report_cases([a_draft(cast.grid) for _ in range(MANY)], by=raiser)
    return [one.pk for one in people]


def turns():
    """How many calls each incident has had, by turn and member."""
    return Counter(Call.objects.values_list("turn", "member_id"))


def check_whole(expected):
    """Each incident has these calls, each with one log entry and one notice, and nothing else has any."""
    incidents = set(Incident.objects.values_list("pk", flat=True))
    assert turns() == Counter({turn: len(incidents) for turn in expected})
    calls = Call.objects.count()
    assert LogEntry.objects.filter(kind="called").count() == calls
    assert Notice.objects.filter(text="emergency.call").count() == calls
    alarmed = CaseStep.objects.filter(verb="alarm").values_list("case_id", flat=True)
    assert sorted(alarmed) == sorted(Incident.objects.values_list("case_id", flat=True))
    assert set(Case.objects.filter(status="dispatched").values_list("pk", flat=True)) == set(alarmed)


def test_a_web_process_killed_while_raising_alarms_leaves_each_whole_or_not_begun(officers):
    command = ("-m", "jingwei.emergency.tests.alarming", clock.now().isoformat())
    with running(*command, role=WEB) as raising:
        wait_until(lambda: Incident.objects.count() >= 5)
        raising.send_signal(signal.SIGKILL)
        assert raising.wait(10) == -signal.SIGKILL

    assert 5 <= Incident.objects.count() < MANY
    check_whole([(1, officers[0])])


def test_workers_and_relays_killed_again_and_again_call_everybody_once(officers):
    late = clock.now() - ANSWER_WITHIN
    with running("-m", "jingwei.emergency.tests.alarming", late.isoformat(), role=WEB) as raising:
        for made in (5, 20, 40):
            with running(*RELAY, role=WORKER), running(*WORKS, role=WORKER):
                wait_until(lambda made=made: Call.objects.filter(turn=2).count() >= made)
        assert raising.wait(60) == 0
    with running(*WORKS, role=WORKER):
        wait_until(lambda: Call.objects.filter(turn=2).count() >= MANY)

    check_whole([(1, officers[0]), (2, officers[1])])
    assert call_due() == 0
    assert call_due(clock.now() + ANSWER_WITHIN + timedelta(minutes=1)) == MANY
    check_whole([(1, officers[0]), (2, officers[1]), (3, officers[0])])
