"""Which days and hours are worked: the announced holidays, the hours of an office or crew, and days of its own.

Hours are the district's wall-clock hours. A year whose holidays are not announced yet counts as its ordinary weeks,
and whatever is reckoned through it is provisional. Limits are counted on a calendar in `limits.py`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from jingwei.kernel.environment import environment
from jingwei.kernel.schedule import DAY_MINUTES, OFFICE, Hours, Schedule

DAY = timedelta(days=1)


class DayKind(StrEnum):
    WORKDAY = "workday"
    REST = "rest"  # a day of the week without hours
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"  # worked instead of another
    CLOSED = "closed"  # by the office itself
    OPENED = "opened"


@dataclass(frozen=True)
class Year:
    """One announced year. Days off, weekend days among them, and days worked instead, each with its holiday's key."""

    off: Mapping[date, str] = field(default_factory=dict)
    on: Mapping[date, str] = field(default_factory=dict)

    @classmethod
    def read(cls, number: int, data: Mapping[str, Mapping[str, str]]) -> Self:
        """Read `{"off": {"MM-DD": key}, "on": {"MM-DD": key}}`."""
        off, on = ({date.fromisoformat(f"{number}-{day}"): key for day, key in data[kind].items()} for kind in YEAR)
        return cls(off, on)

    def write(self) -> dict[str, dict[str, str]]:
        return {
            kind: {f"{day:%m-%d}": key for day, key in sorted(days.items())}
            for kind, days in zip(YEAR, (self.off, self.on), strict=True)
        }


YEAR = ("off", "on")


class OwnDay(NamedTuple):
    """A day on which an office departs from its schedule, and why. No hours: it is closed."""

    reason: str
    hours: Hours = ()


class InForce(NamedTuple):
    """The schedule that holds from a day on."""

    begins_on: date
    schedule: Schedule


class Worked(NamedTuple):
    """A stretch of one day, in minutes after its midnight; `is_from_eve`: of a shift that began the day before."""

    begin: int
    end: int
    shift: str = ""
    is_from_eve: bool = False


@dataclass(frozen=True)
class Day:
    """What a calendar says of one day. `name`: the key of its holiday, or the office's own reason."""

    date: date
    kind: DayKind
    name: str
    hours: tuple[Worked, ...]
    is_worked: bool  # work begins on it: it counts as a working day
    is_provisional: bool

    @property
    def minutes(self) -> int:
        return sum(stretch.end - stretch.begin for stretch in self.hours)


@dataclass(frozen=True)
class WorkingCalendar:
    """The days of one office. `schedules` in the order in which they begin: the first holds for all time before it."""

    zone: ZoneInfo
    years: Mapping[int, Year] = field(default_factory=dict)
    schedules: tuple[InForce, ...] = (InForce(date.min, OFFICE),)
    own: Mapping[date, OwnDay] = field(default_factory=dict)
    _days: dict[date, Day] = field(default_factory=dict, init=False, repr=False, compare=False)
    _sums: dict[int, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def schedule(self, on: date) -> Schedule:
        """The schedule in force on a day."""
        begun = [one for one in self.schedules if one.begins_on <= on]
        return (begun or self.schedules)[-1 if begun else 0].schedule

    def day(self, on: date) -> Day:
        known = self._days.get(on)
        if known is None:
            known = self._days[on] = self._make(on)
        return known

    def is_working_day(self, on: date) -> bool:
        return self.day(on).is_worked

    def minutes_before(self, on: date) -> int:
        """Minutes worked in the year of a day before it."""
        if on.year not in self._sums:
            first = date(on.year, 1, 1)
            days = (date(on.year + 1, 1, 1) - first).days
            self._sums[on.year] = list(accumulate((self.day(first + n * DAY).minutes for n in range(days)), initial=0))
        return self._sums[on.year][on.timetuple().tm_yday - 1]

    def minutes_in(self, year: int) -> int:
        self.minutes_before(date(year, 1, 1))
        return self._sums[year][-1]

    def _make(self, on: date) -> Day:
        kind, name, hours = self._alone(on)
        late = self._alone(on - DAY)[2] if on > date.min else ()
        spilt = [Worked(0, one.end - DAY_MINUTES, one.shift, is_from_eve=True) for one in late if one.end > DAY_MINUTES]
        begun = max((one.end for one in spilt), default=0)
        mine = [Worked(max(one.begin, begun), min(one.end, DAY_MINUTES), one.shift) for one in hours]
        is_open = self.years.get(on.year) is None and on not in self.own and self.schedule(on).keeps_holidays
        worked = tuple(one for one in (*spilt, *mine) if one.end > one.begin)
        return Day(on, kind, name, worked, bool(hours), is_open)

    def _alone(self, on: date) -> tuple[DayKind, str, Hours]:
        """A day's kind, name and hours without what is left of the night before."""
        schedule = self.schedule(on)
        if (own := self.own.get(on)) is not None:
            return (DayKind.OPENED if own.hours else DayKind.CLOSED), own.reason, own.hours
        hours = schedule.hours(on)
        if schedule.keeps_holidays and (year := self.years.get(on.year)) is not None:
            if on in year.off:
                return DayKind.HOLIDAY, year.off[on], ()
            if on in year.on:
                return DayKind.MAKE_UP, year.on[on], schedule.make_up(on)
        return (DayKind.WORKDAY if hours else DayKind.REST), "", hours


def read_years(path: Path) -> dict[int, Year]:
    """The years of a file `{"years": {"2026": {"off": {"MM-DD": key}, "on": {…}}}}`."""
    years = json.loads(path.read_text(encoding="utf-8"))["years"]
    return {int(number): Year.read(int(number), days) for number, days in years.items()}


@lru_cache(maxsize=1)
def default_calendar() -> WorkingCalendar:
    """Mainland China's working days of 2004 to 2026, at the hours of an ordinary office."""
    path = Path(__file__).parent / "data" / "calendar-cn.json"
    return WorkingCalendar(zone=environment().zone(), years=read_years(path))


def years_off(days: Iterable[date]) -> dict[int, Year]:
    """Years that are known by their days off alone."""
    known: dict[int, dict[date, str]] = {}
    for day in days:
        known.setdefault(day.year, {})[day] = ""
    return {number: Year(off) for number, off in known.items()}


def at_minute(on: date, minute: int) -> datetime:
    """The wall-clock moment so many minutes after the midnight of a day."""
    return datetime(on.year, on.month, on.day) + timedelta(minutes=minute)  # noqa: DTZ001 - the calendar's own clock
