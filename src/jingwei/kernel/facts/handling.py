"""Handlers: what a module does when a fact has happened. Each runs as a job of its own.

A handler runs at least once and counts once: its mark is written in its own transaction, so that a job that
runs again does nothing. Handlers of different facts may run in any order.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from django.db import connection
from django.db.transaction import atomic

from jingwei.kernel.facts.fact import Fact
from jingwei.kernel.facts.models import FactRow
from jingwei.kernel.reach import NOWHERE, Reach, entered

Handler = Callable[[FactRow], None]
Given = TypeVar("Given", bound=Handler)

MARK = "INSERT INTO fact_handled (handler, seq) VALUES (%s, %s) ON CONFLICT DO NOTHING"

_handlers: dict[str, Handler] = {}
_names_by_kind: dict[str, list[str]] = {}


class Work(NamedTuple):
    """A handler, by name, and the number of the fact that it has to deal with."""

    handler: str
    seq: int


def handles(*facts: type[Fact], reach: Reach = NOWHERE) -> Callable[[Given], Given]:
    """Register a function of a module's `handlers.py` for these facts; `reach` is what it needs to see of persons.

    Its name in the queue is "module.function": renaming either orphans the jobs that wait.
    """

    def register(handler: Given) -> Given:
        name = handler_name(handler)
        if name in _handlers:
            raise ValueError(f"two handlers are called {name}")
        _handlers[name] = entered(reach)(handler)
        for fact in facts:
            _names_by_kind.setdefault(fact.kind, []).append(name)
        return handler

    return register


def handler_name(handler: Handler) -> str:
    module = handler.__module__.removeprefix("jingwei.").removesuffix(".handlers")
    return f"{module}.{handler.__name__}"


def work_for(kind: str, seq: int) -> list[Work]:
    """What has to be done about fact number `seq`."""
    return [Work(name, seq) for name in _names_by_kind.get(kind, ())]


def handle(name: str, seq: int) -> None:
    """Let handler `name` deal with fact number `seq`, unless it has. KeyError if nobody is called that."""
    handler = _handlers[name]
    with atomic():
        with connection.cursor() as cursor:
            cursor.execute(MARK, [name, seq])
            is_first = cursor.rowcount == 1
        if is_first:
            handler(FactRow.objects.get(seq=seq))
