"""What a move asks of the database: never more statements than are pinned here."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from jingwei.cases import actions
from jingwei.cases.testing import a_case
from jingwei.cases.tests.ways import LATER, WAYS
from jingwei.cases.workflow import MOVES
from jingwei.kernel.public import clock
from jingwei.people.testing import the_cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("settled_calendars")]
OFFERED = [move.verb for move in MOVES.values() if move.is_built and move.is_offered and move.verb != "report"]


TWO = frozenset({"merge", "unmerge", "group"})
"""These move two cases here; of a group each further child costs two."""
LIMIT = 12


@contextmanager
def statements(monkeypatch) -> Iterator[list[str]]:
    """All that go to the server, also past Django, but for the brackets of transactions."""
    sent: list[str] = []
    execute = psycopg.Cursor.execute

    def listening(cursor, query, *given, **named):
        if "SAVEPOINT" not in str(query):
            sent.append(str(query))
        return execute(cursor, query, *given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", listening)
        yield sent


def test_every_move_that_is_offered_has_its_way():
    missing = set(OFFERED) - WAYS.keys()
    assert not missing, f"Say in ways.py how a case comes to {sorted(missing)}: a line in WAYS for each."
    assert not WAYS.keys() - set(OFFERED)


@pytest.mark.parametrize("verb", WAYS)
def test_a_move_asks_no_more_than_its_limit(verb, monkeypatch):
    ready = WAYS[verb](the_cast())
    with clock.frozen(LATER), statements(monkeypatch) as sent:
        ready()
    assert 5 < len(sent) <= LIMIT * (2 if verb in TWO else 1), "\n".join(sent)


def test_a_group_of_many_costs_little_for_each_child(monkeypatch):
    cast = the_cast()
    counts = []
    for many in (2, 12):
        leader, *children = [a_case("filed", cast=cast) for _ in range(many + 1)]
        with clock.frozen(LATER), statements(monkeypatch) as sent:
            actions.group_cases(leader, children=children, by=cast.dispatcher)
        counts.append(len(sent))
    assert (counts[1] - counts[0]) / 10 <= 4
