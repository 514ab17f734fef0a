"""Alarms: raised by a button, by a condition or by the duty officer; answered; stood down."""

from datetime import datetime
from functools import partial

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases import moves
from jingwei.cases.actions.moving import moving
from jingwei.cases.actions.photos import shows_result
from jingwei.cases.duty_chain import Alarm, duty_chain
from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Case, Condition
from jingwei.kernel.public import Refused
from jingwei.people.public import Member


def alarm_case(
    case: Case,
    *,
    condition: Condition | None = None,
    title: str = "",
    words: str = "",
    origin: str = "officer",
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """Past filing and dispatching, to whoever is on duty. Refused where nobody is."""
    chain = duty_chain()
    with atomic():
        with moving(case, "alarm", by=by, now=now, seen=seen, is_sight_needed=False) as (life, doing):
            first = chain.first(life.case.code, doing.at) if chain else None
            if chain is None or first is None:
                raise Refused(_("Nobody is on duty here who could be called. Dial 110, 119 or 120."))
            named = title or life.case.title or (condition.category.name if condition else "")
            moves.alarm(life, doing, member_id=first, condition=condition, title=named, words=words)
        chain.begin(life.case, first=first, origin=origin, by=by.pk, now=doing.at)
    return life.case


def sound(life: Life, doing: Doing) -> Alarm | None:
    """Give a case that was just filed its alarm, as a move that nobody makes. None where nobody is on duty: it goes
    the usual way, as an emergency still.
    """
    chain = duty_chain()
    first = chain.first(life.case.code, doing.at) if chain else None
    if chain is None or first is None:
        return None
    nobody = Doing(None, doing.at, doing.recorded_at, doing.calendars)
    moves.alarm(life, nobody, member_id=first)
    return Alarm(partial(chain.begin, life.case, first=first, origin="condition", by=doing.by, now=doing.at))


def answer_alarm_case(case: Case, *, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """Whoever answers leads."""
    with moving(case, "answer_alarm", by=by, now=now, seen=seen) as (life, doing):
        moves.answer_alarm(life, doing, member_id=by.pk)
    return life.case


def stand_down_case(
    case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None
) -> Case:
    """Over and dealt with, says whoever leads; `words` is what was done."""
    with moving(case, "stand_down", by=by, now=now, seen=seen) as (life, doing):
        since = life.lead.sent_at if life.lead else doing.at
        moves.stand_down(life, doing, words=words, has_photo=shows_result(case, since=since))
    return life.case


def call_off_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """No danger, or none any more, says whoever leads: the case is filed, and dispatched as any other."""
    with moving(case, "call_off", by=by, now=now, seen=seen) as (life, doing):
        moves.call_off(life, doing, words=words)
    return life.case
