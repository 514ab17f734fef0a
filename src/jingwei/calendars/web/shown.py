"""What the calendar pages show of one office."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from jingwei.calendars.current import calendars
from jingwei.calendars.models import OfficeHours, OwnDays
from jingwei.calendars.offices import Office, offices_of
from jingwei.calendars.words import shift_name, stretch_of_days
from jingwei.calendars.year_grid import months_of
from jingwei.kernel.public import Hours, Schedule, Season, clock
from jingwei.people.public import Member
from jingwei.ui.public import WEEKDAYS

FIRST_YEAR, LAST_YEAR = 2004, 2100


@dataclass(frozen=True)
class HoursShown:
    """Hours in force from a day on: a line for each season's equal days."""

    begins_on: date | None
    is_now: bool
    keeps_holidays: bool
    lines: list[str]


@dataclass(frozen=True)
class DaysShown:
    """Own days, with what holds on them."""

    row: OwnDays
    when: str
    hours: str


def find_office(member: Member, key: str) -> tuple[Office, list[Office]]:
    """The office with this key, among those that the member sets up. Raises Http404."""
    offices = offices_of(member)
    found = next((one for one in offices if one.key == key), None)
    if found is None:
        raise Http404
    return found, offices


def year_of(words: str, today: date) -> int:
    """The year that an address asks for, else this one."""
    year = int(words) if words.isascii() and words.isdigit() and len(words) == 4 else today.year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def office_shown(office: Office, year: int) -> dict[str, Any]:
    """The grid of a year, the hours and the own days of an office. Asks the database nothing but the own rows."""
    today = clock.local(clock.now()).date()
    calendar = office.calendar(calendars())
    own = {"code": office.code, "department_id": office.holder[1] if office.is_department else None, "until": None}
    months = months_of(year, calendar, today)
    return {
        "year": year,
        "months": months,
        "weekdays": WEEKDAYS,
        "working_days": sum(month.working_days for month in months),
        "is_announced": year in calendar.years,
        "hours": list(_hours_shown(calendar.schedules, today)),
        "has_own_hours": OfficeHours.objects.filter(**own).exists(),
        "own_days": [_days_shown(row) for row in OwnDays.objects.filter(**own).order_by("-first_on", "-pk")],
        "today": today,
    }


def _hours_shown(schedules: Any, today: date) -> Iterator[HoursShown]:
    """Those that hold now and those to come; what is over stands in the editions."""
    begun = [one for one in schedules if one.begins_on <= today] or schedules[:1]
    for one in (begun[-1], *(later for later in schedules if later.begins_on > today)):
        begins_on = one.begins_on if one.begins_on != date.min else None
        yield HoursShown(begins_on, one is begun[-1], one.schedule.keeps_holidays, list(schedule_lines(one.schedule)))


def schedule_lines(schedule: Schedule) -> Iterator[str]:
    """A schedule in a few lines: "Mon–Fri 08:00–12:00 14:00–18:00"."""
    for season in schedule.seasons:
        if len(schedule.seasons) > 1:
            yield _("From %(day)s:") % {"day": "{:02}-{:02}".format(*season.begins)}
        yield from _week_lines(season)


def _week_lines(season: Season) -> Iterator[str]:
    first = 0
    for number, hours in enumerate(season.week):
        following = season.week[number + 1] if number < len(season.week) - 1 else None
        if hours == following:
            continue
        days = WEEKDAYS[first] if first == number else f"{WEEKDAYS[first]}–{WEEKDAYS[number]}"
        yield _("%(days)s %(hours)s") % {"days": days, "hours": hours_words(hours)}
        first = number + 1


def hours_words(hours: Hours) -> str:
    """The hours of a day, shifts by name."""
    if not hours:
        return _("off")
    return " ".join(f"{shift_name(one.shift)} {one}".strip() for one in hours)


def _days_shown(row: OwnDays) -> DaysShown:
    hours = " ".join(f"{begin}–{end}" for begin, end, *_shift in row.hours)
    return DaysShown(row, stretch_of_days(row.first_on, row.last_on), hours)
