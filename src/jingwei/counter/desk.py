"""What the counter shows beside a call: the clerk's own calls, the day in figures, what may be the same matter."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Avg, Count, F, Q

from jingwei.cases.public import Sought, Twin, visible_twins
from jingwei.counter.models import Call
from jingwei.kernel.public import allowed, clock
from jingwei.people.public import Member

MOST_DONE = 30
WAITING = (Call.State.OPEN, Call.State.WRAPPING)


@dataclass(frozen=True)
class Day:
    """The calls of one clerk today: how many, what came of them, how long they took on average."""

    taken: int
    reported: int
    followed: int
    answered: int
    talk: timedelta | None
    wrap: timedelta | None


def open_calls(member: Member) -> list[Call]:
    """Those that a clerk has open or wraps up, the oldest first."""
    mine = Call.objects.filter(clerk_id=member.pk, state__in=WAITING)
    return list(mine.select_related("to_department", "to_member").order_by("started_at", "pk"))


def handed_calls(member: Member) -> list[Call]:
    """Those that wait for a member, or for one of their offices."""
    rows = allowed(member, "counter.receive", Call.objects.filter(state=Call.State.OPEN))
    return list(rows.exclude(clerk_id=member.pk).select_related("clerk").order_by("handed_at", "pk"))


def done_calls(member: Member, now: datetime) -> list[Call]:
    """Those of today that a clerk is done with, the newest first."""
    rows = Call.objects.filter(clerk_id=member.pk, state=Call.State.DONE, started_at__gte=midnight(now))
    return list(rows.select_related("case").order_by("-started_at", "-pk")[:MOST_DONE])


def day_of(member: Member, now: datetime) -> Day:
    """One query."""
    rows = Call.objects.filter(clerk_id=member.pk, started_at__gte=midnight(now)).exclude(way=Call.Way.TICKET)
    outcomes = {one.value: Count("pk", filter=Q(outcome=one)) for one in Call.Outcome if one != Call.Outcome.DROPPED}
    found = rows.aggregate(
        taken=Count("pk"),
        talk=Avg(F("ended_at") - F("started_at") - F("held")),
        wrap=Avg(F("wrapped_at") - F("ended_at")),
        **outcomes,
    )
    return Day(**found)


def midnight(now: datetime) -> datetime:
    here = clock.local(now)
    return datetime.combine(here.date(), time.min, tzinfo=here.tzinfo)


def alike(call: Call, member: Member, now: datetime) -> list[Twin]:
    """Open cases that may be about the same matter, among those that the clerk may see."""
    return visible_twins(Sought(call.words, call.category_code, call.longitude, call.latitude, now), member)
