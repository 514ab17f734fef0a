"""The work: sent to a party, taken on, returned, taken back, done."""

from datetime import datetime

from jingwei.cases import moves
from jingwei.cases.actions.moving import moving
from jingwei.cases.models import Case, Photo
from jingwei.people.public import Department, Member


def dispatch_case(
    case: Case,
    *,
    department: Department | None = None,
    member: Member | None = None,
    words: str = "",
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """To one party, which leads; `words` is the instruction that it reads."""
    with moving(case, "dispatch", by=by, now=now, seen=seen) as (life, doing):
        moves.dispatch(
            life,
            doing,
            department_id=department.pk if department else None,
            member_id=member.pk if member else None,
            words=words,
        )
    return life.case


def recall_case(
    case: Case, *, by: Member, words: str = "", now: datetime | None = None, seen: int | None = None
) -> Case:
    """Taken back by whoever sent it, before the party has accepted."""
    with moving(case, "recall", by=by, now=now, seen=seen) as (life, doing):
        moves.recall(life, doing, words=words)
    return life.case


def report_in_case(
    case: Case, *, by: Member, words: str = "", now: datetime | None = None, seen: int | None = None
) -> Case:
    """The party takes it on."""
    with moving(case, "report_in", by=by, now=now, seen=seen) as (life, doing):
        moves.report_in(life, doing, words=words)
    return life.case


def return_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """The party sends it back; whoever dispatched it decides anew."""
    with moving(case, "return", by=by, now=now, seen=seen) as (life, doing):
        moves.return_(life, doing, words=words)
    return life.case


def handle_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """The party says what it did."""
    with moving(case, "handle", by=by, now=now, seen=seen) as (life, doing):
        has_photo = Photo.objects.filter(case_id=case.pk, moment=Photo.Moment.AFTER).exists()
        moves.handle(life, doing, words=words, has_photo=has_photo)
        if life.case.category is not None and life.case.category.check_by == "auto":
            moves.check(life, doing, outcome=Case.Outcome.SOLVED)
    return life.case
