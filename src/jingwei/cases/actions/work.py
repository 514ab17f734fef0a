"""The work: sent to a party, taken on, returned, taken back, done."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from jingwei.cases import moves
from jingwei.cases.actions.moving import moving
from jingwei.cases.actions.photos import shows_result
from jingwei.cases.models import Case, Category
from jingwei.kernel.public import Refused
from jingwei.people.public import Department, Member, Post
from jingwei.places.public import lineage


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
        _check_party(life.case, department, member)
        moves.dispatch(
            life,
            doing,
            department_id=department.pk if department else None,
            member_id=member.pk if member else None,
            words=words,
        )
    return life.case


def _check_party(case: Case, department: Department | None, member: Member | None) -> None:
    """Refuse a party that has nothing to do with the place or the class."""
    if department is not None and department.code not in lineage(case.code):
        raise Refused(_("%(name)s does not serve this place. Choose another.") % {"name": department.name})
    if member is not None and not (member.is_active and any(_handles(post, case) for post in member.posts)):
        raise Refused(_("%(name)s does not handle such cases here. Choose another.") % {"name": member.name})


def _handles(post: Post, case: Case) -> bool:
    return "cases.handle" in post.duties and post.covers(case.code) and post.takes(case.category_code)


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
        _check_party(life.case, department, member)
        moves.pass_on(
            life,
            doing,
            department_id=department.pk if department else None,
            member_id=member.pk if member else None,
            words=words,
        )
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
    """The party says what it did; a photo of the result was added before, where one is needed.

    Where the class is checked by nobody in person, the case is closed at once.
    """
    with moving(case, "handle", by=by, now=now, seen=seen) as (life, doing):
        has_photo = life.lead is not None and shows_result(case, since=life.lead.sent_at)
        moves.handle(life, doing, words=words, has_photo=has_photo)
        if life.case.category is not None and life.case.category.check_by == Category.Checker.AUTO:
            moves.check(life, replace(doing, by=None), outcome=Case.Outcome.SOLVED)
    return life.case
