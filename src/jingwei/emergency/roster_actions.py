"""Who keeps duty when: shifts by hand, or a pattern filled in for weeks."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.calendars.public import crew_of
from jingwei.emergency.facts import RosterChanged
from jingwei.emergency.models import Shift
from jingwei.emergency.rosters import LEVELS, may_be_rostered
from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.people.public import Member
from jingwei.places.public import level_of

LONGEST_SHIFT = timedelta(days=7)
MOST_DAYS = 92
MOST_RANKS = 5
DAY = timedelta(days=1)


@atomic
def add_shift(
    code: int,
    member_id: int,
    *,
    rank: int,
    starts_at: datetime,
    ends_at: datetime,
    by: Member,
    now: datetime | None = None,
) -> Shift:
    """`member_id` is on duty for a street or district, as the one who is called in the order `rank`."""
    now = now or clock.now()
    shift = Shift(code=code, member_id=member_id, rank=rank, starts_at=starts_at, ends_at=ends_at)
    _check(shift, by, now)
    if member_id not in may_be_rostered(code, now):
        raise Refused(_("This person has no posting that answers alarms here. Arrange the posting first."))
    if _taken(code, [shift]):
        raise Refused(_("Somebody has this rank at that time. Choose another rank, or remove that shift."))
    shift.save()
    publish(RosterChanged(code=code), by=by, at=now)
    return shift


def _check(shift: Shift, by: Member, now: datetime) -> None:
    require(by, "emergency.roster", shift)
    if level_of(shift.code) not in LEVELS:
        raise Refused(_("Duty is kept for a street or a district. Choose one of them."))
    if not 1 <= shift.rank <= MOST_RANKS:
        raise Refused(_("Ranks go from 1 to %(n)d.") % {"n": MOST_RANKS})
    if not shift.starts_at < shift.ends_at <= shift.starts_at + LONGEST_SHIFT:
        raise Refused(_("A shift ends after it begins, and within seven days."))
    if shift.ends_at <= now:
        raise Refused(_("This shift is over. Rosters are made for what is to come."))


def _taken(code: int, shifts: Sequence[Shift]) -> bool:
    """Whether somebody has the rank of one of these already, at some time of it."""
    first, last = min(one.starts_at for one in shifts), max(one.ends_at for one in shifts)
    there = list(Shift.objects.select_for_update().filter(code=code).between(first, last))
    return any(
        old.rank == one.rank and old.starts_at < one.ends_at and one.starts_at < old.ends_at
        for one in shifts
        for old in there
    )


@atomic
def fill_roster(
    code: int,
    member_ids: Sequence[int],
    *,
    pattern: str,
    begins_on: date,
    days: int,
    by: Member,
    now: datetime | None = None,
) -> int:
    """The shifts of a pattern round the clock from a day on: these members in turn, the next one as second.

    Gives how many shifts those are. All or nothing: Refused where one is taken.
    """
    now = now or clock.now()
    if not 1 <= days <= MOST_DAYS:
        raise Refused(_("From one day to %(n)d.") % {"n": MOST_DAYS})
    if not member_ids or not set(member_ids) <= set(may_be_rostered(code, now)):
        raise Refused(_("Choose people whose posting answers alarms here."))
    shifts = list(_shifts(code, member_ids, pattern, begins_on, days))
    for shift in shifts[:1] + shifts[-1:]:
        _check(shift, by, now)
    if _taken(code, shifts):
        raise Refused(_("Somebody is on this roster in that time already. Begin after that, or remove those shifts."))
    Shift.objects.bulk_create(shifts)
    publish(RosterChanged(code=code), by=by, at=now)
    return len(shifts)


def _shifts(code: int, member_ids: Sequence[int], pattern: str, begins_on: date, days: int) -> Iterator[Shift]:
    crew, turn = crew_of(pattern), 0
    for number in range(days):
        day = begins_on + number * DAY
        midnight = datetime.combine(day, time(), clock.local(clock.now()).tzinfo)
        for stretch in crew.hours(day):
            begins = midnight + timedelta(minutes=stretch.begin)
            ends = midnight + timedelta(minutes=stretch.end)
            for rank in range(1, min(len(member_ids), 2) + 1):
                member_id = member_ids[(turn + rank - 1) % len(member_ids)]
                yield Shift(code=code, member_id=member_id, rank=rank, starts_at=begins, ends_at=ends)
            turn += 1


@atomic
def remove_shift(shift: Shift, *, by: Member, now: datetime | None = None) -> None:
    """Nobody keeps this shift. One that is over stays: it says who was on duty."""
    now = now or clock.now()
    require(by, "emergency.roster", shift)
    if shift.ends_at <= now:
        raise Refused(_("This shift is over, and stays on record."))
    shift.delete()
    publish(RosterChanged(code=shift.code), by=by, at=now)
