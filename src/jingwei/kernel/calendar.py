"""Working time: the four kinds of time limit of GB/T 30428.8 on a calendar. Arithmetic, no clock of its own.

Hours are the district's wall-clock hours. A year whose holidays are not announced yet counts Monday to
Friday, and whatever is reckoned through it is provisional.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.environment import environment

DAY = timedelta(days=1)
OFFICE_HOURS = ((time(8), time(12)), (time(14), time(18)))
SATURDAY = 5


class LimitKind(TextChoices):
    URGENT_HOURS = "urgent_hours", _("urgent hours")  # 紧急工作时: they run day and night
    WORKING_HOURS = "working_hours", _("working hours")  # 工作时
    WORKING_DAYS = "working_days", _("working days")  # 工作日
    NATURAL_DAYS = "natural_days", _("days")  # 天


@dataclass(frozen=True)
class Limit:
    """So much time of one kind. Hours may have a fraction, days are whole."""

    kind: LimitKind
    amount: float

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError("a limit is longer than nothing")
        if self.kind in {LimitKind.WORKING_DAYS, LimitKind.NATURAL_DAYS} and self.amount != int(self.amount):
            raise ValueError("a limit in days is a whole number of days")


@dataclass(frozen=True)
class Due:
    """When a limit runs out; provisional where it was reckoned through a year that is not announced."""

    at: datetime
    is_provisional: bool


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days and hours are worked. `hours` are spans in order that do not touch midnight.

    `holidays` are days off, `workdays` weekend days that are worked, `announced` the years that are known.
    """

    zone: ZoneInfo
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    announced: frozenset[int] = frozenset()
    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS
    _years: dict[int, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def from_file(cls, path: Path, zone: ZoneInfo) -> Self:
        """Read `{"years": {"2026": {"off": ["MM-DD"], "on": ["MM-DD"]}}}`."""
        years = json.loads(path.read_text(encoding="utf-8"))["years"]
        return cls(
            zone=zone,
            holidays=frozenset(_days(years, "off")),
            workdays=frozenset(_days(years, "on")),
            announced=frozenset(int(year) for year in years),
        )

    @property
    def day_length(self) -> timedelta:
        return sum((_span(begin, end) for begin, end in self.hours), timedelta())

    def is_working_day(self, day: date) -> bool:
        if day in self.holidays:
            return False
        return day.weekday() < SATURDAY or day in self.workdays

    def working_day_after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `count` is at least 1."""
        year, known = day.year, self._working_days(day.year)
        left = count + bisect_right(known, day.toordinal())
        while left > len(known):
            left -= len(known)
            year += 1
            known = self._working_days(year)
        return date.fromordinal(known[left - 1])

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie after `first` and before `last`."""
        total = 0
        for year in range(first.year, last.year + 1):
            known = self._working_days(year)
            low = bisect_right(known, first.toordinal())
            high = bisect_left(known, last.toordinal())
            total += max(0, high - low)
        return total

    def knows(self, first: date, last: date) -> bool:
        """Whether every year from `first` to `last` is announced."""
        return self.announced.issuperset(range(first.year, last.year + 1))

    def _working_days(self, year: int) -> list[int]:
        """The ordinals of the year's working days, in order."""
        if year not in self._years:
            first, end = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
            self._years[year] = [n for n in range(first, end) if self.is_working_day(date.fromordinal(n))]
        return self._years[year]


def due_at(limit: Limit, start: datetime, calendar: WorkingCalendar) -> Due:
    """When `limit`, begun at `start`, runs out.

    What starts outside working time counts from the next working moment. Working days run out at the same
    clock time so many working days later, natural days likewise on any day.
    """
    wall = start.astimezone(calendar.zone).replace(tzinfo=None)
    match limit.kind:
        case LimitKind.URGENT_HOURS:
            return Due(start.astimezone(UTC) + timedelta(hours=limit.amount), is_provisional=False)
        case LimitKind.NATURAL_DAYS:
            return Due(_moment(wall + limit.amount * DAY, calendar), is_provisional=False)
        case LimitKind.WORKING_DAYS:
            begun = _next_working_moment(wall, calendar)
            day = calendar.working_day_after(begun.date(), int(limit.amount))
            end = datetime.combine(day, begun.time())
        case LimitKind.WORKING_HOURS:
            end = _after_working_time(wall, timedelta(hours=limit.amount), calendar)
    return Due(_moment(end, calendar), is_provisional=not calendar.knows(wall.date(), end.date()))


def working_time_between(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """How much working time lies between two moments; negative where `end` comes first."""
    if end < start:
        return -working_time_between(end, start, calendar)
    first = start.astimezone(calendar.zone).replace(tzinfo=None)
    last = end.astimezone(calendar.zone).replace(tzinfo=None)
    if first.date() == last.date():
        return _worked(last, calendar) - _worked(first, calendar)
    whole = calendar.working_days_between(first.date(), last.date()) * calendar.day_length
    return _left(first, calendar) + whole + _worked(last, calendar)


@lru_cache(maxsize=1)
def default_calendar() -> WorkingCalendar:
    """The district's own calendar: mainland China's working days of 2004 to 2026."""
    return WorkingCalendar.from_file(Path(__file__).parent / "data" / "calendar-cn.json", environment().zone())


def _days(years: dict[str, dict[str, list[str]]], kind: str) -> Iterator[date]:
    return (date.fromisoformat(f"{year}-{day}") for year, days in years.items() for day in days[kind])


def _span(begin: time, end: time) -> timedelta:
    return datetime.combine(date.min, end) - datetime.combine(date.min, begin)


def _moment(wall: datetime, calendar: WorkingCalendar) -> datetime:
    return wall.replace(tzinfo=calendar.zone).astimezone(UTC)


def _worked(wall: datetime, calendar: WorkingCalendar) -> timedelta:
    """The working time of the day that is over at `wall`."""
    if not calendar.is_working_day(wall.date()):
        return timedelta()
    clock = wall.time()
    return sum((_span(begin, min(end, clock)) for begin, end in calendar.hours if begin < clock), timedelta())


def _left(wall: datetime, calendar: WorkingCalendar) -> timedelta:
    """The working time of the day that is still to come at `wall`."""
    if not calendar.is_working_day(wall.date()):
        return timedelta()
    return calendar.day_length - _worked(wall, calendar)


def _next_working_moment(wall: datetime, calendar: WorkingCalendar) -> datetime:
    """`wall` itself while people work, else the next time that they begin."""
    if calendar.is_working_day(wall.date()):
        for begin, end in calendar.hours:
            if wall.time() < end:
                return max(wall, datetime.combine(wall.date(), begin))
    return datetime.combine(calendar.working_day_after(wall.date(), 1), calendar.hours[0][0])


def _after_working_time(wall: datetime, amount: timedelta, calendar: WorkingCalendar) -> datetime:
    """The first moment at which `amount` of working time has passed since `wall`."""
    left = _left(wall, calendar)
    if amount <= left:
        return _clock_after(wall.date(), _worked(wall, calendar) + amount, calendar)
    days, rest = divmod(amount - left, calendar.day_length)
    if not rest:
        days, rest = days - 1, calendar.day_length
    return _clock_after(calendar.working_day_after(wall.date(), days + 1), rest, calendar)


def _clock_after(day: date, worked: timedelta, calendar: WorkingCalendar) -> datetime:
    """The moment of `day` at which `worked` of its working time is over."""
    for begin, end in calendar.hours:
        span = _span(begin, end)
        if worked <= span:
            return datetime.combine(day, begin) + worked
        worked -= span
    raise ValueError("a day has no more working time than its hours")
