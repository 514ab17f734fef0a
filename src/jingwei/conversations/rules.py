"""By when a first answer is due, and whether anybody is at work. Arithmetic on a calendar, no clock of its own."""

from datetime import datetime, timedelta

from jingwei.kernel.public import Limit, LimitKind, WorkingCalendar, due_at, work_after

MINUTE = timedelta(minutes=1)


def answer_due(written_at: datetime, hours: float, calendar: WorkingCalendar) -> datetime:
    """So many working hours after a message; one that comes at night counts from the next morning."""
    return due_at(Limit(LimitKind.WORKING_HOURS, hours), written_at, calendar).at


def opens_at(now: datetime, calendar: WorkingCalendar) -> datetime | None:
    """When somebody is at work again; None while they are."""
    begins = work_after(now, MINUTE, calendar) - MINUTE
    return begins if begins > now else None
