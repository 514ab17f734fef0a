"""What lies in areas and goes along when they change. Each module tells of its own when Django starts."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model
from django.utils.functional import Promise

from jingwei.places.changes.recoding import Spot
from jingwei.places.succession import Span


class Thing(NamedTuple):
    """Something in an area. `key` is its primary key, `amount` what it counts for."""

    key: Any
    spot: Spot
    amount: int = 1


class Moved(NamedTuple):
    """A thing and its new codes: one, or where the holding is shared each that has a part of its old area."""

    key: Any
    old: int
    new: tuple[int, ...]


@dataclass(frozen=True)
class Moment:
    """Which change moves things: from the day `on`, by whom and when."""

    change_id: Any
    on: date
    by: int | None
    at: datetime


@dataclass(frozen=True)
class Line:
    """One thing as a list shows it."""

    title: str | Promise
    note: str | Promise = ""
    url: str = ""


class Holding(ABC):
    """Things that carry an area's code. One that `is_shared` goes to each part of a split area."""

    key: str
    title: str | Promise
    icon: str
    is_shared: bool = False

    @abstractmethod
    def things(self, spans: Sequence[Span], on: date) -> Sequence[Thing]:
        """What lies between these codes and goes along on the day `on`. What is over and done with stays."""

    @abstractmethod
    def lines(self, keys: Sequence[Any], limit: int) -> list[Line]:
        """The first of these things, for reading."""

    @abstractmethod
    def move(self, moved: Sequence[Moved], moment: Moment) -> None:
        """Give them their new codes."""


def recode(model: type[Model], moved: Sequence[Moved]) -> None:
    """Write the new codes of rows that each have one: one statement, however many they are."""
    if not moved:
        return
    key = model._meta.pk  # noqa: SLF001 - Django's public API
    assert key is not None
    statement = f"""
        UPDATE {model._meta.db_table} AS thing SET code = given.code
        FROM unnest(%s::{key.rel_db_type(connection)}[], %s::bigint[]) AS given (key, code)
        WHERE thing.{key.column} = given.key
    """  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(statement, ([thing.key for thing in moved], [thing.new[0] for thing in moved]))


_holdings: dict[str, Holding] = {}


def register_holding(holding: Holding) -> None:
    """Called once for each when Django starts; the order of calls is the order shown."""
    _holdings[holding.key] = holding


def holdings() -> Sequence[Holding]:
    return tuple(_holdings.values())
