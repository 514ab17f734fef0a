"""A sender that is killed while the gateway has the message: it goes out again under the same id, and ends once."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from jingwei.kernel.public import clock
from jingwei.notices.delivering import LEASE, deliver_due
from jingwei.notices.models import Delivery
from jingwei.notices.sending import To, notify
from jingwei.notices.texts import Urgency
from jingwei.people.testing import a_resident

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.role("jw_worker")]
SOURCES = Path(__file__).parents[3]
SENDER = """
import django
django.setup()
from jingwei.notices.jobs import deliver
deliver()
"""


@pytest.fixture
def slow_gateway(settings_of_site):
    """Takes each message, and says so only once it may."""
    asked, may_answer = [], threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.headers["Idempotency-Key"])
            self.rfile.read(int(self.headers["Content-Length"]))
            may_answer.wait(20)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_said):
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    place = f"127.0.0.1:{server.server_address[1]}"
    settings_of_site(SMS_GATEWAY=f'{{"url": "http://{place}/send"}}', OUTGOING_HOSTS=place)
    yield asked, may_answer
    may_answer.set()
    server.shutdown()
    server.server_close()
    thread.join()


def a_sender():
    """A process that carries out what is due on the test's database, as the worker does."""
    params = connection.get_connection_params()
    known = {key: params[key] for key in ("dbname", "user", "password", "host", "port") if params.get(key)}
    env = {
        **os.environ,
        "PYTHONPATH": str(SOURCES),
        "DJANGO_SETTINGS_MODULE": "jingwei.config.settings",
        "JINGWEI_DATABASE_URL": make_conninfo(**known, options="-c role=jw_worker"),
        "JINGWEI_TESTING": "1",
    }
    return subprocess.Popen([sys.executable, "-c", SENDER], env=env)


def test_sender_killed_while_the_gateway_has_the_message_loses_nothing(slow_gateway):
    asked, may_answer = slow_gateway
    now = clock.now()
    resident = a_resident()
    notify([To(resident.pk)], "notices.test", {}, key="one", urgency=Urgency.EMERGENCY, now=now)
    sender = a_sender()
    end = time.monotonic() + 60
    while not asked:
        assert time.monotonic() < end, "the sender never came to the gateway"
        time.sleep(0.05)
    sender.send_signal(signal.SIGKILL)
    sender.wait()
    assert Delivery.objects.get().state == Delivery.State.SENDING

    may_answer.set()
    assert list(deliver_due(clock.now())) == []
    later = clock.now() + LEASE + timedelta(seconds=1)
    assert [one.state for one in deliver_due(later)] == [Delivery.State.SENT]
    assert list(deliver_due(later + LEASE)) == []
    assert len(asked) == 2
    assert len(set(asked)) == 1
