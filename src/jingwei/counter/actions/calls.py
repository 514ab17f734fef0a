"""A call from its beginning to its wrap-up. What is typed meanwhile is kept and announces nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.counter.actions.asked import USUAL, note_of_call
from jingwei.counter.facts import CallBegun, CallEnded, CallParked, CallWrapped
from jingwei.counter.models import Call, FirstAsked
from jingwei.counter.policy import TAKE
from jingwei.kernel.public import NotPermitted, Refused, clock, publish, require, uuid7
from jingwei.people.public import Member

MOST_OPEN = 8
"""Calls that one person can have open at once."""
WRITTEN = frozenset(
    {
        "phone",
        "name",
        "is_on_behalf",
        "for_name",
        "for_phone",
        "words",
        "category_code",
        "place_code",
        "place",
        "detail",
        "longitude",
        "latitude",
        "script_id",
        "checked",
        "wants_news",
        "answer",
    }
)
"""What the clerk may write while the call is open."""


@atomic
def begin_call(way: str, *, phone: str = "", key: UUID | None = None, by: Member, now: datetime | None = None) -> Call:
    """Somebody calls, or stands at the counter. Begun again with the same `key`, it is the same call."""
    now = now or clock.now()
    call = Call(id=key or uuid7(), way=way, clerk=by, code=seat_of(by), phone=phone, started_at=now)
    require(by, "counter.take", call)
    if known := Call.objects.filter(pk=call.pk, clerk_id=by.pk).first():
        return known
    if Call.objects.filter(clerk_id=by.pk, state=Call.State.OPEN).count() >= MOST_OPEN:
        raise Refused(_("%(n)d calls are open. End one of them first.") % {"n": MOST_OPEN})
    try:
        with atomic():
            call.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("This id stands for another call already.")) from None
    publish(CallBegun(call_id=str(call.pk), code=call.code, way=way), by=by, at=now)
    return call


def seat_of(member: Member) -> int:
    """The area where a member takes calls. NotPermitted where there is none."""
    for post in member.posts:
        if TAKE in post.duties and post.has_area:
            return post.first
    raise NotPermitted(_("You may not do this here."))


@contextmanager
def held(call: Call, by: Member) -> Iterator[Call]:
    """The call, open and locked, for its clerk; saved afterwards."""
    with atomic():
        call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        require(by, "counter.work", call)
        if call.state != Call.State.OPEN:
            raise Refused(_("This call has ended. What became of it stands below."))
        yield call
        call.save()


def write_call(call: Call, *, by: Member, **written: Any) -> Call:
    """Keep what has been typed so far."""
    if unknown := written.keys() - WRITTEN:
        raise ValueError(f"a call has no {', '.join(sorted(unknown))} to write")
    with held(call, by) as held_call:
        for name, value in written.items():
            setattr(held_call, name, value)
    return held_call


def park_call(call: Call, *, by: Member, now: datetime | None = None) -> Call:
    """The caller waits; parked already, they go on waiting."""
    now = now or clock.now()
    with held(call, by) as held_call:
        if held_call.parked_at is None:
            held_call.parked_at = now
            publish(CallParked(call_id=str(held_call.pk), code=held_call.code, is_parked=True), by=by, at=now)
    return held_call


def resume_call(call: Call, *, by: Member, now: datetime | None = None) -> Call:
    """The caller is spoken with again."""
    now = now or clock.now()
    with held(call, by) as held_call:
        if unpark(held_call, now):
            publish(CallParked(call_id=str(held_call.pk), code=held_call.code, is_parked=False), by=by, at=now)
    return held_call


def unpark(call: Call, now: datetime) -> bool:
    """Add what the caller waited to the sum of it; whether they did."""
    if call.parked_at is None:
        return False
    call.held += max(now - call.parked_at, timedelta())
    call.parked_at = None
    return True


def end(call: Call, outcome: str, *, by: Member, now: datetime) -> None:
    """They have hung up, or gone: what is left is the work behind it."""
    unpark(call, now)
    call.state, call.outcome, call.ended_at = Call.State.WRAPPING, outcome, max(now, call.started_at)
    call.to_department = call.to_member = None
    seconds = int(call.talked(now).total_seconds())
    publish(CallEnded(call_id=str(call.pk), code=call.code, what=outcome, seconds=seconds), by=by, at=now)


@atomic
def wrap_call(call: Call, *, note: str = "", helped: str = "", by: Member, now: datetime | None = None) -> Call:
    """The work behind a call is done, and whoever was asked first `helped` in this way; done already, it stays."""
    now = now or clock.now()
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    require(by, "counter.work", call)
    if call.state == Call.State.OPEN:
        raise Refused(_("Say first what became of this call."))
    if call.state == Call.State.WRAPPING:
        call.state, call.note, call.wrapped_at = Call.State.DONE, note, max(now, call.ended_at or now)
        call.save()
        note_of_call(call, helped or USUAL.get(call.outcome, FirstAsked.Way.EXPLAINED), by=by, now=now)
        seconds = int(call.wrapped(now).total_seconds())
        publish(CallWrapped(call_id=str(call.pk), code=call.code, seconds=seconds), by=by, at=now)
    return call
