"""Tables with a boundary in a column, as CSV or Excel: rows as texts by the headings of the first line."""

import csv
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused

LONGEST_CELL = 4 * 1024 * 1024
"""Characters of a cell with a boundary; csv allows 128 kB unasked, for the whole process at a time."""
_limit = threading.Lock()


def read_csv_rows(path: Path) -> list[dict[str, str]] | None:
    """The rows of a CSV file in UTF-8 or GB 18030; None for what is not one."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _rows(text)
    return None


def _rows(text: str) -> list[dict[str, str]] | None:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        with _long_cells():
            rows = [{key: value or "" for key, value in row.items() if key is not None} for row in reader]
    except csv.Error:
        return None
    return rows if reader.fieldnames and len(reader.fieldnames) > 1 else None


@contextmanager
def _long_cells() -> Iterator[None]:
    with _limit:
        before = csv.field_size_limit(LONGEST_CELL)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def read_workbook_rows(path: Path, name: str) -> list[dict[str, str]]:
    """The rows of the first sheet of an Excel workbook. Refused if it cannot be read."""
    try:
        book = python_calamine.load_workbook(path)
        table = book.get_sheet_by_index(0).to_python()
    except (python_calamine.CalamineError, IndexError, OSError):
        raise Refused(_("%(file)s cannot be read as a workbook. Save it again as .xlsx.") % {"file": name}) from None
    headings = [_text(cell) for cell in table[0]] if table else []
    return [
        {heading: _text(cell) for heading, cell in zip(headings, row, strict=False) if heading} for row in table[1:]
    ]


def _text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
