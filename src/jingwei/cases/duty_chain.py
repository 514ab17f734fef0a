"""Whom an alarm calls: the module of emergencies knows, and tells cases here. Without it no alarm can be raised."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from jingwei.cases.models import Case


class DutyChain(Protocol):
    """`first`: the member who is called first for a place, None where nobody is on duty. `begin`: the case `case` is
    dispatched to them by an alarm; they are called in the same transaction. `origin` says how the alarm came about.
    """

    def first(self, code: int, now: datetime) -> int | None: ...

    def begin(self, case: Case, *, first: int, origin: str, by: int | None, now: datetime) -> None: ...


@dataclass(frozen=True)
class Alarm:
    """An alarm that a case has been given, and that is begun once the case is written."""

    begin: Callable[[], None]


_chains: list[DutyChain] = []


def register_duty_chain(chain: DutyChain) -> None:
    """Called once, when Django starts."""
    _chains[:] = [chain]


def duty_chain() -> DutyChain | None:
    return _chains[0] if _chains else None
