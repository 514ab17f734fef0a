"""What came of an import, in figures and in two lists: the rows refused, and those that the source judges otherwise."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused


@dataclass
class Tally:
    """Every row is read, and then imported, refused or already there.

    `open` to `differ` count the rows imported. `differ` and `agree` stay 0 where the source judges nothing.
    """

    read: int = 0
    imported: int = 0
    refused: int = 0
    already: int = 0
    open: int = 0
    closed: int = 0
    on_time: int = 0
    overdue: int = 0
    agree: int = 0
    differ: int = 0
    seconds: float = 0.0
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def is_balanced(self) -> bool:
        return self.read == self.imported + self.refused + self.already

    def figures(self) -> dict[str, int | float]:
        figures = asdict(self)
        del figures["notes"]
        return figures


class Listing:
    """A CSV file that stays only if something stands in it. An older one at its place is replaced."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path = path
        self.count = 0
        self._columns = columns

    def __enter__(self) -> Self:
        """Raises Refused where it cannot be written, before there is anything to write."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", newline="", encoding="utf-8-sig")
        except OSError as fault:
            raise Refused(
                _("%(file)s cannot be written: %(reason)s.") % {"file": self.path, "reason": fault.strerror}
            ) from None
        self._rows = csv.writer(self._file)
        self._rows.writerow(self._columns)
        return self

    def __exit__(self, *_fault: object) -> None:
        self._file.close()
        if not self.count:
            self.path.unlink()

    def add(self, *cells: str | int) -> None:
        self._rows.writerow([_plain(cell) for cell in cells])
        self.count += 1


def _plain(cell: str | int) -> str | int:
    """The cell, marked where a spreadsheet would take it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell


def refused_list(path: Path) -> Listing:
    return Listing(path, ("file", "row", "field", "reason"))


def differing_list(path: Path) -> Listing:
    return Listing(path, ("file", "row", "key", "reason"))
