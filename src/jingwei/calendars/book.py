"""All that is known of calendars, in memory, as of any edition. Reads rows it is given; asks no database.

The hours of an office are those of the nearest that has any: the department, those it is part of, the street, the
district, and else an ordinary office. Days of one's own add up along that line. A crew that keeps no holidays keeps
no closing of its area either.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from jingwei.calendars.models import AnnouncedYear, Held, OfficeHours, OwnDays
from jingwei.kernel.public import OFFICE, InForce, OwnDay, Schedule, Stretch, WorkingCalendar, Year, default_calendar
from jingwei.places.public import lineage

Holder = tuple[str, int]
"""("a", an area's code) or ("d", a department's key)."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Office:
    """A department's place in its tree: what it is part of, and the area it serves."""

    parent_id: int | None
    code: int


@dataclass(frozen=True)
class Book:
    """Rows of every edition up to `edition`. Shared between threads: nothing in it changes but what is remembered."""

    edition: int
    years: Sequence[AnnouncedYear] = ()
    hours: Sequence[OfficeHours] = ()
    days: Sequence[OwnDays] = ()
    offices: Mapping[int, Office] = field(default_factory=dict)
    _made: dict[object, WorkingCalendar] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def _hours_of(self) -> Mapping[Holder, Sequence[OfficeHours]]:
        return _by_holder(self.hours)

    @cached_property
    def _days_of(self) -> Mapping[Holder, Sequence[OwnDays]]:
        return _by_holder(self.days)

    def line_of_place(self, code: int) -> tuple[Holder, ...]:
        """Who holds hours or days for an area, the widest first."""
        return self._known(("a", one) for one in lineage(code))

    def line_of_department(self, department_id: int) -> tuple[Holder, ...]:
        """Likewise for a department: its area's, then what it is part of, then itself."""
        chain: list[Holder] = []
        step: int | None = department_id
        while step is not None:
            chain.insert(0, ("d", step))
            step = self.offices[step].parent_id
        return self.line_of_place(self.offices[department_id].code) + self._known(chain)

    def _known(self, line: Iterable[Holder]) -> tuple[Holder, ...]:
        return tuple(one for one in line if one in self._hours_of or one in self._days_of)

    def calendar(self, line: tuple[Holder, ...], *, hours: int, days: int) -> WorkingCalendar:
        """The calendar at the end of a `line`: hours as known at one edition, holidays and own days at another."""
        key = (line, hours, days)
        if key not in self._made:
            self._made[key] = self._make(line, hours, days)
        return self._made[key]

    def _make(self, line: Sequence[Holder], hours: int, days: int) -> WorkingCalendar:
        schedules = [InForce(date.min, OFFICE)]
        for one in line:
            held = [row for row in self._hours_of.get(one, ()) if row.is_known(hours)]
            if held:
                schedules = _overlaid(schedules, [(row.begins_on, _schedule(row)) for row in held])
        own = [row for one in line for row in self._days_of.get(one, ()) if row.is_known(days)]
        years = {**default_calendar().years, **_announced([row for row in self.years if row.is_known(days)])}
        plain = WorkingCalendar(default_calendar().zone, years, tuple(schedules))
        return replace(plain, own=_own_days(own, plain)) if own else plain


@dataclass(frozen=True)
class Calendars:
    """The calendars as they stood at an edition. `hours_edition`: of the hours, where those are to stay older ones."""

    book: Book
    edition: int
    hours_edition: int
    is_ours = True

    @classmethod
    def of(cls, book: Book) -> "Calendars":
        return cls(book, book.edition, book.edition)

    @classmethod
    def uniform(cls, calendar: WorkingCalendar) -> "Calendars":
        """The same calendar everywhere, such as that of another system's records."""
        return Uniform(Book(0), 0, 0, calendar)

    def place(self, code: int) -> WorkingCalendar:
        """The calendar of the offices at an area."""
        return self._calendar(self.book.line_of_place(code))

    def department(self, department_id: int, code: int) -> WorkingCalendar:
        """That of a department. One that was set up within the last second works as others at `code` do."""
        if department_id not in self.book.offices:
            return self.place(code)
        return self._calendar(self.book.line_of_department(department_id))

    def nobodys(self) -> WorkingCalendar:
        """That of an office without anything of its own: the announced years at ordinary hours."""
        return self._calendar(())

    def as_of(self, edition: int) -> "Calendars":
        """As everything was known at `edition`."""
        return type(self)(self.book, edition, edition)

    def keeping_hours_of(self, edition: int) -> "Calendars":
        """Holidays and closed days as now, but the hours of `edition`: changed hours are for new work."""
        return type(self)(self.book, self.edition, min(edition, self.edition))

    @property
    def mark(self) -> int | None:
        """What is kept with a date that was reckoned by these: the edition; None where they are not ours."""
        return self.edition if self.is_ours else None

    def _calendar(self, line: tuple[Holder, ...]) -> WorkingCalendar:
        return self.book.calendar(line, hours=self.hours_edition, days=self.edition)


@dataclass(frozen=True)
class Uniform(Calendars):
    """One calendar for everyone, at any time. What is reckoned by it is not reckoned again by ours."""

    calendar: WorkingCalendar
    is_ours = False

    def as_of(self, edition: int) -> Calendars:  # noqa: ARG002 - it has one edition
        return self

    def keeping_hours_of(self, edition: int) -> Calendars:  # noqa: ARG002
        return self

    def place(self, code: int) -> WorkingCalendar:  # noqa: ARG002
        return self.calendar

    def department(self, department_id: int, code: int) -> WorkingCalendar:  # noqa: ARG002
        return self.calendar


Row = TypeVar("Row", bound=Held)


def _by_holder(rows: Iterable[Row]) -> dict[Holder, list[Row]]:
    held: dict[Holder, list[Row]] = {}
    for row in rows:
        held.setdefault(row.holder, []).append(row)
    return held


def _schedule(row: OfficeHours) -> Schedule | None:
    return Schedule.read(row.schedule) if row.schedule else None


def _overlaid(wider: Sequence[InForce], own: Sequence[tuple[date, Schedule | None]]) -> list[InForce]:
    """The hours of `wider` with those of one's own over them, from when these begin."""
    own = sorted(own, key=lambda one: one[0])
    result = [one for one in wider if one.begins_on < own[0][0]]
    ends = [begins for begins, _schedule in own[1:]] + [date.max]
    for (begins, schedule), end in zip(own, ends, strict=True):
        if schedule is not None:
            result.append(InForce(begins, schedule))
            continue
        before = [one for one in wider if one.begins_on <= begins] or wider[:1]
        result.append(InForce(begins, before[-1].schedule))
        result += [one for one in wider if begins < one.begins_on < end]
    return result


def _announced(rows: Iterable[AnnouncedYear]) -> dict[int, Year]:
    """The announced years. Days that an announcement gives in the December before belong to that year."""
    known = {**default_calendar().years}
    rows = sorted(rows, key=lambda row: row.year)
    announced = {row.year: Year() for row in rows}
    for row in rows:
        for day, key, is_off in _days_of(row):
            year = announced.get(day.year) or known.get(day.year) or Year()
            off = {**year.off, day: key} if is_off else {one: why for one, why in year.off.items() if one != day}
            on = {one: why for one, why in year.on.items() if one != day} if is_off else {**year.on, day: key}
            if day.year in announced or day.year in known:
                announced[day.year] = Year(off, on)
    return announced


def _days_of(row: AnnouncedYear) -> Iterable[tuple[date, str, bool]]:
    for days, is_off in ((row.off, True), (row.on, False)):
        for day, key in days.items():
            yield date.fromisoformat(day), key, is_off


def _own_days(rows: Iterable[OwnDays], calendar: WorkingCalendar) -> dict[date, OwnDay]:
    """Day by day, the nearest office's word last. A crew that keeps no holidays goes by its own alone."""
    days: dict[date, OwnDay] = {}
    for row in rows:
        hours = tuple(Stretch.read(words) for words in row.hours)
        for number in range((row.last_on - row.first_on).days + 1):
            day = row.first_on + number * DAY
            if row.department_id is not None or calendar.schedule(day).keeps_holidays:
                days[day] = OwnDay(row.reason, hours)
    return days
