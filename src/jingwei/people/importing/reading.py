"""Rows from a spreadsheet of any common kind (.xlsx, .xls, .ods, .csv), as text under the heads that we know.

Nothing in the file is run: formulas come as the values that were last computed.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from jingwei.kernel.public import Refused

LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS = 5000
LONGEST_CELL = 300
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
"""Digits, letters and signs as Chinese input methods write them, and spaces that are not one."""
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "username": ("用户名", "账号", "工号", "user name", "username"),
        "name": ("姓名", "name"),
        "phone": ("手机", "手机号", "电话", "phone", "mobile"),
        "role": ("岗位", "posting", "role"),
        "place": ("区域", "区域编号", "区域或部门", "网格", "area", "area or office"),
        "office": ("部门", "所属部门", "office", "department"),
        "categories": ("类别", "专业类别", "categories"),
        "begins_on": ("开始", "开始日", "开始日期", "from", "begins"),
        "ends_on": ("结束", "结束日", "结束日期", "until before", "ends"),
    }
)
"""The columns, and what their heads may be called."""
NEEDED = ("username", "name", "role", "place")


@dataclass(frozen=True)
class SheetRow:
    """A line of the file by its number there, from 1, with its cells by column."""

    number: int
    cells: Mapping[str, str]


def read_sheet(content: bytes, name: str) -> list[SheetRow]:
    """The rows that are not empty. Refused says what is wrong with the file as a whole."""
    if len(content) > LARGEST_FILE:
        raise Refused(_("The file has more than %(n)d MB. Split it.") % {"n": LARGEST_FILE // 1024 // 1024})
    lines = _table(content) if name.casefold().endswith((".csv", ".txt")) else _workbook(content)
    rows: list[SheetRow] = []
    heads: list[str | None] = []
    for number, line in enumerate(lines, start=1):
        cells = [_text(cell) for cell in line]
        if not any(cells):
            continue
        if not heads:
            heads = _heads(cells)
            continue
        if len(rows) >= MOST_ROWS:
            raise Refused(_("The file has more than %(n)d rows. Split it.") % {"n": MOST_ROWS})
        named = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
        rows.append(SheetRow(number, named))
    if not rows:
        raise Refused(_("The file has no rows below its heads. Take the template, and fill in a line a posting."))
    return rows


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
        yield from csv.reader(StringIO(text))
    except csv.Error as problem:
        raise Refused(_("This is no spreadsheet that can be read. Save it as .xlsx or .csv.")) from problem


def _heads(cells: Sequence[str]) -> list[str | None]:
    known = {title.casefold(): field for field, titles in FIELDS.items() for title in titles}
    heads = [known.get(cell.rstrip("*").strip().casefold()) for cell in cells]
    if missing := [FIELDS[field][0] for field in NEEDED if field not in heads]:
        raise Refused(
            _("The first line lacks these heads: %(heads)s. Take the template.") % {"heads": "、".join(missing)}
        )
    return _once(heads)


def _once(heads: Iterable[str | None]) -> list[str | None]:
    """A head that comes twice counts where it stands first."""
    seen: set[str] = set()
    found: list[str | None] = []
    for head in heads:
        found.append(head if head not in seen else None)
        if head:
            seen.add(head)
    return found


def _text(cell: Any) -> str:
    """A cell as text: whole numbers without a point, days as 2026-11-22, full-width signs as plain ones.

    A spreadsheet keeps fifteen digits of a number. The rest of an area's number is zeros, down to the grid.
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(Decimal(f"{cell:.15g}")))
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    return str(cell).translate(FULL_WIDTH).strip()[: LONGEST_CELL + 1]
