"""Spreadsheets of any common kind (.xlsx, .xls, .ods, .csv) as lines of text.

Nothing in the file is run: formulas come as the values that were last computed.
"""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from jingwei.kernel.errors import Refused

LARGEST_FILE = 5 * 1024 * 1024
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
"""Digits, letters and signs as Chinese input methods write them, and spaces that are not one."""


def read_lines(content: bytes, name: str, *, longest: int, is_plain: bool = True) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not empty, by their number in the file, from 1. Refused says what is wrong with the whole.

    A cell longer than `longest` is cut one character behind it. `is_plain`: full-width signs become plain ones.
    """
    if len(content) > LARGEST_FILE:
        raise Refused(_("The file has more than %(n)d MB. Split it.") % {"n": LARGEST_FILE // 1024 // 1024})
    lines = _table(content) if name.casefold().endswith((".csv", ".txt")) else _workbook(content)
    for number, line in enumerate(lines, start=1):
        cells = [_text(cell, is_plain=is_plain)[: longest + 1] for cell in line]
        if any(cells):
            yield number, cells


def _workbook(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        merged = sheet.merged_cell_ranges or []
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as problem:
        raise Refused(_("This is no spreadsheet that can be read. Save it as .xlsx or .csv.")) from problem
    for (top, left), (bottom, right) in merged:
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                rows[row][column] = rows[top][left]
    yield from rows


def _table(content: bytes) -> Iterator[Sequence[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise Refused(_("The text of this file cannot be read. Save it as .xlsx, or as .csv in UTF-8."))
    if "\0" in text:
        raise Refused(_("This is no spreadsheet that can be read. Save it as .xlsx or .csv."))
    try:
        yield from csv.reader(StringIO(text, newline=""))
    except csv.Error as problem:
        raise Refused(_("This is no spreadsheet that can be read. Save it as .xlsx or .csv.")) from problem


def _text(cell: Any, *, is_plain: bool) -> str:
    """A cell as text: whole numbers without a point, days as 2026-11-22, with their time where they have one.

    A spreadsheet keeps fifteen digits of a number. The rest of an area's number is zeros, down to the grid.
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(Decimal(f"{cell:.15g}")))
    if isinstance(cell, datetime) and cell.time() != time.min:
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.strftime("%Y-%m-%d")
    text = str(cell)
    return (text.translate(FULL_WIDTH) if is_plain else text).strip()
