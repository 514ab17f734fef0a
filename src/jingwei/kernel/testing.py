"""For the tests of every module: who a test works as in the database, letting what was published take effect, and
reading what is logged.

Tests work as the web process does, or as the worker (`@pytest.mark.role("jw_worker")`). What builds a case or asks a
rule sees everything; a request of the test client sees what its own reach opens.
"""

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Max
from procrastinate.contrib.django.models import ProcrastinateJob

from jingwei.kernel import logs
from jingwei.kernel.facts.handling import handle
from jingwei.kernel.facts.relay import Relay
from jingwei.kernel.grants import WORKER
from jingwei.kernel.jobs import handle_fact
from jingwei.kernel.reach import NOWHERE, TELL_FOR_GOOD, WHOLE, Reach, standing


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """Work as this role of the database; "none" is the owner of the tables, whom no policy binds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user, current_user")
        is_owner, before = cursor.fetchone()
        cursor.execute(f"SET ROLE {role}")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {'none' if is_owner else before}")


@contextmanager
def everything_open(role: str) -> Iterator[None]:
    """Every connection of this process works as `role` and sees all rows, except while a request is answered."""

    def begin(connection: BaseDatabaseWrapper, **_sent: Any) -> None:
        connection.connection.execute(f"SET ROLE {role}")
        _tell(connection, WHOLE)

    def close(**_sent: Any) -> None:
        standing(NOWHERE)
        _tell(connection, NOWHERE)

    def reopen(**_sent: Any) -> None:
        standing(WHOLE)
        _tell(connection, WHOLE)

    heard = ((connection_created, begin), (request_started, close), (request_finished, reopen))
    for signal, hear in heard:
        signal.connect(hear)
    if connection.connection is not None:
        begin(connection)
    standing(WHOLE)
    yield
    standing(NOWHERE)
    for signal, hear in heard:
        signal.disconnect(hear)
    if not connection.in_atomic_block:  # a test's transaction is rolled back, and these with it
        _tell(connection, NOWHERE)


def _tell(connection: BaseDatabaseWrapper, reach: Reach) -> None:
    """Without a transaction, and past the counting of queries."""
    if connection.connection is not None and not connection.connection.closed and not connection.needs_rollback:
        connection.connection.execute(TELL_FOR_GOOD, reach.settings())


def settle() -> None:
    """Number all facts and run their handlers, also those of facts that handlers publish: the worker's part."""
    with acting_as(WORKER):
        _settle()


def _settle() -> None:
    relay = Relay()
    relay.begin()
    jobs = ProcrastinateJob.objects.filter(task_name=handle_fact.name).order_by("id")
    done = jobs.aggregate(last=Max("id"))["last"] or 0
    while relay.step():
        for job in jobs.filter(id__gt=done):
            handle(job.args["handler"], job.args["seq"])
            done = job.id


@contextmanager
def recorded() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The lines that are logged inside, as a real site would write them, also where one debugs."""
    root, stream = logging.getLogger(), io.StringIO()
    before = root.handlers, root.level, logs.shows_all
    logs.shows_all = lambda: False
    root.handlers = [logs.writing_to(stream, "json")]
    root.setLevel(logging.INFO)
    try:
        yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    finally:
        root.handlers, root.level, logs.shows_all = before
