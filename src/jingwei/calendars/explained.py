"""How a date is reckoned, line by line: the course of its limit (`kernel/limits.py`) with its pauses, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jingwei.calendars.words import about, length, shift_name
from jingwei.kernel.public import Day, DayKind, Limit, LimitKind, Passage, WorkingCalendar, count

NOTHING = timedelta()
IN_DAYS = frozenset({LimitKind.WORKING_DAYS, LimitKind.NATURAL_DAYS})


@dataclass(frozen=True)
class Line:
    """A stretch of time, what it is, and how much of the limit it takes. `kind`: counted, skipped, or pause."""

    begin: datetime
    end: datetime
    what: str
    kind: str
    counts: str = ""
    total: str = ""


@dataclass(frozen=True)
class Explanation:
    """The course of one limit from `start`; it is due where the last line ends."""

    limit: Limit
    start: datetime
    lines: list[Line]
    is_provisional: bool

    @property
    def due_at(self) -> datetime:
        return self.lines[-1].end


def explain(limit: Limit, start: datetime, calendar: WorkingCalendar) -> Explanation:
    """Each stretch that counts, each that does not and why, and the sum as it grows."""
    course = list(count(limit, start, calendar))
    lines: list[Line] = []
    total = NOTHING
    before: datetime | None = start.astimezone(calendar.zone)
    for passage in course:
        lines += _pause(before, passage)
        total += passage.counts
        lines.append(_line(passage, limit, total))
        before = passage.end
    return Explanation(limit, start, lines, any(one.day is not None and one.day.is_provisional for one in course))


def _line(passage: Passage, limit: Limit, total: timedelta) -> Line:
    if not passage.counts:
        return Line(passage.begin, passage.end, _skipped(passage), "skipped")
    in_days = limit.kind in IN_DAYS
    counts, sums = length(passage.counts, in_days=in_days), length(total, in_days=in_days)
    return Line(passage.begin, passage.end, _counted(passage, limit), "counted", counts, sums)


def _counted(passage: Passage, limit: Limit) -> str:
    if passage.day is None:
        return _("Runs day and night") if limit.kind == LimitKind.URGENT_HOURS else _("Every day counts")
    if passage.shift:
        return _("%(day)s, %(shift)s") % {"day": about(passage.day), "shift": shift_name(passage.shift)}
    return _provisionally(about(passage.day), passage.day)


def _skipped(passage: Passage) -> str:
    """Why nothing counts: the day is off, or its hours are over or have not begun."""
    day = passage.day
    assert day is not None
    if day.kind in {DayKind.REST, DayKind.HOLIDAY, DayKind.CLOSED}:
        return _provisionally(about(day), day)
    return pgettext("hours", "Before hours") if passage.end < _midnight_after(passage.begin) else _("After hours")


def _provisionally(what: str, day: Day) -> str:
    return _("%(what)s, as long as the year is not announced") % {"what": what} if day.is_provisional else what


def _pause(before: datetime | None, passage: Passage) -> Iterator[Line]:
    """The time in which nobody works between two stretches, split where a day ends."""
    if before is None or before >= passage.begin:
        return
    midnight = _midnight_after(before)
    if passage.begin < midnight:
        is_break = any(one.end == _minute(before) for one in passage.day.hours) if passage.day else False
        yield Line(before, passage.begin, _("Break") if is_break else pgettext("hours", "Before hours"), "pause")
        return
    yield Line(before, midnight, _("After hours"), "pause")
    if midnight < passage.begin:
        yield Line(midnight, passage.begin, pgettext("hours", "Before hours"), "pause")


def _midnight_after(moment: datetime) -> datetime:
    return (moment + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
