"""Suspended: asked for by the party that leads, granted or refused one level up, resumed by hand or on the review date.

While a case is suspended its clocks stand: the promise, the stage, and what assistants have to report in.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from jingwei.cases import dates
from jingwei.cases.dates import office_of
from jingwei.cases.errands import SUSPENSION_LIMIT, begin_errand, end_errand, open_errand
from jingwei.cases.life import Doing, Life
from jingwei.cases.limits import LONGEST_PAUSE, Pause, later_by
from jingwei.cases.models import Case, Errand, Stage
from jingwei.cases.obstacles import check_suspendable, check_suspended, need
from jingwei.cases.workflow import SUSPENSIONS, Move, Part, above, check_move
from jingwei.kernel.public import Due, Refused, WorkingCalendar


def ask_suspension(life: Life, doing: Doing, *, reason: str, until: str, words: str) -> None:
    """The party cannot go on: why, and when it is worth looking again (ISO 8601)."""
    check_move("ask_suspension", life.case.status)
    check_suspendable(life.case, is_asked=open_errand(life, Errand.Kind.SUSPENSION) is not None)
    _check(reason, until, words, doing)
    decides = above(life.case.level) or life.case.level

    def change(_move: Move) -> None:
        begin_errand(life, doing, Errand.Kind.SUSPENSION, SUSPENSION_LIMIT, level=decides)

    life.move("ask_suspension", doing, words=words, change=change, part=life.lead, reason=reason, until=until)


def suspend(life: Life, doing: Doing, *, reason: str, until: str, words: str) -> None:
    """Granted: the clocks stand from now on, and on the review date somebody looks at it again."""
    check_move("suspend", life.case.status)
    errand = _asked(life)
    _check(reason, until, words, doing)

    def change(_move: Move) -> None:
        case = life.case
        case.suspended_at, case.review_at, case.suspended_for = doing.at, datetime.fromisoformat(until), reason
        end_errand(life, errand, doing, "granted")

    life.move("suspend", doing, words=words, change=change, reason=reason, until=until)


def deny_suspension(life: Life, doing: Doing, *, words: str) -> None:
    """Not granted: the clocks run on, and the party reads why."""
    check_move("deny_suspension", life.case.status)
    errand = _asked(life)
    need(words)
    life.move("deny_suspension", doing, words=words, change=lambda _move: end_errand(life, errand, doing, "refused"))


def keep_suspended(life: Life, doing: Doing, *, until: str, words: str) -> None:
    """It still cannot go on: another review date."""
    check_move("keep_suspended", life.case.status)
    check_suspended(life.case)
    _check(life.case.suspended_for, until, words, doing)

    def change(_move: Move) -> None:
        life.case.review_at = datetime.fromisoformat(until)

    life.move("keep_suspended", doing, words=words, change=change, until=until)


def resume(life: Life, doing: Doing, *, words: str = "") -> None:
    """It goes on: every clock has as much left as when it was suspended."""
    check_move("resume", life.case.status)
    check_suspended(life.case)
    case = life.case
    assert case.suspended_at
    pause = (case.suspended_at, max(doing.at, case.suspended_at))
    was = case.due_at.isoformat() if case.due_at else None
    promise = _promise_after(case, pause, doing)

    def change(_move: Move) -> None:
        case.suspended_at, case.review_at, case.suspended_for = None, None, ""
        case.pauses = [*case.pauses, [moment.isoformat() for moment in pause]]
        _turn_on(life, promise, pause, doing)

    due = promise.at.isoformat() if promise else None
    life.move("resume", doing, words=words, change=change, was=was, due=due)


def _promise_after(case: Case, pause: Pause, doing: Doing) -> Due | None:
    if case.due_at is None:
        return None
    known = doing.calendars if case.calendar is None else doing.calendars.keeping_hours_of(case.calendar)
    due = Due(case.due_at, case.is_provisional)
    return later_by(due, [pause], known.place(case.code), is_worked=dates.is_worked(case))


def _turn_on(life: Life, promise: Due | None, pause: Pause, doing: Doing) -> None:
    """Promise, stage and the time for assistants to report in, each by the calendar on which it is counted."""
    case, stage = life.case, life.stage
    if stage is not None:
        is_called = stage.name == Stage.Name.ACCEPT and life.lead is not None and life.lead.is_whistled
        stage_due = _stage_after(stage, case, promise, pause, doing, is_worked=not is_called)
        stage.due_at, stage.is_provisional = stage_due.at, stage_due.is_provisional
        life.changed.append(stage)
    if promise is not None:
        case.due_at, case.is_provisional = promise.at, promise.is_provisional
    for part in life.assistants:
        if part.status == Part.SENT and part.accept_by is not None:
            waited = (max(pause[0], part.sent_at), max(pause[1], part.sent_at))
            office = office_of(Stage.Name.ACCEPT, case, part.department_id, doing.calendars)
            due, runs = Due(part.accept_by, is_provisional=False), not part.is_whistled
            part.accept_by = later_by(due, [waited], office, is_worked=runs).at
            life.changed.append(part)


def _stage_after(stage: Stage, case: Case, promise: Due | None, pause: Pause, doing: Doing, *, is_worked: bool) -> Due:
    """Never later than the promise; what ended with the promise still does."""
    if promise is not None and (stage.name == Stage.Name.HANDLE or stage.due_at == case.due_at):
        return Due(max(promise.at, stage.started_at), promise.is_provisional)
    office = _office_of(stage, case, doing)
    own = later_by(Due(stage.due_at, stage.is_provisional), [pause], office, is_worked=is_worked)
    return (
        own if promise is None or own.at <= promise.at else Due(max(promise.at, stage.started_at), own.is_provisional)
    )


def _office_of(stage: Stage, case: Case, doing: Doing) -> WorkingCalendar:
    known = doing.calendars if stage.calendar is None else doing.calendars.keeping_hours_of(stage.calendar)
    return office_of(stage.name, case, stage.department_id, known)


def _asked(life: Life) -> Errand:
    errand = open_errand(life, Errand.Kind.SUSPENSION)
    if errand is None:
        raise Refused(_("Nobody has asked to suspend the case."))
    return errand


def _check(reason: str, until: str, words: str, doing: Doing) -> None:
    """A reason of the list, a review that is neither past nor out of sight, and words."""
    if reason not in SUSPENSIONS:
        raise Refused(_("Choose a reason from the list."))
    if not doing.at < datetime.fromisoformat(until) <= doing.at + LONGEST_PAUSE:
        raise Refused(_("Choose a review date within the next half year."))
    need(words)
