"""What was found becomes a case: in one tap, with the words and the photo that are there already."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.public import Case, Draft, Origin, add_photo, digest, report_case
from jingwei.kernel.public import NotPermitted, Refused, clock, may
from jingwei.people.public import Member
from jingwei.worklists.actions.holding import locked, note
from jingwei.worklists.models import Answer
from jingwei.worklists.rules import Kind, Status

CHANNEL = "worklist"


@atomic
def raise_answer(answer: Answer, *, by: Member, now: datetime | None = None) -> Case:
    """A case of what was found. Asked twice it is the same case: the id of the answer is that of its report."""
    now = now or clock.now()
    task = locked(answer.task)
    if not (may(by, "worklists.answer", task) or may(by, "worklists.sort", task)):
        raise NotPermitted(_("You may not do this here."))
    if task.status == Status.WITHDRAWN:
        raise Refused(_("This list was withdrawn. Report the case by itself."))
    row = Answer.objects.select_for_update(of=("self",)).select_related("item", "task__work_list").get(pk=answer.pk)
    if row.case_id is not None:
        return Case.objects.get(pk=row.case_id)
    words = _words(row)
    origin = Origin(
        id=row.pk, code=task.code, channel=CHANNEL, digest=digest(words.encode()), words=words, member_id=by.pk
    )
    told = report_case(Draft(origin, has_photo=bool(row.file)), by=by, now=now)
    assert told.case_id, "a report that was taken has a case"
    case = Case.objects.get(pk=told.case_id)
    if row.file:
        with default_storage.open(row.file) as file:
            add_photo(case, file.read(), of=row.member_id, by=by, now=now)
    row.case = case
    row.save(update_fields=["case"])
    note(task, "raise", by=by, at=now)
    return case


def _words(row: Answer) -> str:
    """What was asked and what was found, and on which list."""
    asked = f"{row.item.title}: {row.text}" if row.item.kind != Kind.PHOTO else row.item.title
    return _("%(said)s (work list “%(title)s”)") % {"said": asked, "title": row.task.work_list.title}
