"""Time limits: the four kinds of GB/T 30428.8, counted on a calendar. Arithmetic, no clock of its own.

`count` walks a limit stretch by stretch; when it runs out is where the last stretch ends. Whoever explains a date
shows the same stretches, so that the explanation cannot disagree with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.calendar import DAY, Day, Worked, WorkingCalendar, at_minute

NOTHING = timedelta()
LONGEST_IDLE = 400
"""Days without work after which a calendar is taken for a mistake."""


class LimitKind(TextChoices):
    URGENT_HOURS = "urgent_hours", _("urgent hours")  # 紧急工作时: they run day and night
    WORKING_HOURS = "working_hours", _("working hours")  # 工作时
    WORKING_DAYS = "working_days", _("working days")  # 工作日
    NATURAL_DAYS = "natural_days", _("days")  # 天


IN_DAYS = frozenset({LimitKind.WORKING_DAYS, LimitKind.NATURAL_DAYS})
ON_THE_CALENDAR = frozenset({LimitKind.WORKING_DAYS, LimitKind.WORKING_HOURS})


@dataclass(frozen=True)
class Limit:
    """So much time of one kind. Hours may have a fraction, days are whole."""

    kind: LimitKind
    amount: float

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError("a limit is longer than nothing")
        if self.kind in IN_DAYS and self.amount != int(self.amount):
            raise ValueError("a limit in days is a whole number of days")


@dataclass(frozen=True)
class Due:
    """When a limit runs out; provisional where it was reckoned through a year that is not announced."""

    at: datetime
    is_provisional: bool


class Passage(NamedTuple):
    """A stretch of a limit's course. `counts`: how much of the limit it takes, in hours or in days; 0 where it waits.

    `day` is what the calendar says of it, and None where no calendar is asked.
    """

    begin: datetime
    end: datetime
    counts: timedelta
    day: Day | None = None
    shift: str = ""


def count(limit: Limit, start: datetime, calendar: WorkingCalendar) -> Iterator[Passage]:
    """The course of `limit` from `start`, without a gap in its days, on the calendar's clock."""
    begun = start.astimezone(calendar.zone)
    match limit.kind:
        case LimitKind.URGENT_HOURS:
            amount = timedelta(hours=limit.amount)
            yield Passage(begun, (start.astimezone(UTC) + amount).astimezone(calendar.zone), amount)
        case LimitKind.NATURAL_DAYS:
            amount = limit.amount * DAY
            yield Passage(begun, begun + amount, amount)
        case LimitKind.WORKING_DAYS:
            yield from _count_days(int(limit.amount), begun.replace(tzinfo=None), calendar)
        case LimitKind.WORKING_HOURS:
            yield from _count_hours(timedelta(hours=limit.amount), begun.replace(tzinfo=None), calendar)


def due_at(limit: Limit, start: datetime, calendar: WorkingCalendar) -> Due:
    """When `limit`, begun at `start`, runs out.

    What starts outside working time counts from the next working moment. Working days run out at the same clock time
    so many working days later, or when work next begins after it; natural days at the same clock time on any day.
    """
    is_provisional = False
    passage = None
    for passage in count(limit, start, calendar):
        is_provisional |= passage.day is not None and passage.day.is_provisional
    assert passage is not None
    return Due(passage.end.astimezone(UTC), is_provisional)


def working_time_between(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """How much working time lies between two moments; negative where `end` comes first."""
    first = start.astimezone(calendar.zone).replace(tzinfo=None)
    last = end.astimezone(calendar.zone).replace(tzinfo=None)
    if last < first:
        return -working_time_between(end, start, calendar)
    whole = sum(calendar.minutes_in(year) for year in range(first.year, last.year))
    return timedelta(minutes=whole) + _worked_in_year(last, calendar) - _worked_in_year(first, calendar)


def work_after(start: datetime, amount: timedelta, calendar: WorkingCalendar) -> datetime:
    """The moment at which so much working time, more than none, has passed since `start`."""
    wall = start.astimezone(calendar.zone).replace(tzinfo=None)
    *_earlier, last = _count_hours(amount, wall, calendar)
    return last.end.astimezone(UTC)


def work_before(end: datetime, amount: timedelta, calendar: WorkingCalendar) -> datetime:
    """The latest moment since which so much working time has passed at `end`. ValueError where there never was any."""
    wall = end.astimezone(calendar.zone).replace(tzinfo=None)
    left, on, idle = amount, wall.date(), 0
    while idle < LONGEST_IDLE:
        hours = calendar.day(on).hours
        for one in reversed(hours):
            begin, until = at_minute(on, one.begin), min(at_minute(on, one.end), wall)
            if left <= until - begin:
                return (until - left).replace(tzinfo=calendar.zone).astimezone(UTC)
            left -= max(until - begin, NOTHING)
        idle = 0 if hours else idle + 1
        on -= DAY
    raise ValueError(f"nobody works for {LONGEST_IDLE} days before {on}")


def _worked_in_year(wall: datetime, calendar: WorkingCalendar) -> timedelta:
    """The working time of the year that is over at `wall`."""
    day = calendar.day(wall.date())
    clock = wall - at_minute(day.date, 0)
    today = NOTHING
    for one in day.hours:
        today += max(min(timedelta(minutes=one.end), clock) - timedelta(minutes=one.begin), NOTHING)
    return timedelta(minutes=calendar.minutes_before(day.date)) + today


def _count_hours(left: timedelta, wall: datetime, calendar: WorkingCalendar) -> Iterator[Passage]:
    """Every stretch that is worked, and each day that is not, until the amount is used up."""
    for day in _days(wall.date(), calendar):
        took = False
        for one in day.hours:
            begin, end = at_minute(day.date, one.begin), at_minute(day.date, one.end)
            if end <= wall:
                continue
            begin = max(begin, wall)
            amount = min(end - begin, left)
            yield _passage(begin, begin + amount, amount, day, calendar.zone)._replace(shift=one.shift)
            left -= amount
            took = True
            if not left:
                return
        if not took:
            yield _passage(max(wall, at_minute(day.date, 0)), at_minute(day.date + DAY, 0), NOTHING, day, calendar.zone)


def _count_days(left: int, wall: datetime, calendar: WorkingCalendar) -> Iterator[Passage]:
    """The wait until work begins, then from each clock time to the same on the next day, counting working days."""
    day, shift, begun = _next_work(wall, calendar)
    if begun > wall:
        for idle in _days(wall.date(), calendar):
            until = min(at_minute(idle.date + DAY, 0), begun)
            yield _passage(max(wall, at_minute(idle.date, 0)), until, NOTHING, idle, calendar.zone)
            if until == begun:
                break
    first = day.date - DAY if shift.is_from_eve else day.date
    clock, at = begun - at_minute(first, 0), begun
    for day in _days(first + DAY, calendar):
        end = at_minute(day.date, 0) + clock
        if not day.is_worked:
            yield _passage(at, end, NOTHING, day, calendar.zone)
        else:
            left -= 1
            end = end if left else _next_work(end, calendar)[2]
            yield _passage(at, end, DAY, day, calendar.zone)
            if not left:
                return
        at = end


def _next_work(wall: datetime, calendar: WorkingCalendar) -> tuple[Day, Worked, datetime]:
    """The first moment from `wall` on at which somebody works, with its day and its stretch."""
    for day in _days(wall.date(), calendar):
        for one in day.hours:
            if wall < at_minute(day.date, one.end):
                return day, one, max(wall, at_minute(day.date, one.begin))
    raise AssertionError


def _days(first: date, calendar: WorkingCalendar) -> Iterator[Day]:
    """The days from one on. ValueError where none of very many is worked."""
    idle, on = 0, first
    while idle < LONGEST_IDLE:
        day = calendar.day(on)
        yield day
        idle = 0 if day.hours else idle + 1
        on += DAY
    raise ValueError(f"nobody works for {LONGEST_IDLE} days from {first} on")


def _passage(begin: datetime, end: datetime, counts: timedelta, day: Day, zone: ZoneInfo) -> Passage:
    return Passage(begin.replace(tzinfo=zone), end.replace(tzinfo=zone), counts, day)
