"""The table of limits as the desk shows it: classes of one kind with their conditions, and what each limit comes to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from jingwei.cases.limits import promised
from jingwei.cases.models import Category
from jingwei.cases.said import limit_length
from jingwei.cases.workflow import Level
from jingwei.kernel.public import WorkingCalendar


@dataclass(frozen=True)
class Major:
    """A class of classes, such as public facilities; `count`: its conditions. `key`: kind and number."""

    key: str
    name: str
    count: int


@dataclass(frozen=True)
class LimitRow:
    text: str
    length: str
    due_at: datetime
    is_provisional: bool
    needs_photo: bool
    is_emergency: bool


@dataclass(frozen=True)
class CategoryRows:
    """A category with its conditions."""

    code: str
    name: str
    level: str | Promise
    check: str
    rows: Sequence[LimitRow]


def majors_of(categories: Mapping[str, Category]) -> list[Major]:
    """The classes of the table, in its order."""
    found: dict[str, tuple[str, int]] = {}
    for category in categories.values():
        key = f"{category.kind}-{category.major}"
        _name, count = found.get(key, ("", 0))
        found[key] = category.major_name, count + len(category.conditions.all())
    return [Major(key, name, count) for key, (name, count) in found.items()]


def rows_of(
    categories: Mapping[str, Category], major: str, start: datetime, calendar: WorkingCalendar
) -> list[CategoryRows]:
    """The conditions of one class. Each limit is reckoned from `start`."""
    return [
        CategoryRows(
            category.code,
            category.name,
            Level(category.level).label,
            category.get_check_by_display(),
            list(_rows(category, start, calendar)),
        )
        for category in categories.values()
        if f"{category.kind}-{category.major}" == major
    ]


def _rows(category: Category, start: datetime, calendar: WorkingCalendar) -> Iterator[LimitRow]:
    for condition in category.conditions.all():
        due = promised(condition.limit, start, calendar)
        length = limit_length(condition.limit)
        yield LimitRow(
            condition.text, length, due.at, due.is_provisional, condition.needs_photo, condition.is_emergency
        )
