"""The category table as a file: CSV in UTF-8, a row for each condition. Faults are told by row and column."""

import csv
import re
from dataclasses import dataclass, field
from io import StringIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jingwei.cases.models import Category, Condition, Edition
from jingwei.kernel.public import Refused

OF_CATEGORY = {
    "code": "code",
    "kind": "kind",
    "major": "major",
    "major_zh": "major_zh",
    "major_en": "major_en",
    "name_zh": "name_zh",
    "name_en": "name_en",
    "level": "level",
    "department": "department_key",
    "check_by": "check_by",
    "is_public_space": "is_public_space",
    "twin_metres": "twin_metres",
    "twin_hours": "twin_hours",
    "keywords_zh": "keywords_zh",
    "keywords_en": "keywords_en",
    "spot_percent": "spot_percent",
    "needs_confirmation": "needs_confirmation",
}
OF_CONDITION = {
    "condition": "number",
    "condition_zh": "text_zh",
    "condition_en": "text_en",
    "closing_zh": "closing_zh",
    "closing_en": "closing_en",
    "limit_kind": "limit_kind",
    "limit_amount": "limit_amount",
    "needs_photo": "needs_photo",
    "is_emergency": "is_emergency",
}
"""Columns of the table, and the fields that they fill."""
CODE = re.compile(r"[0-9]{4}", re.ASCII)
FIRST_ROW = 2  # as a spreadsheet counts: the names of the columns are row 1

ADDED = frozenset({"spot_percent", "needs_confirmation"})
"""Columns that tables written before do not have: what they leave out is as usual."""

Cells = dict[str, str | None]


@dataclass
class Table:
    """Categories and their conditions, checked, as an edition to be."""

    categories: dict[str, Category] = field(default_factory=dict)
    conditions: dict[tuple[str, str], Condition] = field(default_factory=dict)

    def write(self, edition: Edition) -> None:
        """Add all rows to `edition`."""
        for category in self.categories.values():
            category.edition = edition
        Category.objects.bulk_create(self.categories.values())
        Condition.objects.bulk_create(self.conditions.values())

    def add(self, row: int, cells: Cells) -> None:
        """Take a row in. Refused where it does not fit what a category is, or the rows before it."""
        category = Category(**_chosen(cells, OF_CATEGORY, row))
        _check(category, OF_CATEGORY, row)
        if not CODE.fullmatch(category.code) or not category.code.startswith(category.major):
            raise _wrong(row, "code", _("four digits, the first two those of its major class"))
        known = self.categories.setdefault(category.code, category)
        for column, name in OF_CATEGORY.items():
            if getattr(known, name) != getattr(category, name):
                raise _wrong(row, column, _("another row of the same category says something else"))
        self._add_condition(row, cells, known)

    def _add_condition(self, row: int, cells: Cells, category: Category) -> None:
        condition = Condition(category=category, **_chosen(cells, OF_CONDITION, row))
        _check(condition, OF_CONDITION, row)
        if not condition.limit_amount:
            raise _wrong(row, "limit_amount", _("a limit is longer than nothing"))
        if (category.code, condition.number) in self.conditions:
            raise _wrong(row, "condition", _("this category has a condition of that number already"))
        self.conditions[category.code, condition.number] = condition


def read_table(data: bytes) -> Table:
    """The table in the bytes of a file. Refused, with row and column, where it is not one."""
    table = Table()
    try:
        reader = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        for name in (*OF_CATEGORY, *OF_CONDITION):
            if name not in (reader.fieldnames or ()) and name not in ADDED:
                raise Refused(_("The category table has no column “%(name)s”.") % {"name": name})
        for row, cells in enumerate(reader, start=FIRST_ROW):
            table.add(row, cells)
    except UnicodeDecodeError:
        raise Refused(_("The category table is not text in UTF-8.")) from None
    except csv.Error as fault:
        raise Refused(_("The category table cannot be read as CSV: %(fault)s.") % {"fault": fault}) from None
    if not table.categories:
        raise Refused(_("The category table has no rows."))
    return table


def _chosen(cells: Cells, columns: dict[str, str], row: int) -> dict[str, str]:
    """The cells of these columns by the names of their fields."""
    chosen = {}
    for column, name in columns.items():
        if column in ADDED and column not in cells:
            continue
        cell = cells[column]
        if cell is None:
            raise _wrong(row, column, _("the row ends before it"))
        chosen[name] = cell
    return chosen


def _check(made: Category | Condition, columns: dict[str, str], row: int) -> None:
    """Turn text into what each field holds. Refused where that fails."""
    try:
        made.clean_fields(exclude={"id", "edition", "category"})
    except ValidationError as faults:
        name, (fault, *_more) = next(iter(faults.message_dict.items()))
        column = next(column for column, of in columns.items() if of == name)
        raise _wrong(row, column, fault) from None


def _wrong(row: int, column: str, fault: str) -> Refused:
    return Refused(
        _("Row %(row)d of the category table, column “%(column)s”: %(fault)s")
        % {"row": row, "column": column, "fault": fault}
    )
