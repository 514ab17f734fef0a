"""Tasks and areas that change: an open task goes along with its grid, and each part of a split grid has one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import WHOLE, opened
from jingwei.places.public import Holding, Line, Moment, Moved, Span, Spot, Thing, register_holding
from jingwei.worklists.models import Answer, Step, Task
from jingwei.worklists.rules import OPEN, Status


class OpenTasks(Holding):
    """One that is done with keeps the code of its day."""

    key = "worklists"
    title = _("Tasks of work lists")
    icon = "list-check"
    is_shared = True

    def things(self, spans: Sequence[Span], on: date) -> Sequence[Thing]:  # noqa: ARG002 - open today is open
        rows = Task.objects.filter(status__in=OPEN)
        return [
            Thing(key, Spot(code))
            for first, last in spans
            for key, code in rows.filter(code__range=(first, last)).order_by("pk").values_list("pk", "code")
        ]

    def lines(self, keys: Sequence[Any], limit: int) -> list[Line]:
        rows = Task.objects.filter(pk__in=list(keys)).select_related("work_list").order_by("due_on", "pk")[:limit]
        return [Line(row.work_list.title, row.work_list.number) for row in rows]

    def move(self, moved: Sequence[Moved], moment: Moment) -> None:
        """What was answered stays one; what is not begun is done in every part, and once where grids were merged."""
        with opened(WHOLE):
            for thing in moved:
                row = Task.objects.select_for_update().filter(pk=thing.key, status__in=OPEN).first()
                if row is None:
                    continue
                has_answers = Answer.objects.filter(task=row).exists()
                is_new = row.status == Status.ASSIGNED and not has_answers
                if is_new and _has_another(row, thing.new[0]):
                    row.delete()
                else:
                    _recode(row, thing.new[0])
                if is_new:
                    _copy(row, thing.new[1:], moment)


def _has_another(row: Task, code: int) -> bool:
    others = Task.objects.filter(work_list_id=row.work_list_id, code=code, status__in=OPEN)
    return others.exclude(pk=row.pk).exists()


def _recode(row: Task, code: int) -> None:
    row.code = code
    row.save(update_fields=["code"])
    for model in (Answer, Step):
        model._default_manager.filter(task=row).update(code=code)  # noqa: SLF001 - Django's public API


def _copy(row: Task, codes: Sequence[int], moment: Moment) -> None:
    Task.objects.bulk_create(
        Task(
            work_list_id=row.work_list_id,
            department_id=row.department_id,
            office=row.office,
            code=code,
            due_on=row.due_on,
            changed_at=moment.at,
        )
        for code in codes
        if not _has_another(row, code)
    )


def register() -> None:
    register_holding(OpenTasks())
