"""An alarm: straight to whoever is called, answered by one of those called, stood down by whoever leads."""

from typing import Any

from django.utils.translation import gettext as _

from jingwei.cases.life import Doing, Life, first_level
from jingwei.cases.models import Case, Condition
from jingwei.cases.moves.triage import classify
from jingwei.cases.obstacles import check_result, check_title, need
from jingwei.cases.workflow import LEVELS, Level, Move, Part, check_move
from jingwei.kernel.public import Refused


def alarm(
    life: Life,
    doing: Doing,
    *,
    member_id: int,
    condition: Condition | None = None,
    title: str = "",
    words: str = "",
) -> None:
    """To the command centre, past filing and dispatching: `member_id` is the first who is called.

    A case that is filed has its class and title already.
    """
    check_move("alarm", life.case.status)
    if condition is None and life.case.category_id is None:
        raise Refused(_("Say what the danger is: choose from the list."))
    check_title(title or life.case.title)

    def change(_move: Move) -> None:
        if condition is not None:
            classify(life.case, condition, doing)
        life.case.title = title.strip() or life.case.title
        life.case.urgency = Case.Urgency.EMERGENCY
        life.case.alarm_at = doing.at
        levels = [Level.STREET, first_level(life.case.code), Level(life.case.level)]
        life.case.level = max(levels, key=LEVELS.index)
        life.add(life.part_for(doing, member_id=member_id))

    given: dict[str, Any] = {"condition_id": condition.pk if condition else None, "member_id": member_id}
    life.move("alarm", doing, words=words, change=change, **given)


def answer_alarm(life: Life, doing: Doing, *, member_id: int) -> None:
    """Whoever answers leads from now on, whoever was called first."""
    check_move("answer_alarm", life.case.status)
    if life.case.alarm_at is None:
        raise Refused(_("No alarm is on for this case."))
    lead = life.lead

    def change(_move: Move) -> None:
        if lead is None or lead.member_id == member_id:
            return
        for part in life.live:
            if part is lead or part.member_id == member_id:
                part.status, part.ended_at = Part.RELEASED, doing.at
                life.changed.append(part)
        own = life.add(life.part_for(doing, member_id=member_id))
        own.status, own.accepted_at, own.handler_id = Part.ACCEPTED, doing.at, member_id

    life.move("answer_alarm", doing, change=change, member_id=member_id)


def stand_down(life: Life, doing: Doing, *, words: str, has_photo: bool = True) -> None:
    """The danger is over and dealt with: what was done. Whoever helped is let go; the result is checked as any."""
    _check_on(life, "stand_down")
    check_result(life.case.condition, words, has_photo=has_photo)

    def change(_move: Move) -> None:
        life.case.alarm_at = None
        life.case.handled_at = doing.at

    life.move("stand_down", doing, words=words, change=change)


def call_off(life: Life, doing: Doing, *, words: str) -> None:
    """There is no danger, or none any more, and something left to do: it is dispatched as any other case."""
    _check_on(life, "call_off")
    need(words)

    def change(_move: Move) -> None:
        life.case.alarm_at = None

    life.move("call_off", doing, words=words, change=change)


def _check_on(life: Life, verb: str) -> None:
    check_move(verb, life.case.status)
    if life.case.alarm_at is None:
        raise Refused(_("No alarm is on for this case."))
