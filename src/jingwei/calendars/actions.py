"""Every write of calendars. Each makes an edition: what was known before stays known as of the editions before it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.calendars.announcement import Announcement
from jingwei.calendars.book import Book, Holder
from jingwei.calendars.current import calendars, shelf
from jingwei.calendars.facts import CalendarsChanged
from jingwei.calendars.models import AnnouncedYear, Edition, Known, OfficeHours, OwnDays
from jingwei.kernel.public import Hours, Refused, Schedule, clock, publish, require
from jingwei.people.public import Department, Member
from jingwei.places.public import Level, level_of

LONGEST_CLOSING = 60
"""Days that an office may be closed, or open otherwise, at a stretch."""
EARLIEST = timedelta(days=14)
"""How long afterwards a closing may still be entered."""
MAKE = """
    INSERT INTO calendar_edition (kind, made_at, transaction)
    VALUES (%s, %s, pg_current_xact_id()::text::bigint) RETURNING id
"""
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('calendar_edition'))"


@atomic
def announce_year(
    announcement: Announcement, *, source: str = "", by: Member | None, now: datetime | None = None
) -> AnnouncedYear:
    """A year's holidays are known; what was known of the year before is replaced."""
    row = announced_row(announcement, source)
    _ask(by, "calendars.announce", row)
    if announcement.faults:
        raise Refused(announcement.faults[0])
    edition = _edition(Edition.Kind.YEAR, now)
    known = AnnouncedYear.objects.filter(year=row.year, until=None)
    if known.filter(off=row.off, on=row.on).exists():
        raise Refused(_("%(year)s is known just so already.") % {"year": row.year})
    known.update(until=edition)
    _add(row, edition, "year", by, now)
    return row


@atomic
def set_hours(
    holder: Holder, schedule: Schedule | None, *, begins_on: date, by: Member | None, now: datetime | None = None
) -> OfficeHours:
    """The hours of an office from a day on; without a schedule, those of whoever stands above it.

    They count for what is dispatched from then on: dates that were given stand.
    """
    row = OfficeHours(**_held(holder), begins_on=begins_on, schedule=schedule.write() if schedule else None)
    _ask(by, "calendars.set_hours", row)
    if by is not None and begins_on < _today(now):
        raise Refused(_("Hours of days that are over stand. Let the new ones begin today or later."))
    edition = _edition(Edition.Kind.HOURS, now)
    same = OfficeHours.objects.filter(**_held(holder), begins_on=begins_on, until=None)
    same.update(until=edition)
    _add(row, edition, "hours", by, now)
    return row


@atomic
def set_days(
    holder: Holder,
    first_on: date,
    last_on: date,
    *,
    reason: str,
    hours: Hours = (),
    by: Member | None,
    now: datetime | None = None,
) -> OwnDays:
    """An office is closed on these days, or open at `hours`, for a reason that everyone may read."""
    row = OwnDays(
        **_held(holder),
        first_on=first_on,
        last_on=last_on,
        reason=reason.strip(),
        hours=[one.write() for one in hours],
    )
    _ask(by, "calendars.set_days", row)
    check_days(row, _today(now))
    edition = _edition(Edition.Kind.DAYS, now)
    _add(row, edition, "days", by, now)
    return row


def check_days(row: OwnDays, today: date) -> None:
    """Refuse days that make no sense, or that have been entered before."""
    if not row.reason:
        raise Refused(_("Say why: the reason is shown with every date that it moves."))
    if row.last_on < row.first_on:
        raise Refused(_("The last day does not come before the first."))
    if (row.last_on - row.first_on).days >= LONGEST_CLOSING:
        raise Refused(_("At most %(n)d days at a stretch. For longer, change the hours.") % {"n": LONGEST_CLOSING})
    if row.first_on < today - EARLIEST:
        raise Refused(_("This is too long ago: at most %(n)d days back.") % {"n": EARLIEST.days})
    held = OwnDays.objects.filter(code=row.code, department=row.department, until=None)
    if held.filter(first_on__lte=row.last_on, last_on__gte=row.first_on).exists():
        raise Refused(_("Some of these days have been entered already. Take those back first."))


@atomic
def withdraw_days(row: OwnDays, *, by: Member | None, now: datetime | None = None) -> OwnDays:
    """The days are ordinary again. Dates that were moved because of them stay where they are."""
    row = OwnDays.objects.select_for_update(of=("self",)).get(pk=row.pk)
    _ask(by, "calendars.set_days", row)
    if row.until_id is not None:
        raise Refused(_("These days have been taken back already."))
    row.until = _edition(Edition.Kind.WITHDRAWN, now)
    row.save(update_fields=["until"])
    _tell(row, row.until, "withdrawn", by, now)
    return row


def announced_row(announcement: Announcement, source: str = "") -> AnnouncedYear:
    """The year as it is written down."""
    return AnnouncedYear(
        year=announcement.year,
        off={day.isoformat(): key for day, key in sorted(announcement.off.items())},
        on={day.isoformat(): key for day, key in sorted(announcement.on.items())},
        source=source.strip(),
    )


def supposed(row: AnnouncedYear | OwnDays) -> Book:
    """The calendars as they would stand with `row`, which is not written: for a look before the leap."""
    book = calendars().book
    edition = book.edition + 1
    row.since_id, row.until_id = edition, None
    years, days = list(book.years), list(book.days)
    if isinstance(row, AnnouncedYear):
        years = [one for one in years if one.year != row.year or one.until_id is not None] + [row]
    else:
        days.append(row)
    return Book(edition, years, book.hours, days, book.offices)


def _edition(kind: str, now: datetime | None) -> Edition:
    """A new edition; changes of the calendars wait for one another, so that their numbers come in order."""
    shelf.is_writing()
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        cursor.execute(MAKE, [kind, now or clock.now()])
        return Edition(pk=cursor.fetchone()[0], kind=kind)


def _add(row: Known, edition: Edition, what: str, by: Member | None, now: datetime | None) -> None:
    row.since = edition
    row.save()
    _tell(row, edition, what, by, now)


def _tell(row: Known, edition: Edition, what: str, by: Member | None, now: datetime | None) -> None:
    fact = CalendarsChanged(
        edition_id=edition.pk,
        code=getattr(row, "code", 0),
        what=what,
        department_id=getattr(row, "department_id", None),
    )
    publish(fact, by=by, at=now)


def _held(holder: Holder) -> dict[str, Any]:
    """The columns of a holder. Refused where nobody there keeps office hours."""
    kind, key = holder
    if kind == "d":
        department = Department.objects.filter(pk=key).first()
        if department is None:
            raise Refused(_("There is no such department."))
        return {"code": department.code, "department": department}
    if level_of(key) not in (Level.DISTRICT, Level.STREET):
        raise Refused(_("Hours are those of a district, a street or a department."))
    return {"code": key, "department": None}


def _ask(by: Member | None, permit: str, thing: Model) -> None:
    if by is not None:
        require(by, permit, thing)


def _today(now: datetime | None) -> date:
    return clock.local(now or clock.now()).date()
