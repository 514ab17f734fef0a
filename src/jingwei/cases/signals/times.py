"""When the signals of a case are due: arithmetic on its calendar. No database, no clock.

They are counted back from the promise, in the time in which the promise counts: where it moves, they move with it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jingwei.calendars.public import Calendars
from jingwei.cases.limits import STAGE_LIMITS, WITHOUT_PAUSE, promised
from jingwei.cases.models import Case, Stage
from jingwei.cases.signals.kinds import OF_PROMISE, PARTS, Signal
from jingwei.kernel.public import WorkingCalendar, work_after, work_before, working_time_between

NOTHING = timedelta()


@dataclass(frozen=True, order=True)
class Timed:
    """A signal and when it is due; provisional where the promise is. What is due first comes first."""

    at: datetime
    rank: int
    what: Signal
    is_provisional: bool


def signals_of_promise(case: Case, calendars: Calendars) -> list[Timed]:
    """All four, whether given or not; none where nothing is promised."""
    if case.due_at is None:
        return []
    calendar = _calendar(case, calendars)
    length, is_worked = _length(case, calendar)
    return [
        Timed(_at(case, length * (PARTS[what] - 1), calendar if is_worked else None), rank, what, case.is_provisional)
        for rank, what in enumerate(OF_PROMISE)
    ]


def signal_of_stage(stage: Stage) -> Timed | None:
    """At the limit of a stage that has one of its own; what has the rest of the promise has the promise's signals."""
    if stage.name not in STAGE_LIMITS or stage.name not in Signal:
        return None
    return Timed(stage.due_at, len(OF_PROMISE), Signal(stage.name), stage.is_provisional)


def signals_to_come(case: Case, stage: Stage | None, calendars: Calendars) -> list[Timed]:
    """Those that a case has not been given yet, in their order. None while no clock of it runs."""
    if not case.is_open or case.follows_id is not None or case.is_suspended:
        return []
    coming = []
    if case.handled_at is None and case.signalled < len(OF_PROMISE):
        coming += signals_of_promise(case, calendars)[case.signalled :]
    if stage is not None and not stage.is_signalled and (of_stage := signal_of_stage(stage)):
        coming.append(of_stage)
    return sorted(coming)


def plan_signal(case: Case, stage: Stage | None, calendars: Calendars) -> None:
    """Set when the next signal of the case is due. Called with every move, since a move may change its clocks."""
    coming = signals_to_come(case, stage, calendars)
    case.signal_at = coming[0].at if coming else None


def _calendar(case: Case, calendars: Calendars) -> WorkingCalendar:
    """The calendar of the promise, as `dates.py` reckons it: holidays as known now, hours as when it was given."""
    known = calendars if case.calendar is None else calendars.keeping_hours_of(case.calendar)
    return known.place(case.code)


def _length(case: Case, calendar: WorkingCalendar) -> tuple[timedelta, bool]:
    """How long the promise is, and whether that is working time. Pauses and extensions make it later, not longer."""
    assert case.due_at is not None
    limit = case.condition.limit if case.condition is not None else None
    is_ours = limit is not None and case.calendar is not None
    end = promised(limit, case.promise_from, calendar).at if limit is not None and is_ours else case.due_at
    if limit is None or limit.kind not in WITHOUT_PAUSE:
        worked = working_time_between(case.promise_from, end, calendar)
        if worked > NOTHING:
            return worked, True
    return max(end - case.promise_from, NOTHING), False


def _at(case: Case, away: timedelta, calendar: WorkingCalendar | None) -> datetime:
    """So much time from the promise (before it: negative), and never before it was given."""
    assert case.due_at is not None
    if not away:
        return case.due_at
    if calendar is None:
        at = case.due_at + away
    elif away > NOTHING:
        at = work_after(case.due_at, away, calendar)
    else:
        at = work_before(case.due_at, -away, calendar)
    return max(at, min(case.promise_from, case.due_at))
