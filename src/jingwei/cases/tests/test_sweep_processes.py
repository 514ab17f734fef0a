"""Two sweeps at once in processes of their own, one of them killed: each signal that is due is given once."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from jingwei.cases.actions import report_cases, sweep_signals
from jingwei.cases.models import Case, Step
from jingwei.cases.testing import MONDAY, a_draft
from jingwei.kernel.public import clock
from jingwei.people.testing import the_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.role("jw_worker")]
TOMORROW = MONDAY + timedelta(days=1)
MANY = 120


def sweeping():
    params = connection.get_connection_params()
    known = {key: params[key] for key in ("dbname", "user", "password", "host", "port") if params.get(key)}
    return subprocess.Popen(
        [sys.executable, "-m", "jingwei.cases.tests.sweeping", TOMORROW.isoformat()],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "JINGWEI_DATABASE_URL": make_conninfo(**known, options="-c role=jw_worker"),
            "JINGWEI_TESTING": "1",
        },
    )


def given():
    return Counter(Step.objects.filter(verb="signal").values_list("case_id", flat=True))


def wait_until(is_so, seconds=60):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)


def test_two_sweeps_and_a_killed_one_give_each_signal_once():
    cast = the_cast()
    with clock.frozen(MONDAY):
        report_cases([a_draft(cast.grid) for _ in range(MANY)], by=cast.dispatcher)
    killed, other = sweeping(), sweeping()
    try:
        wait_until(lambda: len(given()) >= 6)
        killed.send_signal(signal.SIGKILL)
        assert killed.wait(10) == -signal.SIGKILL
        assert other.wait(60) == 0
    finally:
        for process in (killed, other):
            process.kill()
            process.wait()
    sweep_signals(TOMORROW)  # what the killed one still held when the other came by
    assert len(given()) == MANY
    assert set(given().values()) == {1}
    assert not Case.objects.filter(signal_at__isnull=False).exists()
