"""A year as twelve months of days, each as its calendar has it."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jingwei.calendars.words import about, length_of_minutes
from jingwei.kernel.public import Day, WorkingCalendar
from jingwei.ui.public import MONTHS


@dataclass(frozen=True)
class Cell:
    """A day of the grid. `said`: what it is, for a title and for those who cannot see its colour."""

    number: int
    kind: str
    said: str
    is_provisional: bool
    is_today: bool


@dataclass(frozen=True)
class Month:
    """`weeks` begin on Monday; None stands for days of the months beside it."""

    name: str | Promise
    weeks: Sequence[Sequence[Cell | None]]
    working_days: int


def months_of(year: int, calendar: WorkingCalendar, today: date) -> list[Month]:
    """The twelve months of a year."""
    return [_month(year, number, calendar, today) for number in range(1, 13)]


def _month(year: int, number: int, calendar: WorkingCalendar, today: date) -> Month:
    weeks = Calendar().monthdatescalendar(year, number)
    cells = [[_cell(calendar.day(day), today) if day.month == number else None for day in week] for week in weeks]
    worked = sum(calendar.is_working_day(day) for week in weeks for day in week if day.month == number)
    return Month(MONTHS[number - 1], cells, worked)


def _cell(day: Day, today: date) -> Cell:
    said = about(day)
    if day.hours:
        said = _("%(day)s, %(length)s") % {"day": said, "length": length_of_minutes(day.minutes)}
    if day.is_provisional:
        said = _("%(day)s, provisional") % {"day": said}
    return Cell(day.date.day, day.kind.value, said, day.is_provisional, day.date == today)
