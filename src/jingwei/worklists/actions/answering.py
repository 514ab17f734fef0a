"""A grid answers: item by item, as often as it takes, and reports up once everything is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.transaction import atomic, on_commit
from django.utils.translation import gettext as _

from jingwei.attachments.public import read_picture
from jingwei.kernel.public import Refused, clock, environment, require, uuid7
from jingwei.people.public import Member
from jingwei.worklists.actions.holding import locked, moving
from jingwei.worklists.models import Answer, Item, Task
from jingwei.worklists.rules import Kind, check_move, read_answer
from jingwei.worklists.telling import tell_reported


@dataclass(frozen=True)
class Given:
    """What is said to one item: words (None: as they were), and a photo's bytes where one was taken."""

    text: str | None = ""
    photo: bytes = b""


Answers = Mapping[UUID, Given]


@atomic
def keep_answers(task: Task, answers: Answers, *, by: Member, now: datetime | None = None) -> Task:
    """Keep what is known so far; nothing is reported up yet."""
    row = locked(task)
    require(by, "worklists.answer", row)
    check_move("report", row.status)
    _keep(row, answers, by, now or clock.now())
    return row


def report_task(task: Task, answers: Answers, *, by: Member, now: datetime | None = None) -> Task:
    """Report up, to the community. Refused, with what is missing, where an item that needs an answer has none."""
    with moving(task, "report", by=by, now=now) as (row, at):
        _keep(row, answers, by, at)
        missing = _missing(row)
        if missing:
            raise Refused(_("Still to be answered: %(items)s.") % {"items": _(", ").join(missing)})
    tell_reported(row, by=by, now=at)
    return row


def _keep(row: Task, answers: Answers, by: Member, at: datetime) -> None:
    """One answer an item. The same words again change nothing; where no photo comes, the one that is there stays."""
    items = {item.pk: item for item in Item.objects.filter(work_list_id=row.work_list_id)}
    there = {one.item_id: one for one in Answer.objects.filter(task=row)}
    for key, given in answers.items():
        if key not in items:
            raise Refused(_("The list has no such item."))
        item, known = items[key], there.get(key)
        old = known.text if known else ""
        text = old if given.text is None else read_answer(item.kind, item.choices, given.text)
        if text == old and not given.photo:
            continue
        answer = known or Answer(task=row, item=item, code=row.code, department_id=row.department_id)
        if given.photo:
            _replace_photo(answer, given.photo, at)
        answer.text, answer.member, answer.answered_at = text, by, at
        answer.save()


def _replace_photo(answer: Answer, data: bytes, at: datetime) -> None:
    """Keep the photo, made anew without what its phone wrote into it; the one before goes once this one stays."""
    picture, old = read_picture(data, environment().zone()), answer.file
    answer.file = default_storage.save(f"worklists/{at:%Y/%m}/{uuid7()}.jpg", ContentFile(picture.data))
    if old:
        on_commit(lambda: default_storage.delete(old))


def _missing(row: Task) -> list[str]:
    """What the list needs and nobody has answered."""
    answered = {one.item_id: one for one in Answer.objects.filter(task=row)}
    needed = Item.objects.filter(work_list_id=row.work_list_id, is_needed=True)
    return [_("“%(item)s”") % {"item": item.title} for item in needed if not _is_answered(item, answered.get(item.pk))]


def _is_answered(item: Item, answer: Answer | None) -> bool:
    if answer is None:
        return False
    return bool(answer.file if item.kind == Kind.PHOTO else answer.text)
