"""A set beside what holds now: what would be added, changed or taken away, what is wrong, and what a day had been."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from jingwei.exchange.configuration.files import Files, rows_of
from jingwei.kernel.public import Fault, Part, Row, Trial, configuration_parts


@dataclass(frozen=True)
class Changed:
    """A row of which some cells are to be otherwise: column, now, then."""

    key: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass
class Difference:
    """What one file would change. Rows are told by their key."""

    added: list[str] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    staying: int = 0  # left out of the file, and going on all the same

    @property
    def is_there(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def count(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)


class Compared:
    """One part of a set, beside what holds now."""

    def __init__(self, part: Part, text: str) -> None:
        self.part = part
        self.rows, self._unreadable = rows_of(part, text)

    @cached_property
    def faults(self) -> list[Fault]:
        """What cannot be read, or else what cannot be put into force."""
        return self._unreadable or self.part.faults(self.rows)

    @cached_property
    def difference(self) -> Difference:
        return compare(self.part, self.rows)

    def trial(self, day: date) -> Trial:
        return self.part.trial(self.rows, day)


def compared(files: Files) -> list[Compared]:
    """Each part that the set has a file for, in the order in which they are put into force."""
    return [Compared(part, files[part.file]) for part in configuration_parts() if part.file in files]


def compare(part: Part, rows: list[Row]) -> Difference:
    now, then = _by_key(part, part.rows()), _by_key(part, rows)
    result = Difference()
    for key, row in then.items():
        if key not in now:
            result.added.append(key)
        elif cells := _cells(part, now[key], row):
            result.changed.append(Changed(key, cells))
    left_out = [key for key in now if key not in then]
    if part.keeps_missing:
        result.staying = len(left_out)
    else:
        result.removed = left_out
    return result


def _by_key(part: Part, rows: list[Row]) -> Mapping[str, Row]:
    return {" ".join(row[column] for column in part.key): row for row in rows}


def _cells(part: Part, now: Row, then: Row) -> tuple[tuple[str, str, str], ...]:
    return tuple((column, now[column], then[column]) for column in part.columns if now[column] != then[column])
