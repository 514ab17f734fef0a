"""The category table as a part of the configuration: classes, conditions, limits, and whose task each class is."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from jingwei.cases.catalogue import current, publish_table
from jingwei.cases.category_table import OF_CATEGORY, OF_CONDITION, Table
from jingwei.cases.limits import promised
from jingwei.cases.models import Case, Condition
from jingwei.cases.said import limit_length
from jingwei.cases.workflow import Level
from jingwei.kernel.public import FIRST_ROW, Effect, Fault, Part, Refused, Row, Trial, clock, default_calendar
from jingwei.people.public import Member

MOST_TRIED = 5000
"""Cases of one day that a trial looks at: more than a district's busiest day."""


class Categories(Part):
    """A row for each condition of each class. A case keeps the table under which it was filed."""

    file = "categories.csv"
    title = gettext_lazy("Categories, limits and whose task they are")
    columns = (*OF_CATEGORY, *OF_CONDITION)
    key = ("code", "condition")

    def rows(self) -> list[Row]:
        return [
            {column: _text(getattr(category, name)) for column, name in OF_CATEGORY.items()}
            | {column: _text(getattr(condition, name)) for column, name in OF_CONDITION.items()}
            for category in current().values()
            for condition in category.conditions.all()
        ]

    def faults(self, rows: Sequence[Row]) -> list[Fault]:
        _table, faults = _read(rows)
        return faults

    def adopt(self, rows: Sequence[Row], *, by: Member | None, now: datetime) -> None:
        publish_table(_as_file(rows), by=by, now=now)

    def trial(self, rows: Sequence[Row], day: date) -> Trial:
        """The cases reported on the day that have a class: what each would have got under these rows."""
        table, _faults = _read(rows)
        cases = _reported_on(day)
        return Trial(len(cases), [effect for case in cases for effect in _effects(case, table)])


def _reported_on(day: date) -> list[Case]:
    start = clock.local(datetime.combine(day, time(12), tzinfo=clock.local(clock.now()).tzinfo)).replace(hour=0)
    named = Q(category__isnull=False, condition__isnull=False)
    cases = Case.objects.filter(named, reported_at__gte=start, reported_at__lt=start + timedelta(days=1))
    return list(cases.select_related("category", "condition").order_by("reported_at", "pk")[:MOST_TRIED])


def _effects(case: Case, table: Table) -> list[Effect]:
    category, condition = case.category, case.condition
    assert category is not None
    assert condition is not None
    then = table.conditions.get((category.code, condition.number))
    if then is None:
        return [Effect(case.number, _("Category"), category.name, pgettext("category", "none any more"))]
    pairs = (
        (_("Category"), category.name, then.category.name),
        (_("Answers"), Level(category.level).label, Level(then.category.level).label),
        (_("Task of"), category.department_key, then.category.department_key),
        (_("Checked by"), category.get_check_by_display(), then.category.get_check_by_display()),
        (_("Limit"), *_limits(case, condition, then)),
    )
    return [Effect(case.number, aspect, str(now), str(would)) for aspect, now, would in pairs if now != would]


def _limits(case: Case, condition: Condition, then: Condition) -> tuple[str, str]:
    """Both limits in words; where they differ, until when each would run."""
    if condition.limit == then.limit:
        return "", ""
    return _until(case, condition), _until(case, then)


def _until(case: Case, condition: Condition) -> str:
    due = promised(condition.limit, case.promise_from, default_calendar())
    return _("%(limit)s, until %(when)s") % {
        "limit": limit_length(condition.limit),
        "when": f"{clock.local(due.at):%Y-%m-%d %H:%M}",
    }


def _read(rows: Sequence[Row]) -> tuple[Table, list[Fault]]:
    """The table that the rows make, as far as they do, and what is wrong with the others."""
    table, faults = Table(), []
    for number, row in enumerate(rows, start=FIRST_ROW):
        try:
            table.add(number, dict(row))
        except Refused as fault:
            faults.append(Fault(Categories.file, number, fault.message))
    if not rows:
        faults.append(Fault(Categories.file, 0, _("The category table has no rows.")))
    return table, faults


def _as_file(rows: Sequence[Mapping[str, str]]) -> bytes:
    text = StringIO(newline="")
    writer = csv.DictWriter(text, Categories.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
