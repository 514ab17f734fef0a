"""Before the work: verify, file, reject, withdraw, solve on the spot, and find the level that answers."""

from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases import moves
from jingwei.cases.actions.alarming import sound
from jingwei.cases.actions.joining import end_group
from jingwei.cases.actions.moving import moving
from jingwei.cases.actions.photos import shows_result
from jingwei.cases.draws import is_drawn
from jingwei.cases.life import holds_cases
from jingwei.cases.models import Case, Condition
from jingwei.cases.policy import may_place, may_solve
from jingwei.cases.routing.deciding import rule_on, send_at_once
from jingwei.kernel.public import Refused
from jingwei.people.public import Member
from jingwei.places.public import Area


def file_case(
    case: Case,
    *,
    condition: Condition,
    title: str,
    code: int = 0,
    words: str = "",
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """Verified: it is something to deal with, of this class, here. The promise begins to count from the report.

    A condition marked as an emergency raises the alarm, where anybody is on duty.
    """
    if code and not (Area.objects.current().filter(pk=code).exists() and holds_cases(code)):
        raise Refused(_("There is no such grid or unit. Choose one from the list."))
    with atomic():
        with moving(case, "file", by=by, now=now, seen=seen) as (life, doing):
            if not may_place(by, life.case, code or life.case.code):
                raise Refused(_("That place is outside your area: whoever answers for both places files it there."))
            ruling = rule_on(life.case, condition, code=code or life.case.code, title=title, doing=doing)
            moves.file(life, doing, condition=condition, title=title, code=code, words=words, **ruling.kept)
            alarm = sound(life, doing) if condition.is_emergency else None
            if alarm is None:
                send_at_once(life, doing, ruling)
        if alarm is not None:
            alarm.begin()
    return life.case


def solve_case(
    case: Case,
    *,
    words: str,
    condition: Condition | None = None,
    title: str = "",
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """Solved on the spot by whoever found it, and closed. A photo of the result, where needed, was added before."""
    with moving(case, "solve", by=by, now=now, seen=seen) as (life, doing):
        if condition is not None and not may_solve(by, life.case, condition.category):
            raise Refused(_("A case of this class is not yours to end on the spot: file it."))
        moves.solve(
            life,
            doing,
            condition=condition,
            title=title,
            words=words,
            has_photo=shows_result(case, since=life.case.promise_from),
            is_drawn=_is_drawn(life.case, condition),
        )
        end_group(life, doing)
    return life.case


def _is_drawn(case: Case, condition: Condition | None) -> bool:
    category = condition.category if condition else case.category
    return category is not None and is_drawn(case.pk, category.spot_percent)


def reject_case(
    case: Case, *, reason: str, words: str, by: Member, now: datetime | None = None, seen: int | None = None
) -> Case:
    """Not something for this network, for a reason of the list and in words that the reporter reads."""
    with moving(case, "reject", by=by, now=now, seen=seen) as (life, doing):
        moves.reject(life, doing, reason=reason, words=words)
    return life.case


def withdraw_case(
    case: Case, *, by: Member, words: str = "", now: datetime | None = None, seen: int | None = None
) -> Case:
    """The reporter takes it back."""
    with moving(case, "withdraw", by=by, now=now, seen=seen) as (life, doing):
        moves.withdraw(life, doing, words=words)
        end_group(life, doing)
    return life.case


def escalate_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """To the level above, which decides anew."""
    with moving(case, "escalate", by=by, now=now, seen=seen) as (life, doing):
        moves.escalate(life, doing, words=words)
    return life.case


def send_down_case(
    case: Case, *, level: str, words: str, by: Member, now: datetime | None = None, seen: int | None = None
) -> Case:
    """To a lower level, with an instruction."""
    with moving(case, "send_down", by=by, now=now, seen=seen) as (life, doing):
        moves.send_down(life, doing, level=level, words=words)
    return life.case
