"""What the page of a roster shows: shifts of the next weeks, and when nobody is on duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from jingwei.emergency.models import Shift
from jingwei.emergency.rosters import LEVELS, may_be_rostered
from jingwei.kernel.public import WHOLE, entered
from jingwei.people.public import Member
from jingwei.places.public import Area, Level, codes

AHEAD = timedelta(days=28)


@dataclass(frozen=True)
class Gap:
    """A time in which nobody is on the roster: those posted there would be called."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Turn:
    """The shifts of one time, in the order in which they are called."""

    starts_at: datetime
    ends_at: datetime
    shifts: Sequence[Shift]


@dataclass(frozen=True)
class RosterBoard:
    """A street's or district's roster from now on."""

    area: Area
    turns: Sequence[Turn]
    gaps: Sequence[Gap]
    people: Sequence[Member]


def areas_of(member: Member) -> list[Area]:
    """The district and the streets whose rosters the member sets up."""
    spans = [span for post in member.posts if "emergency.manage" in post.duties for span in post.spans]
    every = Area.objects.current().at(*LEVELS).order_by("code")
    found = [area for area in every if any(first <= area.code <= last for first, last in spans)]
    return sorted(found, key=lambda area: (area.level != Level.STREET, area.code))


def roster_at(member: Member, area: str, now: datetime) -> RosterBoard | None:
    """The roster of the area with this code, if the member sets it up."""
    found = next((one for one in areas_of(member) if codes.write(one.code) == area), None)
    return roster_of(found, now) if found else None


def roster_of(area: Area, now: datetime) -> RosterBoard:
    """Three queries."""
    end = now + AHEAD
    shifts = list(
        Shift.objects.filter(code=area.code)
        .between(now, end)
        .select_related("member")
        .order_by("starts_at", "ends_at", "rank")
    )
    with entered(WHOLE):
        people = list(Member.objects.filter(pk__in=may_be_rostered(area.code, now)).order_by("pk"))
    return RosterBoard(area, turns(shifts), gaps(shifts, now, end), people)


def turns(shifts: Sequence[Shift]) -> list[Turn]:
    """Those of the same time together; `shifts` are in order of their times."""
    return [Turn(*time, list(ones)) for time, ones in groupby(shifts, attrgetter("starts_at", "ends_at"))]


def gaps(shifts: Sequence[Shift], start: datetime, end: datetime) -> list[Gap]:
    """When none of `shifts`, which are in order of their beginnings, is on."""
    found, until = [], start
    for shift in shifts:
        if shift.starts_at > until:
            found.append(Gap(until, min(shift.starts_at, end)))
        until = max(until, shift.ends_at)
    return [*found, Gap(until, end)] if until < end else found
