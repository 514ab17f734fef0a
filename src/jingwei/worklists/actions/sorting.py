"""The community looks at what a grid reported, the office that asked strikes it off."""

from datetime import datetime

from django.db.transaction import atomic

from jingwei.kernel.public import publish
from jingwei.people.public import Member
from jingwei.worklists.actions.holding import moving
from jingwei.worklists.facts import ListMoved
from jingwei.worklists.models import Task, WorkList
from jingwei.worklists.rules import OPEN, Stage
from jingwei.worklists.telling import tell_returned, tell_sent_back, tell_sorted


def accept_task(task: Task, *, by: Member, now: datetime | None = None) -> Task:
    """It is in order: back to the office that asked."""
    with moving(task, "accept", by=by, now=now) as (row, at):
        pass
    tell_sorted(row, by=by, now=at)
    return row


def send_back_task(task: Task, *, reason: str, by: Member, now: datetime | None = None) -> Task:
    """Something is missing or cannot be: the grid answers again."""
    with moving(task, "send_back", reason=reason, by=by, now=now) as (row, at):
        pass
    tell_sent_back(row, now=at)
    return row


def return_task(task: Task, *, reason: str, by: Member, now: datetime | None = None) -> Task:
    """The office that asked is not content: the community sees to it."""
    with moving(task, "return", reason=reason, by=by, now=now) as (row, at):
        pass
    tell_returned(row, by=by, now=at)
    return row


@atomic
def strike_off_task(task: Task, *, by: Member, now: datetime | None = None) -> Task:
    """Done with. The last one ends the list, which is held first, as where it is withdrawn."""
    work_list = WorkList.objects.select_for_update(of=("self",)).get(pk=task.work_list_id)
    with moving(task, "strike_off", by=by, now=now) as (row, at):
        pass
    if not work_list.tasks.filter(status__in=OPEN).exists():
        work_list.stage, work_list.ended_at = Stage.DONE, at
        work_list.save(update_fields=["stage", "ended_at"])
        publish(ListMoved(list_id=str(work_list.pk), verb="done", code=work_list.office), by=by, at=at)
    return row
