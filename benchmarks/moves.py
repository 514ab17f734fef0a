"""What a move costs at 1,000,000 cases: how many statements, and its time beside its statements sent bare."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from django.db.transaction import atomic, set_rollback

from benchmarks import city
from benchmarks.harness import Bench
from jingwei.calendars.public import calendars
from jingwei.cases.testing import a_condition
from jingwei.cases.tests.ways import LATER, WAYS
from jingwei.kernel.grants import WEB
from jingwei.kernel.public import clock
from jingwei.kernel.testing import everything_open
from jingwei.people.testing import Cast, the_cast

STREET = city.street() + 50 * 10**9
"""One that the city has not."""
TIMES = 15
MOST_STATEMENTS, MOST_TIMES_BARE = 12, 4
TWO = frozenset({"merge", "unmerge", "group"})
"""These move two cases."""
Sent = list[tuple[type[psycopg.Cursor[Any]], Any, Any, bool | None]]


def run(bench: Bench) -> None:
    a_condition()  # in force since long ago
    city.grow(city.lay_out(), city.LARGE)
    cast = the_cast(STREET)
    calendars()
    for verb in WAYS:
        with everything_open(WEB):
            statements, ours, bare = measured(verb, cast)
        cases = 2 if verb in TWO else 1
        told = {"unit": "queries", "goal": MOST_STATEMENTS * cases, "at_most": True}
        bench.report(name=f"moves.{verb}.queries", value=statements, **told)
        told = {"unit": "ms", "goal": MOST_TIMES_BARE, "at_most": True}
        bench.report(name=f"moves.{verb}.time", value=ours * 1e3, baseline=bare * 1e3, **told)


def measured(verb: str, cast: Cast) -> tuple[int, float, float]:
    """Statements of one move, and the median seconds of the move and of nothing but them, in turn, from one state."""
    ready = WAYS[verb](cast)
    ours, bare, sent = [], [], listened(ready)
    for _ in range(TIMES):
        with taken_back():
            ours.append(seconds(ready))
        with taken_back():
            bare.append(seconds(lambda: send(sent)))
    return len(sent), statistics.median(ours), statistics.median(bare)


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    with clock.frozen(LATER):
        work()
    return time.perf_counter() - begun


@contextmanager
def taken_back() -> Iterator[None]:
    with atomic():
        yield
        set_rollback(True)


def listened(work: Callable[[], object]) -> Sent:
    """What goes to the server while `work` is done and taken back, but for the brackets of transactions."""
    sent: Sent = []
    execute = psycopg.Cursor.execute

    def listening(cursor: Any, query: Any, params: Any = None, *, prepare: bool | None = None, **given: Any) -> Any:
        if "SAVEPOINT" not in str(query):
            kind = psycopg.ClientCursor if isinstance(cursor, psycopg.ClientCursor) else psycopg.Cursor
            sent.append((kind, query, params, prepare))
        return execute(cursor, query, params, prepare=prepare, **given)

    with taken_back(), clock.frozen(LATER):
        psycopg.Cursor.execute = listening  # type: ignore[method-assign, assignment]
        try:
            work()
        finally:
            psycopg.Cursor.execute = execute  # type: ignore[method-assign]
    return sent


def send(sent: Sent) -> None:
    """The same statements with the same parameters by the driver alone, and their rows fetched."""
    connection.ensure_connection()
    for kind, query, params, prepare in sent:
        with kind(connection.connection) as cursor:
            cursor.execute(query, params, prepare=prepare)
            if cursor.description:
                cursor.fetchall()
