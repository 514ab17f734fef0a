"""The work: sent to a party, taken on, returned, taken back, done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from jingwei.cases import moves
from jingwei.cases.actions.joining import end_group
from jingwei.cases.actions.moving import moving
from jingwei.cases.actions.parties import check_parties, metres_from, party_of
from jingwei.cases.actions.photos import shows_result
from jingwei.cases.models import Case, Category
from jingwei.people.public import Department, Member


def dispatch_case(
    case: Case,
    *,
    department: Department | None = None,
    member: Member | None = None,
    assistants: Sequence[Department | Member] = (),
    words: str = "",
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """To one party, which leads, and any number that assist; `words` is the instruction that they read."""
    with moving(case, "dispatch", by=by, now=now, seen=seen) as (life, doing):
        check_parties(life.case, [department, member, *assistants])
        moves.dispatch(
            life,
            doing,
            department_id=department.pk if department else None,
            member_id=member.pk if member else None,
            assistants=[party_of(one) for one in assistants],
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


def pass_on_case(
    case: Case,
    *,
    department: Department | None = None,
    member: Member | None = None,
    words: str,
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """From the party that has it to another, which takes it as it stands; `words` is why.

    Whoever arranges postings passes on what somebody leaves behind, and need not see the case for that.
    """
    with moving(case, "pass_on", by=by, now=now, seen=seen, is_sight_needed=False) as (life, doing):
        check_parties(life.case, [department, member])
        moves.pass_on(
            life,
            doing,
            department_id=department.pk if department else None,
            member_id=member.pk if member else None,
            words=words,
        )
    return life.case


def report_in_case(
    case: Case,
    *,
    by: Member,
    words: str = "",
    at: tuple[float, float] | None = None,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """The party takes it on. `at` is where, as longitude and latitude: only how far that is from the place is kept."""
    with moving(case, "report_in", by=by, now=now, seen=seen) as (life, doing):
        moves.report_in(life, doing, words=words, metres=metres_from(life.case, at))
    return life.case


def return_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """The party sends it back; whoever dispatched it decides anew."""
    with moving(case, "return", by=by, now=now, seen=seen) as (life, doing):
        moves.return_(life, doing, words=words)
    return life.case


def handle_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """The party says what it did; a photo of the result was added before, where one is needed.

    Where the class is checked by nobody in person, the case is closed at once.
    """
    with moving(case, "handle", by=by, now=now, seen=seen) as (life, doing):
        has_photo = life.lead is not None and shows_result(case, since=life.lead.sent_at)
        moves.handle(life, doing, words=words, has_photo=has_photo)
        if life.case.category is not None and life.case.category.check_by == Category.Checker.AUTO:
            moves.check(life, replace(doing, by=None), outcome=Case.Outcome.SOLVED)
            end_group(life, doing)
    return life.case
