"""Postings over time: a year of months, and which of them each posting of a page covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jingwei.people.matrix import Matrix, Row

BEFORE, AFTER = 6, 6


@dataclass(frozen=True)
class Month:
    """From its first day until before the first of the next."""

    first: date
    end: date
    is_now: bool


@dataclass(frozen=True)
class Spell:
    """A row with one mark a month: held, partly, away, or nothing."""

    row: Row
    marks: list[str]


def months_around(day: date) -> list[Month]:
    """The month of `day`, with those before and after it."""
    start = day.year * 12 + day.month - 1
    return [
        Month(_month(index), _month(index + 1), is_now=index == start) for index in range(start - BEFORE, start + AFTER)
    ]


def _month(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def spells(table: Matrix, months: Sequence[Month]) -> list[Spell]:
    """All rows of a page that stand for a posting."""
    rows = [row for group in table.groups for row in group.rows if row.posting is not None]
    return [Spell(row, [_mark(row, month) for month in months]) for row in rows]


def _mark(row: Row, month: Month) -> str:
    posting, absence = row.posting, row.absence
    if posting is None or posting.begins_on >= month.end:
        return ""
    if posting.ends_on is not None and posting.ends_on <= month.first:
        return ""
    if absence is not None and absence.begins_on < month.end and absence.ends_on > month.first:
        return "away"
    is_whole = posting.begins_on <= month.first and (posting.ends_on is None or posting.ends_on >= month.end)
    return "held" if is_whole else "part"
