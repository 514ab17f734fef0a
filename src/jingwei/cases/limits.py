"""Time limits: the promise to the reporter, and the stage clocks inside it. Arithmetic only; time is a parameter."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from jingwei.cases.workflow import Status
from jingwei.kernel.public import Due, Limit, LimitKind, WorkingCalendar, due_at, working_time_between

STAGE_OF: Mapping[str, str] = MappingProxyType(
    {
        Status.REPORTED: "file",
        Status.FILED: "dispatch",
        Status.DISPATCHED: "accept",
        Status.IN_HAND: "handle",
        Status.HANDLED: "check",
    }
)
ANSWER_WITHIN = timedelta(minutes=5)
"""How long somebody who is called to an alarm has to answer, before the next is called."""
STAGE_LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "file": Limit(LimitKind.WORKING_HOURS, 1),
        "dispatch": Limit(LimitKind.WORKING_HOURS, 1),
        "accept": Limit(LimitKind.WORKING_HOURS, 1),
        "alarm": Limit(LimitKind.URGENT_HOURS, ANSWER_WITHIN / timedelta(hours=1)),
        "check": Limit(LimitKind.WORKING_DAYS, 1),
    }
)
WHISTLE_LIMIT = Limit(LimitKind.URGENT_HOURS, 0.5)
"""Within what everyone who is called by a whistle reports in at the place, day and night."""
RATING_WINDOW = timedelta(days=15)
FREE_RECALL = timedelta(minutes=5)
MOST_RETURNS = 2
MOST_CHARGED = 3
"""The best grade that speaks against whoever handled it."""
WORKED = frozenset({"accept", "handle"})
"""Stages that lie with the party; the others lie with the level that answers."""
MOST_REOPENINGS = 2
LONGEST_PAUSE = timedelta(days=183)
"""How far away the review of a suspended case may lie."""
WITHOUT_PAUSE = frozenset({LimitKind.URGENT_HOURS, LimitKind.NATURAL_DAYS})
"""Kinds of limits that run day and night, whatever the calendar says."""
HOUR = timedelta(hours=1)
Pause = tuple[datetime, datetime]
"""From when until when a case was suspended."""


def promised(limit: Limit, start: datetime, calendar: WorkingCalendar) -> Due:
    """Until when the case is to be handled: runs from the report (or the reopening), not from the filing."""
    return due_at(limit, start, calendar)


def later_by(due: Due, pauses: Iterable[Pause], calendar: WorkingCalendar, *, is_worked: bool) -> Due:
    """What is left at the beginning of each pause is left at its end.

    A limit in working time becomes later by the working time of the pause, the others by all of it.
    """
    for begun, ended in pauses:
        if not is_worked:
            due = Due(due.at + (ended - begun), due.is_provisional)
        elif worked := working_time_between(begun, ended, calendar):
            found = due_at(Limit(LimitKind.WORKING_HOURS, worked / HOUR), due.at, calendar)
            due = Due(found.at, due.is_provisional or found.is_provisional)
    return due


def stage_due(
    stage: str, start: datetime, promise: datetime | None, calendar: WorkingCalendar, pauses: Iterable[Pause] = ()
) -> Due:
    """When a stage begun at `start` is due: never later than the promise, except an alarm, and the check after it.

    Handling has what is left of the promise; a handling that begins after the promise is due at once.
    """
    limit = STAGE_LIMITS.get(stage)
    if limit is None:
        return Due(max(promise or start, start), is_provisional=False)
    own = due_at(limit, start, calendar)
    own = later_by(own, pauses, calendar, is_worked=limit.kind not in WITHOUT_PAUSE)
    if stage in {"check", "alarm"} or promise is None or own.at <= promise:
        return own
    return Due(max(promise, start), is_provisional=False)
