"""Reading files of areas row by row. What is wrong with a row by itself is said here."""

import csv
import gzip
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.places import codes
from jingwei.places.actions import clean_name
from jingwei.places.codes import ENDS, Level
from jingwei.places.imports.report import Remarks, Tally

STANDARD_DIGITS = 12
MISSING_GLYPH = "〓"
"""The geta mark, printers' sign for a character that the font lacks."""
NOT_DECODED = "\ufffd"

DIVISIONS: tuple[tuple[str, Level, str], ...] = (
    ("provinces", Level.PROVINCE, ""),
    ("cities", Level.CITY, "provinceCode"),
    ("areas", Level.DISTRICT, "cityCode"),
    ("streets", Level.STREET, "areaCode"),
    ("communities", Level.COMMUNITY, "streetCode"),
)
"""The files of the statistical divisions: stem, level, and the column that names the parent."""


class Row(NamedTuple):
    """One area as a file gives it. `code` is None where the file's digits do not make one of ours."""

    line: int
    level: str
    code: int | None
    parent: int | None
    name: str
    name_en: str | None = None
    standard: str | None = None
    begins_on: date | None = None
    longitude: float | None = None
    latitude: float | None = None


class Unfit(Exception):  # noqa: N818 - said of a row, and always caught
    """A row that cannot be taken: the field at fault, its value, and a sentence with the mend."""

    def __init__(self, field: str, value: object, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.value = value
        self.reason = reason


class Reader:
    """Reads the rows of one CSV file (UTF-8, plain or .gz) and remarks on those that cannot be taken."""

    def __init__(self, path: Path, tally: Tally, remarks: Remarks) -> None:
        self.path = path
        self.tally = tally
        self.remarks = remarks

    def rows(self, columns: Sequence[str], needed: int, make: Callable[..., Row | None]) -> Iterator[Row]:
        """What `make` makes of each line: it gets the line's number and the texts of `columns`.

        The first `needed` columns must be there, the others are "" where they are not. `make` answers None
        for a line that is not wanted, and raises Unfit for one that cannot be taken.
        """
        for line, values in self._lines(columns, needed):
            try:
                row = make(line, *values)
            except Unfit as unfit:
                self.tally.read += 1
                self.remarks.refuse(self.path.name, line, unfit.field, unfit.value, unfit.reason)
            else:
                if row:
                    self.tally.read += 1
                    yield row

    def name(self, line: int, name: str) -> str:
        """The name as it can be kept. Characters that no font has are marked and noted."""
        if NOT_DECODED in name:
            raise Unfit("name", name, _("The name is not in UTF-8. Save the file as UTF-8."))
        if not name.isprintable():
            marked = "".join(_shown(character) for character in name)
            if marked != name:
                reason = _("The name holds characters that cannot be shown; it was taken as %(name)s.")
                self.remarks.note(self.path.name, line, "name", name, reason % {"name": marked})
            name = marked
        try:
            return clean_name(name)
        except Refused as refused:
            raise Unfit("name", name, refused.message) from None

    def _lines(self, columns: Sequence[str], needed: int) -> Iterator[tuple[int, list[str]]]:
        with self._open() as file:
            reader = csv.reader(file)
            header = next(self._intact(reader), [])
            for column in columns[:needed]:
                if column not in header:
                    reason = _("The file has no column %(column)s. Its first line must name the columns.")
                    self.remarks.note(self.path.name, 1, column, ",".join(header), reason % {"column": column})
                    return
            places = [header.index(column) if column in header else None for column in columns]
            width = max(place for place in places[:needed] if place is not None) + 1
            for values in self._intact(reader):
                if len(values) < width:
                    if values:
                        self.tally.read += 1
                        reason = _("The row has too few columns. Complete it.")
                        self.remarks.refuse(self.path.name, reader.line_num, "", ",".join(values), reason)
                    continue
                yield (
                    reader.line_num,
                    ["" if place is None or place >= len(values) else values[place] for place in places],
                )

    def _intact(self, reader: Any) -> Iterator[list[str]]:
        """The rows of a csv.reader, up to where the file breaks off if it does."""
        while True:
            try:
                row = next(reader, None)
            except csv.Error as fault:
                self.tally.read += 1
                reason = _("The row cannot be read (%(fault)s). Look for a quotation mark that is not closed.")
                self.remarks.refuse(self.path.name, reader.line_num, "", "", reason % {"fault": fault})
                continue
            except (EOFError, zlib.error, gzip.BadGzipFile):
                reason = _("The file breaks off here; what came before was taken. Get it again, and import again.")
                self.remarks.note(self.path.name, reader.line_num, "", "", reason)
                return
            if row is None:
                return
            yield row

    def _open(self) -> TextIO:
        if self.path.suffix == ".gz":
            return gzip.open(self.path, "rt", encoding="utf-8-sig", errors="replace", newline="")
        return self.path.open(encoding="utf-8-sig", errors="replace", newline="")


def _shown(character: str) -> str:
    match unicodedata.category(character):
        case "Co" | "Cn":
            return MISSING_GLYPH
        case "Cc" | "Cf":
            return ""
    return character


def read_divisions(
    reader: Reader, level: Level, parent_column: str, parents: Mapping[str, int], only: str
) -> Iterator[Row]:
    """The rows of one file of the statistical divisions. `parents` gives our code for each of the level above.

    `only`: leading digits of what is wanted; what lies above it comes with it.
    """
    above = ENDS[level.above] if level.above else 0

    def make(line: int, code: str, name: str, parent: str = "") -> Row | None:
        if not (code.startswith(only) or only.startswith(code)):
            return None
        if not (code.isascii() and code.isdigit() and len(code) == ENDS[level]):
            raise Unfit(
                "code",
                code,
                _("The code of a %(level)s has %(digits)d digits here. Correct it.")
                % {"level": level.label, "digits": ENDS[level]},
            )
        if level.above and parent not in parents:
            reason = _("Its parent is not known, was refused or has ended. Mend the parent first.")
            raise Unfit(parent_column, parent, reason)
        over = parents[parent] if level.above else codes.WHOLE
        number = int(code[above:])
        ours = over + number * level.step
        return Row(
            line=line,
            level=level.value,
            code=ours if number and ours >= codes.FIRST else None,
            parent=over or None,
            name=reader.name(line, name),
            standard=code.ljust(STANDARD_DIGITS, "0"),
        )

    columns = ("code", "name", parent_column) if parent_column else ("code", "name")
    return reader.rows(columns, len(columns), make)


OWN_COLUMNS = ("code", "name", "parent", "name_en", "standard_code", "begins_on", "longitude", "latitude")


def read_areas(reader: Reader) -> Iterator[Row]:
    """The rows of a table of one's own: `code` and `name`, and of the other OWN_COLUMNS whichever it has."""

    def make(line: int, *values: str) -> Row:
        given = dict(zip(OWN_COLUMNS, values, strict=True))
        code = _code("code", given["code"])
        parent = codes.parent(code)
        if given["parent"] and _code("parent", given["parent"]) != parent:
            reason = _("The code begins with the digits of another area than its parent. Correct one of the two.")
            raise Unfit("parent", given["parent"], reason)
        return Row(
            line=line,
            level=codes.level_of(code).value,
            code=code,
            parent=parent,
            name=reader.name(line, given["name"]),
            name_en=reader.name(line, given["name_en"]) if given["name_en"].strip() else None,
            standard=_standard(given["standard_code"]),
            begins_on=_day(given["begins_on"]),
            longitude=_degrees("longitude", given["longitude"], given["latitude"], 180),
            latitude=_degrees("latitude", given["latitude"], given["longitude"], 90),
        )

    return reader.rows(OWN_COLUMNS, 2, make)


def _code(field: str, text: str) -> int:
    try:
        return codes.read(text)
    except ValueError:
        reason = _("This is not an area code. Write its 18 digits, or the leading ones down to its level.")
        raise Unfit(field, text, reason) from None


def _standard(text: str) -> str | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= STANDARD_DIGITS):
        raise Unfit("standard_code", text, _("A standard code has 12 digits at most. Correct it."))
    return text.ljust(STANDARD_DIGITS, "0")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unfit("begins_on", text, _("This is not a date. Write it like 2026-11-21.")) from None


def _degrees(field: str, text: str, other: str, furthest: int) -> float | None:
    """A coordinate; both must be there or neither."""
    if not text and not other:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not -furthest <= value <= furthest:
        raise Unfit(field, text, _("This is not a coordinate in degrees (WGS-84). Give both, or leave both empty."))
    return value
