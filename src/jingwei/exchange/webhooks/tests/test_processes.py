"""What holds between real processes: a sender that is killed again and again loses nothing and keeps the order."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from jingwei.cases.testing import a_case
from jingwei.exchange.webhooks.models import Subscription
from jingwei.exchange.webhooks.testing import a_subscription
from jingwei.kernel.public import WORKER, FactRow
from jingwei.kernel.testing import settle
from jingwei.people.testing import the_cast
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db(transaction=True)


class Hook(BaseHTTPRequestHandler):
    """Takes every call, and remembers it before it answers."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.seqs.append(int(json.loads(body)["seq"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def receiver():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.seqs = []
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()


@contextmanager
def running_relay(**env):
    """The process that numbers facts and sends, as its role on the test's database; killed at the end."""
    params = connection.get_connection_params()
    names = [name for name in ("dbname", "user", "password", "host", "port") if params.get(name)]
    address = make_conninfo(**{name: params[name] for name in names}, options=f"-c role={WORKER}")
    given = {"JINGWEI_DATABASE_URL": address, "JINGWEI_TESTING": "1", "JINGWEI_LOG_LEVEL": "error", **env}
    process = subprocess.Popen([sys.executable, "-m", "django", "relay"], env={**os.environ, **given})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so, seconds=60):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def has_more_than(receiver, seen):
    return len(receiver.seqs) > seen


def test_killed_again_and_again_nothing_is_lost_and_the_order_holds(receiver):
    host = f"127.0.0.1:{receiver.server_port}"
    cast = the_cast()
    an_area(cast.grid)
    settle()
    hook = a_subscription()
    Subscription.objects.filter(pk=hook.pk).update(url=f"http://{host}/hook")
    a_case("closed", cast=cast)
    for _ in range(3):
        a_case("filed", cast=cast)
        with running_relay(JINGWEI_OUTGOING_HOSTS=host) as process:
            wait_until(partial(has_more_than, receiver, len(receiver.seqs)))
            process.send_signal(signal.SIGKILL)
            process.wait()
    with running_relay(JINGWEI_OUTGOING_HOSTS=host):
        wanted = list(FactRow.objects.filter(kind="case.moved").values_list("pk", flat=True))
        wait_until(lambda: len(set(receiver.seqs)) == len(wanted))
        wait_until(lambda: Subscription.objects.get().seq >= max(receiver.seqs))

    numbers = FactRow.objects.filter(kind="case.moved").order_by("seq").values_list("seq", flat=True)
    assert sorted(set(receiver.seqs)) == list(numbers)
    first = list(dict.fromkeys(receiver.seqs))
    assert first == sorted(first)  # what came for the first time came in order
