"""Rows from a spreadsheet as text under the heads that we know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, read_lines

MOST_ROWS = 5000
LONGEST_CELL = 300
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
    rows: list[SheetRow] = []
    heads: list[str | None] = []
    for number, cells in read_lines(content, name, longest=LONGEST_CELL):
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
