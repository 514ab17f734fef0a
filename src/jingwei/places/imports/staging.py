"""Rows of one file beside the table they are meant for: copied in at once, checked together, merged in batches.

What can only be said of a row next to others is said here, by SQL: the rows at fault are taken out again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.transaction import atomic

from jingwei.kernel.public import publish
from jingwei.places import codes
from jingwei.places.codes import Level
from jingwei.places.facts import AreasImported
from jingwei.places.imports import statements as sql
from jingwei.places.imports.sources import Row
from jingwei.places.models import ROOTS
from jingwei.places.queries import today

BATCH = 20_000
"""Lines merged in one transaction: a killed import loses no more work than that."""


@dataclass(frozen=True)
class Fault:
    """A row that was taken out: what kind of fault, at which line, and what its sentence needs."""

    kind: str
    line: int
    value: Any
    detail: Any


@dataclass(frozen=True)
class Merged:
    rows: int
    new: int
    changed: int


class Staging:
    """A table of this connection's own that holds the rows of one file at a time."""

    def __init__(self) -> None:
        _run(sql.FORGET)
        _run(sql.CREATE)

    def fill(self, rows: Iterable[Row], tell: Callable[[int], None]) -> None:
        """Hold these rows instead of those before. `tell` is told how many there are so far."""
        _run("TRUNCATE staged")
        with connection.cursor() as cursor, cursor.copy(sql.COPY) as copy:
            for number, row in enumerate(rows, start=1):
                copy.write_row(row)
                if number % 1000 == 0:
                    tell(number)
        _run("CREATE INDEX IF NOT EXISTS staged_line ON staged (line)")
        _run("ANALYZE staged")

    def count(self) -> int:
        ((count,),) = _run("SELECT count(*) FROM staged")
        return int(count)

    def levels(self) -> list[Level]:
        """The levels that the rows are of, from the top."""
        found = {level for (level,) in _run("SELECT DISTINCT level FROM staged")}
        return [level for level in Level if level.value in found]

    def doubles(self, level: Level, *, are_codes_ours: bool) -> Iterator[Fault]:
        """Take out the rows of a level that repeat an earlier line.

        `are_codes_ours`: the file says our codes, so that they may not repeat; otherwise its standard codes.
        """
        if are_codes_ours:
            yield from _faults("twice", sql.CODE_TWICE, level)
        else:
            _run(sql.KEEP_CODES, level)
        yield from _faults("twice", sql.STANDARD_TWICE, level)

    def drop_unchanged(self, level: Level) -> int:
        """Take out the rows of a level that are already as the file says; gives their number."""
        if level in ROOTS:
            _run(sql.FREE_ROOTS, level)
        ((count,),) = _run(sql.UNCHANGED, level)
        return int(count)

    def misfits(self, level: Level, *, are_codes_ours: bool) -> Iterator[Fault]:
        """Take out the rows of a level that do not fit into the tree. Levels above must have been merged.

        Unless codes are ours, those that are taken give way to free ones.
        """
        yield from _faults("moved", sql.MOVED, level)
        if not are_codes_ours:
            yield from self._find_codes(level)
        yield from _faults("orphan", sql.ORPHAN, level)
        yield from _faults("ended", sql.ENDED, level)
        yield from _faults("name twice", sql.NAME_TWICE, level)
        yield from _faults("name taken", sql.NAME_TAKEN, level)

    def _find_codes(self, level: Level) -> Iterator[Fault]:
        """Give a code to rows whose digits make none, or one that is taken: the last that is free there."""
        _run(sql.YIELD_TO_AREAS, level)
        _run(sql.YIELD_TO_LINES, level)
        for line, parent in _run(sql.HOMELESS, level):
            above = parent or codes.WHOLE
            first, last = codes.span(above)
            taken = {code for (code,) in _run(sql.TAKEN, level, first=first, last=last)}
            serials = range(level.serials, 0, -1)
            free = next((n for n in serials if codes.child(above, n) not in taken), None)
            if free is None:
                yield from _faults("full", sql.FULL, level, line=line)
            else:
                _run(sql.GIVE_CODE, level, code=codes.child(above, free), line=line)

    def merge(self, level: Level) -> Iterator[Merged]:
        """Put the rows of a level into the tree, batch by batch, each in its own transaction."""
        ((first, last),) = _run("SELECT min(line), max(line) FROM staged WHERE level = %(level)s", level)
        for start in range(first or 0, (last or -1) + 1, BATCH):
            with atomic():
                ((rows, new, changed, low, high),) = _run(sql.MERGE, level, first=start, batch=BATCH, today=today())
                if low:
                    publish(AreasImported(code=codes.common(low, high), first=low, last=high), by=None)
            yield Merged(rows, new, changed)


def _run(statement: str, level: Level | None = None, **given: Any) -> list[tuple[Any, ...]]:
    values = {"level": level.value, **given} if level else None
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _faults(kind: str, statement: str, level: Level, **given: Any) -> Iterator[Fault]:
    for line, value, detail in sorted(_run(statement, level, **given)):
        yield Fault(kind, line, value, detail)
