"""Bringing records in: read, placed, and replayed by the rules in batches of one transaction each.

A record is known by its source and key, and what is there already is left alone: a run that was stopped, however
hard, is finished by running it again.
"""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.db import connection, reset_queries
from django.db.transaction import atomic, set_rollback
from django.utils.translation import gettext as _

from jingwei.calendars.public import Calendars
from jingwei.cases.public import Case, PastCase, Replayed, replay
from jingwei.exchange.records.entries import Entry, Reader
from jingwei.exchange.records.ground import Ground, make_ground
from jingwei.exchange.records.judging import judge
from jingwei.exchange.records.mapping import Mapping
from jingwei.exchange.records.past import Past
from jingwei.exchange.records.survey import Bad, Survey, open_files, read_entries, survey
from jingwei.exchange.records.tally import Listing, Tally
from jingwei.kernel.public import Refused, clock
from jingwei.people.public import Member

BATCH = 500
LOCK = 0x6A77_7265  # "jwre", the first half of the advisory lock


class Watcher(Protocol):
    """Whoever looks on, and may end it after any batch."""

    def surveyed(self, found: Survey) -> None: ...

    def progressed(self, tally: Tally, rows: int) -> None: ...

    def wants_stop(self) -> bool: ...


@dataclass(frozen=True)
class Lists:
    """Where the rows are listed that were refused, and those that the source judges otherwise."""

    refused: Listing
    differing: Listing


def import_records(
    files: Sequence[Path],
    mapping: Mapping,
    lists: Lists,
    watcher: Watcher,
    *,
    is_trial: bool = False,
    by: Member | None = None,
) -> Tally:
    """Bring the records of `files` in. Raises Refused before anything is written, where files or mapping do not serve.

    `is_trial`: decide everything and leave nothing behind.
    """
    started = time.monotonic()
    readers = open_files(files, mapping, clock.now())
    found = survey(readers, mapping)
    watcher.surveyed(found)
    with _alone(mapping.source):
        if is_trial:
            with atomic():
                tally = _Import(mapping, found, lists, is_trial=True, by=by).run(readers, watcher)
                set_rollback(True)
        else:
            tally = _Import(mapping, found, lists, is_trial=False, by=by).run(readers, watcher)
    tally.seconds = round(time.monotonic() - started, 2)
    return tally


@contextmanager
def _alone(source: str) -> Iterator[None]:
    """Only one import from a source at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [LOCK, source])
        if cursor.fetchone() != (True,):
            raise Refused(_("Another import from %(source)s is running. Wait until it has ended.") % {"source": source})
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [LOCK, source])


@contextmanager
def _collecting_by_hand() -> Iterator[None]:
    """Leaves cyclic garbage to the loop: looking for it among the many rows of a batch costs a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(frozen=True, slots=True)
class _Place:
    """An entry with its file and the area that it lies in."""

    file: str
    entry: Entry
    code: int


class _Import:
    """One run and its tally."""

    def __init__(self, mapping: Mapping, found: Survey, lists: Lists, *, is_trial: bool, by: Member | None) -> None:
        self._mapping = mapping
        self._found = found
        self._lists = lists
        self._is_trial = is_trial
        self._tried: dict[UUID, bytes] = {}  # digests of what a trial would have brought in by now
        self._calendars = Calendars.uniform(mapping.time.calendar())
        self._as_of = mapping.time.drawn_at or found.newest or clock.now()
        with atomic():
            self._past = Past(mapping)
            make_ground(mapping, found, by=by)
        self._ground = Ground(mapping, found.departments)
        self._tally = Tally()

    def run(self, readers: dict[Path, Reader], watcher: Watcher) -> Tally:
        with _collecting_by_hand():
            for batch in self._batches(readers):
                self._bring(batch)
                gc.collect(1)
                reset_queries()  # debugging keeps every statement
                watcher.progressed(self._tally, self._found.rows)
                if watcher.wants_stop():
                    break
        assert self._tally.is_balanced
        return self._tally

    def _batches(self, readers: dict[Path, Reader]) -> Iterator[dict[UUID, tuple[str, Entry]]]:
        """Entries by id with their files. A key that comes again opens a new batch, which finds the first one there."""
        batch: dict[UUID, tuple[str, Entry]] = {}
        for file, entry in read_entries(readers, self._mapping):
            if isinstance(entry, Bad):
                self._tally.read += 1
                self._refuse(entry)
                continue
            if entry.id in batch or len(batch) == BATCH:
                yield batch
                batch = {}
            batch[entry.id] = (file, entry)
        if batch:
            yield batch

    def _bring(self, batch: dict[UUID, tuple[str, Entry]]) -> None:
        self._tally.read += len(batch)
        placed = self._placed(list(batch.values()))
        cases = [self._past.case(one.entry, one.code, self._ground.department(one.entry)) for one in placed]
        done = self._replayed(cases)
        for one in placed:
            self._settle(one, done)

    def _placed(self, entries: Sequence[tuple[str, Entry]]) -> list[_Place]:
        """The entries that have a place to stand; the others are refused."""
        placed = []
        codes = self._ground.locate([entry for _file, entry in entries])
        for (file, entry), code in zip(entries, codes, strict=True):
            if self._mapping.district.placeless == "refuse" and self._is_placeless(entry, code):
                self._refuse(Bad(file, entry.row, "place", _("The record has neither a point nor a known community.")))
            else:
                placed.append(_Place(file, entry, code))
        return placed

    def _is_placeless(self, entry: Entry, code: int) -> bool:
        return entry.longitude is None and code == self._mapping.district.number

    def _replayed(self, cases: list[PastCase]) -> Replayed:
        if not self._is_trial:
            return replay(cases, recorded_at=clock.now(), reckoned_by=self._calendars)
        new = [case for case in cases if case.origin.id not in self._tried]
        done = replay(new, recorded_at=clock.now(), reckoned_by=self._calendars, is_trial=True)
        for origin in (case.origin for case in cases):
            if origin.id in self._tried:
                (done.already if self._tried[origin.id] == origin.digest else done.changed).add(origin.id)
            elif origin.id in done.lives:
                self._tried[origin.id] = origin.digest
        return done

    def _settle(self, one: _Place, done: Replayed) -> None:
        key = one.entry.id
        if key in done.already:
            self._tally.already += 1
        elif key in done.changed:
            reason = _("A record with the key %(key)s came before with other contents; that one stands.")
            self._refuse(Bad(one.file, one.entry.row, "key", reason % {"key": one.entry.key}))
        elif key in done.refused:
            self._refuse(Bad(one.file, one.entry.row, "row", done.refused[key]))
        else:
            self._count(one, done.lives[key].case)

    def _refuse(self, bad: Bad) -> None:
        self._tally.refused += 1
        self._lists.refused.add(bad.file, bad.row, bad.field, bad.reason)

    def _count(self, one: _Place, case: Case) -> None:
        tally, entry = self._tally, one.entry
        judgement = judge(entry, case, self._as_of)
        tally.imported += 1
        tally.open += entry.closed_at is None
        tally.closed += entry.closed_at is not None
        tally.on_time += judgement.is_kept
        tally.overdue += not judgement.is_kept
        if entry.longitude is None:
            tally.notes["district" if self._is_placeless(entry, one.code) else "community"] += 1
        tally.notes["early"] += entry.closed_early
        tally.notes["own_limit"] += entry.due_at is None
        if not self._mapping.columns.verdict:
            return
        tally.agree += not judgement.differs
        if judgement.differs:
            tally.differ += 1
            self._lists.differing.add(one.file, entry.row, entry.key, judgement.differs)
