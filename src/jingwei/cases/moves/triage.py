"""Before the work: filed with its class and place, not filed, taken back, solved at once, up or down a level."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from jingwei.cases.errands import SPOT_CHECK_LIMIT, begin_errand
from jingwei.cases.life import Doing, Life, first_level
from jingwei.cases.limits import promised
from jingwei.cases.models import Case, Condition, Errand, Report, Words
from jingwei.cases.obstacles import (
    check_answered,
    check_rejectable,
    check_result,
    check_title,
    level_above,
    levels_below,
    need,
)
from jingwei.cases.workflow import LEVELS, REJECTIONS, Level, Move, check_move
from jingwei.kernel.public import Refused


def file(
    life: Life,
    doing: Doing,
    *,
    condition: Condition,
    title: str,
    code: int = 0,
    words: str = "",
    level: str = "",
    urgency: str = "",
    routed: Mapping[str, Any] | None = None,
) -> None:
    """Verified and filed: class and condition are known, and with them the promise and the level that answers.

    `level` and `urgency` are what the rules of routing say besides, `routed` which rules of which edition.
    """

    def change(_move: Move) -> None:
        if code:
            place(life, code)
        life.case.title = title.strip()
        classify(life.case, condition, doing)
        levels = [Level(level or condition.category.level), first_level(life.case.code)]
        if life.case.raised:
            levels.append(Level(life.case.level))
        life.case.level = max(levels, key=LEVELS.index)
        if urgency and life.case.urgency == Case.Urgency.NORMAL:
            life.case.urgency = urgency

    check_move("file", life.case.status)
    check_title(title)
    given: dict[str, Any] = {"condition_id": condition.pk, "area": code or None, "level": level, "urgency": urgency}
    life.move("file", doing, words=words, change=change, routed=routed, **given)


def place(life: Life, code: int) -> None:
    """Put the case where it is on a closer look, with what was said of it so far."""
    life.case.code = code
    for row in life.fresh:
        if isinstance(row, Report | Words):
            row.code = code


def rezone(life: Life, doing: Doing, *, code: int) -> None:
    """Its area has ended, and the one that came there has it: clocks, parties and desks of other kinds stay."""
    life.move("rezone", doing, change=lambda _move: place(life, code), code=code)


def classify(case: Case, condition: Condition, doing: Doing) -> None:
    """Set class, condition and promise. A promise that the source made already stands."""
    case.category = condition.category
    case.category_code = condition.category.code
    case.condition = condition
    if condition.is_emergency:
        case.urgency = Case.Urgency.EMERGENCY
    if case.due_at is None:
        due = promised(condition.limit, case.promise_from, doing.calendars.place(case.code))
        case.due_at, case.is_provisional, case.calendar = due.at, due.is_provisional, doing.calendars.mark


def solve(
    life: Life,
    doing: Doing,
    *,
    condition: Condition | None = None,
    title: str = "",
    words: str = "",
    has_photo: bool = True,
    is_drawn: bool = False,
) -> None:
    """Solved on the spot by the worker who found it, and closed: what was done, with a photo where one is asked for.

    `is_drawn`: it is to be looked at by somebody else.
    """

    def change(_move: Move) -> None:
        if condition is not None:
            classify(life.case, condition, doing)
        life.case.title = title.strip() or life.case.title
        end(life.case, Case.Outcome.SOLVED, doing.at)
        life.case.handled_at = doing.at
        if is_drawn:
            begin_errand(life, doing, Errand.Kind.SPOT_CHECK, SPOT_CHECK_LIMIT, level=Level.COMMUNITY)

    check_move("solve", life.case.status)
    if condition is None and life.case.category_id is None:
        raise Refused(_("Choose a category and condition before you close the case."))
    check_answered(life.case)
    check_title(title.strip() or life.case.title)
    check_result(condition or life.case.condition, words, has_photo=has_photo)
    life.move(
        "solve",
        doing,
        words=words,
        change=change,
        condition_id=condition.pk if condition else None,
        is_drawn=is_drawn or None,
    )


def end(case: Case, outcome: str, at: datetime) -> None:
    case.outcome, case.closed_at = outcome, at


def reject(life: Life, doing: Doing, *, reason: str, words: str) -> None:
    """Not filed, for a reason from the list and in words that the reporter reads."""
    check_move("reject", life.case.status)
    check_answered(life.case)
    check_rejectable(life.errands)
    if reason not in REJECTIONS:
        raise Refused(_("Choose a reason from the list."))
    need(words)
    life.move("reject", doing, words=words, change=lambda _move: _close_at(life.case, doing.at), reason=reason)


def withdraw(life: Life, doing: Doing, *, words: str = "") -> None:
    """The reporter takes it back while nobody works on it."""
    life.move("withdraw", doing, words=words, change=lambda _move: _close_at(life.case, doing.at))


def _close_at(case: Case, at: datetime) -> None:
    case.closed_at = at


def escalate(life: Life, doing: Doing, *, words: str) -> None:
    """To the level above, which decides anew; work that was sent out is called back."""
    check_move("escalate", life.case.status)
    target = level_above(life.case)
    need(words)

    def change(_move: Move) -> None:
        life.case.level = target

    life.move("escalate", doing, words=words, change=change)


def send_down(life: Life, doing: Doing, *, level: str, words: str) -> None:
    """To a lower level, with an instruction: what parties returned there before counts no more."""
    check_move("send_down", life.case.status)
    if level not in levels_below(life.case):
        raise Refused(_("Choose a level below the one that answers now."))
    need(words)

    def change(_move: Move) -> None:
        life.case.level, life.case.returns_from = level, doing.at

    life.move("send_down", doing, words=words, change=change, level=level)
