"""What people have to know of lists when an office closes: `WorkSource` of people. Lists lie with nobody in person."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from jingwei.kernel.public import WHOLE, Refused, clock, opened, publish
from jingwei.people.public import Department, Member, OpenWork, register_work
from jingwei.worklists.facts import ListMoved
from jingwei.worklists.models import Answer, Step, Task, WorkList
from jingwei.worklists.rules import Stage
from jingwei.worklists.telling import tell_passed


class ListWork:
    """Open lists, as work that lies with the department that asks. What grids do belongs to the grid."""

    key = "worklists"
    title = pgettext_lazy("rail", "Work lists")

    def counts(self, member_ids: Iterable[int]) -> Mapping[int, int]:  # noqa: ARG002 - with nobody in person
        return {}

    def of_member(self, member: Member, most: int) -> Sequence[OpenWork]:  # noqa: ARG002 - likewise
        return []

    def takers(self, work: Sequence[OpenWork]) -> Mapping[str, Sequence[Member]]:  # noqa: ARG002 - likewise
        return {}

    def pass_on(self, key: str, to: Member, words: str, by: Member, now: datetime | None) -> None:  # noqa: ARG002
        raise Refused(_("A work list lies with an office, not with one person."))

    def in_departments(self, department_ids: Iterable[int]) -> int:
        return WorkList.objects.filter(stage=Stage.OPEN, department__in=list(department_ids)).count()

    def pass_department(
        self,
        department: Department,
        to: Department,
        words: str,  # noqa: ARG002 - who asks is all that changes
        by: Member,
        now: datetime | None,
    ) -> int:
        """Lists under way go on in the name of `to`, with whatever has come back already."""
        at = now or clock.now()
        rows = list(WorkList.objects.select_for_update().filter(stage=Stage.OPEN, department=department).order_by("pk"))
        for row in rows:
            row.department, row.office = to, to.code
            row.save(update_fields=["department", "office"])
            publish(ListMoved(list_id=str(row.pk), verb="passed", code=row.office), by=by, at=at)
            tell_passed(row, now=at)
        with opened(WHOLE):  # whoever closes an office sees none of what grids wrote
            tasks = Task.objects.filter(work_list__in=rows)
            tasks.update(department=to, office=to.code)
            for model in (Answer, Step):
                model._default_manager.filter(task__in=tasks).update(department=to)  # noqa: SLF001 - Django's public API
        return len(rows)

    def departments_moved(self, department_ids: Iterable[int]) -> None:
        """Nothing is kept of who stands above an office: permits ask for it."""


def register() -> None:
    register_work(ListWork())
