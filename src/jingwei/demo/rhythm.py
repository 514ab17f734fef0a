"""When people report and when they work: moments on the district's clock. Pure arithmetic on a working calendar."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from jingwei.kernel.public import Limit, LimitKind, WorkingCalendar, due_at, working_time_between

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
# How the reports of a day fall on its hours, by when a kind of trouble is noticed.
HOURS = {
    "day": {6: 1, 7: 4, 8: 9, 9: 10, 10: 8, 11: 6, 12: 4, 13: 4, 14: 6, 15: 7, 16: 7, 17: 6, 18: 4, 19: 2, 20: 1},
    "evening": {17: 3, 18: 7, 19: 9, 20: 8, 21: 5, 22: 2},
    "night": {0: 1, 5: 1, 6: 2, 19: 4, 20: 7, 21: 8, 22: 5, 23: 2},
}
PER_DAY = 31
WEEKDAYS = (1.22, 1.12, 1.06, 1.04, 1.02, 0.78, 0.7)
OFF_DAY = 0.7
SEASON = {6: 1.12, 7: 1.2, 8: 1.12, 9: 1.02, 1: 0.92, 2: 0.8}


def reports_on(day: date, calendar: WorkingCalendar, rng: Random) -> int:
    """How many reports come in on a day."""
    expected = PER_DAY * WEEKDAYS[day.weekday()] * SEASON.get(day.month, 1.0)
    if day.weekday() < 5 and not calendar.is_working_day(day):
        expected *= OFF_DAY
    return max(6, round(rng.gauss(expected, expected**0.5)))


def moment_on(day: date, when: str, calendar: WorkingCalendar, rng: Random) -> datetime:
    """A moment of that day at which such a thing is reported."""
    hours = HOURS[when]
    hour = rng.choices(list(hours), list(hours.values()))[0]
    wall = datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), calendar.zone)
    return wall.astimezone(UTC)


def worked(at: datetime, hours: float, calendar: WorkingCalendar) -> datetime:
    """`hours` of working time later."""
    return due_at(Limit(LimitKind.WORKING_HOURS, max(hours, 0.01)), at, calendar).at


def share_of(start: datetime, end: datetime, share: float, calendar: WorkingCalendar, *, is_urgent: bool) -> datetime:
    """The moment when `share` of the time between is over: working time, or real time where it is urgent."""
    if is_urgent or end <= start:
        return start + (end - start) * share
    hours = working_time_between(start, end, calendar) / HOUR
    return worked(start, hours * share, calendar)


def latest_start(due: Callable[[datetime], datetime], wanted: datetime, earliest: datetime) -> datetime:
    """The latest moment, to the second, whose `due` is no later than `wanted`. `due` never goes back in time."""
    low, high = earliest, wanted
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if due(middle) <= wanted:
            low = middle
        else:
            high = middle
    return low.replace(microsecond=0)
