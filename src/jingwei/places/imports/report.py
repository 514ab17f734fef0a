"""What an import tells: progress while it runs, a tally at the end, and a file of the rows to look at."""

import csv
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from django.utils.translation import gettext as _

from jingwei.kernel.public import clock, environment

BLINK = 0.1
"""Seconds between two looks of the progress line."""


@dataclass
class Tally:
    """How many rows met which fate. Each row that was read is new, changed, unchanged or refused."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    def sentences(self, seconds: float) -> list[str]:
        counts = _(
            "%(read)s rows read: %(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused. "
            "%(seconds).1f seconds."
        ) % {
            "read": f"{self.read:,}",
            "new": f"{self.new:,}",
            "changed": f"{self.changed:,}",
            "unchanged": f"{self.unchanged:,}",
            "refused": f"{self.refused:,}",
            "seconds": seconds,
        }
        return [counts] if self.new or self.changed else [counts, _("Nothing has changed.")]


class Remarks:
    """A CSV file of what to look at, made when the first remark comes: rows refused, and rows taken with a note."""

    COLUMNS = ("file", "row", "field", "value", "outcome", "reason")

    def __init__(self, path: Path, tally: Tally) -> None:
        self.path = path
        self.tally = tally
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def sentences(self) -> list[str]:
        return [_("Look at %(path)s: it lists rows with a remark.") % {"path": self.path}] if self._file else []

    def refuse(self, file: str, row: int, field: str, value: object, reason: str) -> None:
        self.tally.refused += 1
        self._write(file, row, field, value, "refused", reason)

    def note(self, file: str, row: int, field: str, value: object, reason: str) -> None:
        self._write(file, row, field, value, "noted", reason)

    def _write(self, *values: Any) -> None:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")  # the mark lets Excel read it
            csv.writer(self._file).writerow(self.COLUMNS)
        csv.writer(self._file).writerow(values)


@dataclass(frozen=True)
class Remark:
    """What is said of one row. `outcome`: refused, or noted."""

    file: str
    row: int
    field: str
    value: object
    outcome: str
    reason: str


class RemarkList(Remarks):
    """Remarks for a page instead of a file: the first of them, and how many there are."""

    MOST = 500

    def __init__(self, tally: Tally) -> None:
        super().__init__(Path(), tally)
        self.listed: list[Remark] = []
        self.count = 0

    def _write(self, *values: Any) -> None:
        self.count += 1
        if len(self.listed) < self.MOST:
            self.listed.append(Remark(*values))


def remarks_path(what: str) -> Path:
    """A file of its own for the remarks of each run."""
    moment = clock.local(clock.now())
    return environment().home / "imports" / f"{what}-{moment:%Y%m%d-%H%M%S-%f}.csv"


class Progress:
    """One line that is written over, where somebody watches; nothing elsewhere."""

    def __init__(self, out: TextIO = sys.stderr) -> None:
        self._out = out
        self._shown_at = 0.0
        self._is_watched = out.isatty()

    def show(self, what: str, done: int, total: int | None = None) -> None:
        if not self._is_watched or time.monotonic() - self._shown_at < BLINK:
            return
        self._shown_at = time.monotonic()
        count = f"{done:,}" if total is None else f"{done:,} / {total:,}"
        self._out.write(f"\r\x1b[K{what}  {count}")
        self._out.flush()

    def clear(self) -> None:
        if self._is_watched:
            self._out.write("\r\x1b[K")
            self._out.flush()
