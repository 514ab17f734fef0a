"""A table file as records, whatever its state: packed or not, cut short, with wrong bytes or wrong quotes.

It is read in pieces and never held whole. What cannot be read comes out as `Unreadable` in its place, so that the
rows around it still come.
"""

import csv
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from jingwei.exchange.records.mapping import Layout
from jingwei.kernel.public import Refused

PIECE = 64 * 1024
GZIP_MARK = b"\x1f\x8b"
GZIP_BITS = 31
LONGEST_LINE = 1024 * 1024
LONGEST_RECORD = 200
"""Lines that one record may span: more, and a quote was left open."""


@dataclass(frozen=True)
class Record:
    """One row, beginning at line `row` of the file, the header being line 1."""

    row: int
    cells: list[str]


@dataclass(frozen=True)
class Unreadable:
    """A row that does not come apart into cells, and why."""

    row: int
    reason: str


@dataclass(frozen=True)
class _Line:
    number: int
    text: str
    fault: str = ""
    is_end: bool = False  # the file breaks off here


class _BreakError(Exception):
    """The packed data end too early or are damaged; what was read before stands."""


def read_header(path: Path, layout: Layout) -> list[str]:
    """The names of the columns. Raises Refused where the file cannot be opened or does not begin with names."""
    first = next(iter(_records(path, layout)), None)
    if first is None:
        raise Refused(_("%(file)s is empty.") % {"file": path.name})
    if isinstance(first, Unreadable):
        raise Refused(
            _("The first row of %(file)s cannot be read: %(reason)s") % {"file": path.name, "reason": first.reason}
        )
    return [cell.strip() for cell in first.cells]


def read_records(path: Path, layout: Layout) -> Iterator[Record | Unreadable]:
    """The rows below the header, each as wide as the header or Unreadable. Empty lines are no rows."""
    rows = _records(path, layout)
    header = next(rows, None)
    if not isinstance(header, Record):
        return
    width = len(header.cells)
    for row in rows:
        if isinstance(row, Record) and len(row.cells) != width:
            reason = _("The row has %(cells)d cells, the header has %(width)d.")
            yield Unreadable(row.row, reason % {"cells": len(row.cells), "width": width})
        else:
            yield row


def _records(path: Path, layout: Layout) -> Iterator[Record | Unreadable]:
    lines = _Lines(_decoded(path, layout))
    for line in lines:
        if line.is_end or line.text.strip():
            yield _record(line, lines, layout.delimiter)


class _Lines(Iterator[_Line]):
    """Lines that can be handed back."""

    def __init__(self, lines: Iterator[_Line]) -> None:
        self._lines = lines
        self._back: deque[_Line] = deque()

    def __next__(self) -> _Line:
        return self._back.popleft() if self._back else next(self._lines)

    def hand_back(self, lines: list[_Line]) -> None:
        self._back.extendleft(reversed(lines))


def _record(first: _Line, lines: _Lines, delimiter: str) -> Record | Unreadable:
    """The record that begins with `first`, with the lines that its quotes take in."""
    taken = [first]
    quotes = first.text.count('"')
    while quotes % 2 and not taken[-1].is_end and len(taken) < LONGEST_RECORD:
        line = next(lines, None)
        if line is None:
            break
        taken.append(line)
        quotes += line.text.count('"')
    if quotes % 2 and not taken[-1].is_end:
        lines.hand_back(taken[1:])
        return Unreadable(first.number, _("A quote is opened in this row and not closed."))
    if fault := next((line.fault for line in taken if line.fault), ""):
        return Unreadable(first.number, fault)
    try:
        cells = next(csv.reader(["".join(line.text for line in taken)], delimiter=delimiter, strict=True))
    except csv.Error:
        return Unreadable(first.number, _("The quotes in this row are not in pairs around whole cells."))
    return Record(first.number, cells)


def _decoded(path: Path, layout: Layout) -> Iterator[_Line]:
    """The lines as text. The mark that some programs put before UTF-8 is taken off."""
    number = 0
    rest = b""
    fault = ""
    try:
        for piece in _pieces(path):
            *whole, rest = (rest + piece).split(b"\n")
            if len(rest) > LONGEST_LINE:
                raise Refused(
                    _("%(file)s has a line longer than a mebibyte. Is it a table in text?") % {"file": path.name}
                )
            for data in whole:
                number += 1
                yield _line(number, data + b"\n", layout)
    except _BreakError as broken:
        fault = str(broken)
    if fault:
        yield _Line(number + 1, "", fault, is_end=True)
    elif rest:
        yield _line(number + 1, rest, layout)


def _line(number: int, data: bytes, layout: Layout) -> _Line:
    if b"\0" in data:
        return _Line(number, data.replace(b"\0", b"?").decode("ascii", "replace"), _("The row has zero bytes in it."))
    for encoding in layout.encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _Line(number, text.removeprefix("\ufeff") if number == 1 else text)
    fault = _("The row has bytes that are not text in %(encodings)s.") % {"encodings": layout.names}
    return _Line(number, data.decode("ascii", "replace"), fault)


def _pieces(path: Path) -> Iterator[bytes]:
    """The bytes of the file, unpacked if they begin like gzip, whatever the file is called."""
    try:
        with path.open("rb") as file:
            pieces = iter(partial(file.read, PIECE), b"")
            if file.peek(2)[:2] == GZIP_MARK:
                yield from _unpacked(pieces)
            else:
                yield from pieces
    except OSError as fault:
        raise Refused(_("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": fault.strerror}) from None


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack one gzip member after another. Raises _BreakError after all that could be unpacked was given."""
    unpacker = zlib.decompressobj(GZIP_BITS)
    is_inside = False  # a member
    for piece in pieces:
        packed = piece if is_inside else piece.lstrip(b"\0")
        while packed:
            before = unpacker.copy()
            try:
                yield unpacker.decompress(packed)
            except zlib.error:
                yield _salvage(before, packed)
                raise _BreakError(_("The packed file is damaged here. The rows before this one were read.")) from None
            packed = unpacker.unused_data.lstrip(b"\0")
            is_inside = not unpacker.eof
            if unpacker.eof:
                unpacker = zlib.decompressobj(GZIP_BITS)
    if is_inside:
        raise _BreakError(_("The packed file breaks off here. The rows before this one were read."))


def _salvage(unpacker: "zlib._Decompress", packed: bytes) -> bytes:
    """What can be unpacked before the damage, found byte by byte."""
    found = bytearray()
    for byte in packed:
        try:
            found += unpacker.decompress(bytes([byte]))
        except zlib.error:
            break
    return bytes(found)
