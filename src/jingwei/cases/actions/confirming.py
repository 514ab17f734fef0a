"""Results that a department confirms."""

from datetime import datetime

from jingwei.cases import moves
from jingwei.cases.actions.moving import moving
from jingwei.cases.actions.photos import shows_result
from jingwei.cases.models import Case
from jingwei.people.public import Member


def submit_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """The handler says what was done, for somebody to confirm it; a photo was added before, where one is needed."""
    with moving(case, "submit", by=by, now=now, seen=seen) as (life, doing):
        has_photo = life.lead is not None and shows_result(case, since=life.lead.sent_at)
        moves.submit(life, doing, words=words, has_photo=has_photo)
    return life.case


def improve_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """Whoever confirms gives it back; `words` is what is missing."""
    with moving(case, "improve", by=by, now=now, seen=seen) as (life, doing):
        moves.improve(life, doing, words=words)
    return life.case
