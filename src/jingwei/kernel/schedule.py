"""Office hours and shifts: which parts of a day are worked, by weekday and season. Plain data, without holidays.

Written as JSON: `{"keeps_holidays": true, "seasons": [{"begins": "05-01", "week": [[["08:30", "12:00"], …], …]}]}`,
a week beginning on Monday. A stretch may say which shift it is, and one that ends no later than it begins goes on
past midnight: `["22:00", "06:00", "night"]`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple, Self

DAY_MINUTES = 24 * 60
DAYS_A_WEEK = 7
CLOCK = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])")
LEAP_YEAR = 2024


class Stretch(NamedTuple):
    """A part of a day that is worked, in minutes after its midnight; beyond 1440 it is the night that follows."""

    begin: int
    end: int
    shift: str = ""

    @classmethod
    def read(cls, words: Sequence[str]) -> Self:
        """`["08:00", "12:00"]`, or with the name of a shift. ValueError for anything else."""
        begin, end = read_clock(words[0]), read_clock(words[1])
        if begin == DAY_MINUTES or len(words) > 3:
            raise ValueError(f"{words} is not a stretch of a day")
        return cls(begin, end if end > begin else end + DAY_MINUTES, *words[2:])

    def write(self) -> list[str]:
        words = [write_clock(self.begin), write_clock(self.end)]
        return [*words, self.shift] if self.shift else words

    def __str__(self) -> str:
        return f"{write_clock(self.begin)}–{write_clock(self.end)}"


def read_clock(words: str) -> int:
    """Minutes after midnight of "08:30". ValueError for what is not on a clock."""
    found = CLOCK.fullmatch(words)
    minutes = int(found[1]) * 60 + int(found[2]) if found else DAY_MINUTES + 1
    if minutes > DAY_MINUTES:
        raise ValueError(f"“{words}” is not a time of day")
    return minutes


def write_clock(minutes: int) -> str:
    """A clock time as "08:30"; the end of a day is "24:00", and what lies beyond it is told by the next day's clock."""
    if minutes > DAY_MINUTES:
        minutes -= DAY_MINUTES
    return f"{minutes // 60:02}:{minutes % 60:02}"


Hours = tuple[Stretch, ...]
Week = tuple[Hours, ...]


class Season(NamedTuple):
    """From this month and day on, every year, a week looks so."""

    begins: tuple[int, int]
    week: Week


@dataclass(frozen=True)
class Schedule:
    """The hours of an office or a crew. `keeps_holidays` is false where holidays are days like others."""

    seasons: tuple[Season, ...]
    keeps_holidays: bool = True

    def __post_init__(self) -> None:
        if not self.seasons or any(len(season.week) != DAYS_A_WEEK for season in self.seasons):
            raise ValueError("a schedule has a season at least, and a week seven days")
        if [season.begins for season in self.seasons] != sorted({season.begins for season in self.seasons}):
            raise ValueError("seasons begin one after the other")
        for season in self.seasons:
            if season.begins == (2, 29):
                raise ValueError("a season begins on a day that every year has")
            _check_week(season.week)

    @classmethod
    def weekdays(cls, *hours: tuple[time, time]) -> Self:
        """The same hours from Monday to Friday, all year."""
        day = tuple(Stretch(_minutes(begin), _minutes(end) or DAY_MINUTES) for begin, end in hours)
        return cls((Season((1, 1), (day,) * 5 + ((),) * 2),))

    @classmethod
    def round_the_clock(cls, *shifts: Stretch) -> Self:
        """The same shifts every day of the year, holidays or not."""
        return cls((Season((1, 1), (shifts,) * DAYS_A_WEEK),), keeps_holidays=False)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The schedule that `write` wrote. ValueError where it makes no sense."""
        try:
            seasons = [Season(_read_day(one["begins"]), _read_week(one["week"])) for one in data["seasons"]]
            return cls(tuple(sorted(seasons)), bool(data.get("keeps_holidays", True)))
        except (KeyError, TypeError, IndexError, AttributeError) as fault:
            raise ValueError(f"this is not a schedule: {fault}") from fault

    def write(self) -> dict[str, Any]:
        return {
            "keeps_holidays": self.keeps_holidays,
            "seasons": [
                {
                    "begins": f"{season.begins[0]:02}-{season.begins[1]:02}",
                    "week": [[stretch.write() for stretch in day] for day in season.week],
                }
                for season in self.seasons
            ],
        }

    def season(self, on: date) -> Season:
        """The season that has begun last; before the first of a year it is still the last of the year before."""
        begun = [season for season in self.seasons if season.begins <= (on.month, on.day)]
        return begun[-1] if begun else self.seasons[-1]

    def hours(self, on: date) -> Hours:
        """The hours of the weekday, as if there were no holidays."""
        return self.season(on).week[on.weekday()]

    def make_up(self, on: date) -> Hours:
        """The hours of a weekend day that is worked instead of another: those of a full weekday."""
        return self.hours(on) or max(self.season(on).week, key=length)

    @cached_property
    def is_round_the_clock(self) -> bool:
        """Whether somebody is at work at any time."""
        return not self.keeps_holidays and all(
            length(day) == DAY_MINUTES for season in self.seasons for day in season.week
        )


def length(hours: Hours) -> int:
    """Minutes worked in these hours."""
    return sum(stretch.end - stretch.begin for stretch in hours)


def _check_week(week: Week) -> None:
    """Something is worked in it, and nothing twice at the same time, over midnight and over Sunday neither."""
    if not any(week):
        raise ValueError("nobody would ever work")
    line = [
        (number * DAY_MINUTES + stretch.begin, number * DAY_MINUTES + stretch.end)
        for number, day in enumerate(week)
        for stretch in day
    ]
    if any(begin >= end or end - begin > DAY_MINUTES for begin, end in line):
        raise ValueError("hours end after they begin, within a day")
    line.append((line[0][0] + DAYS_A_WEEK * DAY_MINUTES, 0))
    if any(following[0] < stretch[1] for stretch, following in pairwise(line)):
        raise ValueError("hours follow one another and do not overlap")


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _read_day(words: str) -> tuple[int, int]:
    day = date.fromisoformat(f"{LEAP_YEAR}-{words}")
    return day.month, day.day


def _read_week(days: Iterable[Iterable[Sequence[str]]]) -> Week:
    return tuple(tuple(Stretch.read(stretch) for stretch in day) for day in days)


OFFICE = Schedule.weekdays((time(8), time(12)), (time(14), time(18)))
