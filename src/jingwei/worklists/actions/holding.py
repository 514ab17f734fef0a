"""The frame of every move of a task: one transaction that holds it, asks the permit, writes it down and tells of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.transaction import atomic

from jingwei.kernel.public import clock, publish, require
from jingwei.people.public import Member
from jingwei.worklists.facts import TaskMoved
from jingwei.worklists.models import Step, Task
from jingwei.worklists.rules import MOVES, check_move, fitting

LONGEST_REASON = 500


@contextmanager
def moving(
    task: Task, verb: str, *, reason: str = "", by: Member, now: datetime | None
) -> Iterator[tuple[Task, datetime]]:
    """The task as it stands, and the moment; afterwards it stands where the move leads."""
    with atomic():
        row = locked(task)
        at = now or clock.now()
        require(by, MOVES[verb].permit, row)
        move = check_move(verb, row.status, reason)
        yield row, at
        row.status, row.changed_at = move.after, at
        row.save(update_fields=["status", "changed_at"])
        note(row, verb, by=by, at=at, words=fitting(reason, LONGEST_REASON))


def locked(task: Task) -> Task:
    return Task.objects.select_for_update(of=("self",)).select_related("work_list").get(pk=task.pk)


def note(row: Task, verb: str, *, by: Member, at: datetime, words: str = "") -> None:
    """Write down what was done, and announce it."""
    Step.objects.create(
        task=row, code=row.code, department=row.department, verb=verb, member=by, words=words, made_at=at
    )
    publish(TaskMoved(task_id=str(row.pk), verb=verb, status=row.status, code=row.code), by=by, at=at)
