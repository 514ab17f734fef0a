"""What screens say of days and hours. Words only, in the language in force."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from jingwei.calendars.announcement import HOLIDAYS
from jingwei.kernel.public import Day, DayKind, WorkingCalendar

DAY = timedelta(days=1)
KINDS: Mapping[DayKind, Promise] = MappingProxyType(
    {
        DayKind.WORKDAY: pgettext_lazy("day", "Working day"),
        DayKind.REST: pgettext_lazy("day", "Day off"),
        DayKind.HOLIDAY: pgettext_lazy("day", "Holiday"),
        DayKind.MAKE_UP: pgettext_lazy("day", "Worked instead"),
        DayKind.CLOSED: pgettext_lazy("day", "Closed"),
        DayKind.OPENED: pgettext_lazy("day", "Open by exception"),
    }
)


SHIFTS: Mapping[str, Promise] = MappingProxyType(
    {
        "day": pgettext_lazy("shift", "Day shift"),
        "night": pgettext_lazy("shift", "Night shift"),
        "early": pgettext_lazy("shift", "Early shift"),
        "late": pgettext_lazy("shift", "Late shift"),
        "first": pgettext_lazy("shift", "First shift"),
        "second": pgettext_lazy("shift", "Second shift"),
        "third": pgettext_lazy("shift", "Third shift"),
        "fourth": pgettext_lazy("shift", "Fourth shift"),
    }
)


def shift_name(key: str) -> str:
    """What a shift is called; one with a name of its own, by that."""
    return str(SHIFTS.get(key, key))


def named(day: Day) -> str:
    """The name of its holiday, or the office's own reason; "" for ordinary days."""
    return str(HOLIDAYS.get(day.name, day.name))


def about(day: Day) -> str:
    """A day as its calendar has it: "Holiday: Spring Festival"."""
    kind = str(KINDS[day.kind])
    return _("%(kind)s: %(name)s") % {"kind": kind, "name": named(day)} if day.name else kind


def stretch_of_days(first: date, last: date) -> str:
    """From one day to another, or the one day that it is."""
    if first == last:
        return first.isoformat()
    return _("%(first)s to %(last)s") % {"first": first.isoformat(), "last": last.isoformat()}


def together(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days that follow one another, as first and last."""
    runs = groupby(enumerate(sorted(days)), key=lambda one: one[1] - one[0] * DAY)
    lists = [[day for _number, day in run] for _start, run in runs]
    return [(run[0], run[-1]) for run in lists]


def days_off(days: Iterable[date], calendar: WorkingCalendar) -> str:
    """Days that are not worked and why: "2027-02-05 to 2027-02-11 (Spring Festival)"."""
    return _(", ").join(
        _("%(days)s (%(why)s)") % {"days": stretch_of_days(first, last), "why": why}
        if why
        else stretch_of_days(first, last)
        for first, last, why in _runs(days, calendar)
    )


def _runs(days: Iterable[date], calendar: WorkingCalendar) -> Iterator[tuple[date, date, str]]:
    """Days that follow one another for one reason, together."""
    known = [(number, day, named(calendar.day(day))) for number, day in enumerate(sorted(days))]
    for (_start, why), run in groupby(known, key=lambda one: (one[1] - one[0] * DAY, one[2])):
        together = [day for _number, day, _why in run]
        yield together[0], together[-1], why


def length_of_minutes(minutes: int) -> str:
    return length(timedelta(minutes=minutes))


def length(amount: timedelta, *, in_days: bool = False) -> str:
    """How long: "2 h 30 min", or whole days."""
    if in_days:
        return ngettext("%(n)d day", "%(n)d days", amount.days) % {"n": amount.days}
    hours, minutes = divmod(round(amount.total_seconds() / 60), 60)
    if not minutes:
        return ngettext("%(n)d h", "%(n)d h", hours) % {"n": hours}
    if not hours:
        return ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
