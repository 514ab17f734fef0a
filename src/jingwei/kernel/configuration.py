"""What an installation decides for itself, in files of one table each. A module brings a part for what is its own.

The parts together are one set: written out, compared, tried on a day that has been, and put into force as a whole.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils.functional import Promise

Row = Mapping[str, str]
FIRST_ROW = 2
"""Rows are numbered as a spreadsheet does: the names of the columns are row 1."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, and the mend; `row` is 0 where it is the file as a whole."""

    file: str
    row: int
    said: str


@dataclass(frozen=True)
class Effect:
    """What would have been otherwise on the day of a trial. `subject` is a case's number or what a role is called."""

    subject: str
    aspect: str | Promise
    now: str
    then: str


@dataclass
class Trial:
    """What a part would have changed on a day: how many things were looked at, and what became otherwise."""

    looked_at: int = 0
    effects: list[Effect] = field(default_factory=list)


class Part(ABC):
    """One file of the set. `key` are the columns that tell one row from another.

    Where `keeps_missing`, what a file leaves out stays as it is; otherwise it goes.
    """

    file: ClassVar[str]
    title: ClassVar[Promise]
    columns: ClassVar[tuple[str, ...]]
    key: ClassVar[tuple[str, ...]]
    keeps_missing: ClassVar[bool] = False

    @abstractmethod
    def rows(self) -> list[Row]:
        """What holds now, in the order of a file that people read."""

    @abstractmethod
    def faults(self, rows: Sequence[Row]) -> list[Fault]:
        """Everything that keeps these rows from being put into force."""

    @abstractmethod
    def adopt(self, rows: Sequence[Row], *, by: Any, now: datetime) -> None:
        """Put the rows into force. Refused where they have faults."""

    @abstractmethod
    def trial(self, rows: Sequence[Row], day: date) -> Trial:
        """What of `day` would have been otherwise under these rows. Writes nothing."""


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """Called once for each part when Django starts, the lower modules first: in this order a set is put into force."""
    _parts[part.file] = part


def configuration_parts() -> tuple[Part, ...]:
    return tuple(_parts.values())
