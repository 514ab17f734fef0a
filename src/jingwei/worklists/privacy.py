"""What work lists tell of the log of reads: who looked at what grids wrote down."""

from django.utils.translation import pgettext_lazy

from jingwei.people.public import Member, note_read, register_read_kind
from jingwei.worklists.models import Task, WorkList

ANSWERS = "worklists.answers"


def note_task(task: Task, *, by: Member) -> None:
    """Note that `by` is shown what a grid wrote down."""
    note_read(ANSWERS, subject_id=None, thing=str(task.pk), code=task.code, by=by)


def note_list(work_list: WorkList, *, by: Member) -> None:
    """Note that `by` takes all results of a list away."""
    note_read(ANSWERS, subject_id=None, thing=str(work_list.pk), code=work_list.office, by=by)


def register() -> None:
    register_read_kind(ANSWERS, pgettext_lazy("what was read", "Results of a work list"))
