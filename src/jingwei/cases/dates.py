"""The dates of a case: by whose calendar each is reckoned, and how they move when the calendars change.

The promise goes by the calendar of the place, every acceptance by that of the department that is to accept, every other
stage by the place's; the handling has what is left of the promise. A date only ever moves later. Arithmetic only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from jingwei.calendars.public import Calendars
from jingwei.cases.limits import WHISTLE_LIMIT, WITHOUT_PAUSE, Pause, later_by, promised, stage_due
from jingwei.cases.models import Assignment, Case, Stage
from jingwei.cases.workflow import Move, Part, check_move
from jingwei.kernel.public import Due, Refused, WorkingCalendar

if TYPE_CHECKING:
    from jingwei.cases.life import Doing, Life

DAY = timedelta(days=1)
MOST_DAYS = 31
"""Days told with a date that they moved."""


@dataclass(frozen=True)
class Dates:
    """The promise of a case, the limit of its running stage and by when its assistants report in, as they are or as
    they would be.
    """

    promise: Due | None
    stage: Due | None
    report_in: tuple[datetime, ...] = ()

    @property
    def is_provisional(self) -> bool:
        return any(due is not None and due.is_provisional for due in (self.promise, self.stage))


def office_of(name: str, case: Case, department_id: int | None, calendars: Calendars) -> WorkingCalendar:
    """The calendar on which a stage is counted."""
    if name == Stage.Name.ACCEPT and department_id is not None:
        return calendars.department(department_id, case.code)
    return calendars.place(case.code)


def stage_clock(
    name: str,
    start: datetime,
    case: Case,
    department_id: int | None,
    calendars: Calendars,
    *,
    promise: Due | None = None,
    pauses: Iterable[Pause] = (),
) -> Due:
    """When a stage begun at `start` is due. `promise`: another than the one that the case has."""
    if promise is None and case.due_at is not None:
        promise = Due(case.due_at, case.is_provisional)
    office = office_of(name, case, department_id, calendars)
    due = stage_due(name, start, promise.at if promise else None, office, pauses)
    follows = promise is not None and due.at == promise.at and promise.is_provisional
    return Due(due.at, due.is_provisional or follows)


def whistle_clock(start: datetime, case: Case) -> Due:
    """By when whoever is called by a whistle reports in: no calendar is asked, and no promise is outlived."""
    at = start + timedelta(hours=WHISTLE_LIMIT.amount)
    return Due(at if case.due_at is None else min(at, max(case.due_at, start)), is_provisional=False)


def pauses_of(case: Case, since: datetime | None = None) -> list[Pause]:
    """When it was suspended, in order. None of them reaches over the end of a stage."""
    found = [(datetime.fromisoformat(begun), datetime.fromisoformat(ended)) for begun, ended in case.pauses]
    return [one for one in found if since is None or one[0] >= since]


def is_worked(case: Case) -> bool:
    """Whether its promise counts in working time; one that another system made is taken to."""
    return case.condition is None or case.condition.limit.kind not in WITHOUT_PAUSE


def waiting(parts: Iterable[Assignment]) -> list[Assignment]:
    """Assistants that have not reported in, as far as the calendars say until when they may."""
    return [part for part in parts if part.status == Part.SENT and part.accept_by and part.calendar is not None]


def as_they_are(case: Case, stage: Stage | None, parts: Iterable[Assignment] = ()) -> Dates:
    return Dates(
        Due(case.due_at, case.is_provisional) if case.due_at else None,
        Due(stage.due_at, stage.is_provisional) if stage else None,
        tuple(part.accept_by for part in waiting(parts) if part.accept_by),
    )


def as_they_would_be(case: Case, stage: Stage | None, calendars: Calendars, parts: Iterable[Assignment] = ()) -> Dates:
    """By what the calendars say now of holidays and closed days, at the hours that held when each was promised.

    What was handled was in time or not: its promise stands. So does one that another system made, or
    that somebody granted.
    """
    now = as_they_are(case, stage)
    promise = now.promise
    is_reckoned = case.calendar is not None and case.extended_from is None and case.handled_at is None
    if promise is not None and case.calendar is not None and case.condition is not None and is_reckoned:
        calendar = calendars.keeping_hours_of(case.calendar).place(case.code)
        found = promised(case.condition.limit, case.promise_from, calendar)
        promise = _later(promise, later_by(found, pauses_of(case), calendar, is_worked=is_worked(case)))
    due = now.stage
    if stage is not None and due is not None and stage.calendar is not None:
        known = calendars.keeping_hours_of(stage.calendar)
        pauses = pauses_of(case, since=stage.started_at)
        found = stage_clock(
            stage.name, stage.started_at, case, stage.department_id, known, promise=promise, pauses=pauses
        )
        due = _later(due, found)
    return Dates(promise, due, tuple(_report_in(part, case, calendars, promise) for part in waiting(parts)))


def _report_in(part: Assignment, case: Case, calendars: Calendars, promise: Due | None) -> datetime:
    """By when an assistant is to report in."""
    assert part.accept_by
    assert part.calendar is not None
    known, pauses = calendars.keeping_hours_of(part.calendar), pauses_of(case, since=part.sent_at)
    name = Stage.Name.ACCEPT
    found = stage_clock(name, part.sent_at, case, part.department_id, known, promise=promise, pauses=pauses)
    return max(part.accept_by, found.at)


def _later(was: Due, found: Due) -> Due:
    return Due(max(was.at, found.at), found.is_provisional)


def reschedule(life: "Life", doing: "Doing") -> None:
    """The calendars have changed, and with them the dates: later ones, or certain where they were provisional."""
    case, stage = life.case, life.stage
    check_move("reschedule", case.status)
    before = as_they_are(case, stage, life.assistants)
    after = as_they_would_be(case, stage, doing.calendars, life.assistants)
    if before == after:
        raise Refused(_("The dates stand as they are."))

    def change(_move: Move) -> None:
        if after.promise is not None:
            case.due_at, case.is_provisional = after.promise.at, after.promise.is_provisional
        if stage is not None and after.stage is not None:
            stage.due_at, stage.is_provisional = after.stage.at, after.stage.is_provisional
            life.changed.append(stage)
        for part, at in zip(waiting(life.assistants), after.report_in, strict=True):
            part.accept_by = at
            life.changed.append(part)

    life.move("reschedule", doing, change=change, **_told(case, stage, before, after, doing.calendars))


def _told(case: Case, stage: Stage | None, before: Dates, after: Dates, calendars: Calendars) -> dict[str, Any]:
    """What the step keeps: each date that moved as it was and as it is, and the days because of which."""
    told: dict[str, Any] = {"is_firm": (before.is_provisional and not after.is_provisional) or None}
    days: set[date] = set()
    if before.promise and after.promise and before.promise.at != after.promise.at:
        told |= {"was": before.promise.at.isoformat(), "due": after.promise.at.isoformat()}
        old = calendars.as_of(case.calendar or 0).place(case.code)
        new = calendars.keeping_hours_of(case.calendar or 0).place(case.code)
        days |= set(days_lost(case.promise_from, after.promise.at, old, new))
    if stage and before.stage and after.stage and before.stage.at != after.stage.at:
        told |= {"stage": stage.name, "stage_was": before.stage.at.isoformat(), "stage_due": after.stage.at.isoformat()}
        old = office_of(stage.name, case, stage.department_id, calendars.as_of(stage.calendar or 0))
        new = office_of(stage.name, case, stage.department_id, calendars.keeping_hours_of(stage.calendar or 0))
        days |= set(days_lost(stage.started_at, after.stage.at, old, new))
    if before.report_in != after.report_in:
        told["helpers_due"] = max(after.report_in).isoformat()
    return told | {"days": [day.isoformat() for day in sorted(days)[:MOST_DAYS]]}


def days_lost(start: datetime, end: datetime, old: WorkingCalendar, new: WorkingCalendar) -> Iterator[date]:
    """The days between two moments on which less is worked than was known before."""
    day, last = start.astimezone(new.zone).date(), end.astimezone(new.zone).date()
    while day <= last:
        if new.day(day).minutes < old.day(day).minutes:
            yield day
        day += DAY


COMPUTED = frozenset({"calendar", "is_firm", "was", "due", "stage", "stage_was", "stage_due", "days", "helpers_due"})
"""What a step keeps of reckoned dates. A replay reckons it again, from the edition alone."""
