"""A call goes to somebody else while the caller is still there: they see all of it before they take it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.counter.actions.asked import note_forwarded
from jingwei.counter.actions.calls import held, unpark
from jingwei.counter.facts import CallHanded, CallTaken
from jingwei.counter.lookup import CALLED, CALLER
from jingwei.counter.models import Call
from jingwei.counter.telling import tell_handed
from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.people.public import Department, Member, Posting, at_work, note_read, roles_with
from jingwei.places.public import lineage

DISPATCH, HANDLE = "cases.dispatch", "cases.handle"


@dataclass(frozen=True)
class Takers:
    """To whom a call may go: offices that serve the counter's place, and those who dispatch there and are at work."""

    offices: list[Department]
    people: list[Member]


def takers_of(call: Call, by: Member, now: datetime) -> Takers:
    """In the order of a list to choose from."""
    offices = list(Department.objects.serving(call.code).order_by("name"))
    rows = _held(now, roles_with(DISPATCH)).filter(code__in=lineage(call.code))
    people = {worker.pk: worker for _posting, worker in at_work(rows, now) if worker.pk != by.pk}
    return Takers(offices, sorted(people.values(), key=lambda one: one.name))


def _held(now: datetime, roles: Iterable[str]) -> QuerySet[Posting]:
    rows = Posting.objects.held(clock.local(now).date()).filter(role__in=list(roles), member__is_active=True)
    return rows.select_related("member").order_by("pk")


def hand_call(
    call: Call,
    *,
    department: Department | None = None,
    member: Member | None = None,
    note: str = "",
    by: Member,
    now: datetime | None = None,
) -> Call:
    """Offer the call to an office or a person, with a note. It stays with its clerk until somebody takes it."""
    now, note = now or clock.now(), note.strip()
    if (department is None) == (member is None):
        raise Refused(_("Choose to whom the call goes."))
    if not note:
        raise Refused(_("Write in a sentence what it is about and what has been promised."))
    with held(call, by) as held_call:
        takers = takers_of(held_call, by, now)
        if (department or member) not in [*takers.offices, *takers.people]:
            raise Refused(_("They take no calls of this place now. Choose somebody from the list."))
        held_call.to_department, held_call.to_member = department, member
        held_call.handed_by, held_call.handed_at, held_call.handed_note = by, now, note
        publish(CallHanded(call_id=str(held_call.pk), code=held_call.code), by=by, at=now)
        tell_handed(held_call, _workers(department, now) if department else [member.pk] if member else [])
    return held_call


def _workers(department: Department, now: datetime) -> list[int]:
    rows = _held(now, roles_with(HANDLE)).filter(department_id=department.pk, code=None)
    return list(dict.fromkeys(worker.pk for _posting, worker in at_work(rows, now)))


def keep_call(call: Call, *, by: Member, now: datetime | None = None) -> Call:
    """Nobody took it: it goes on where it is."""
    with held(call, by) as held_call:
        if held_call.is_handed:
            held_call.to_department = held_call.to_member = None
            publish(CallTaken(call_id=str(held_call.pk), code=held_call.code), by=by, at=now)
    return held_call


@atomic
def take_call(call: Call, *, by: Member, now: datetime | None = None) -> Call:
    """Whom it was handed to has the caller now, and the call with all that was written."""
    now = now or clock.now()
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    require(by, "counter.receive", call)
    if call.state != Call.State.OPEN:
        raise Refused(_("This call has ended. What became of it stands below."))
    unpark(call, now)
    first, call.clerk, call.to_department, call.to_member = call.clerk, by, None, None
    call.save()
    note_forwarded(call, first, by=by, now=now)
    publish(CallTaken(call_id=str(call.pk), code=call.code), by=by, at=now)
    return call


def open_handed(call: Call, *, by: Member) -> None:
    """Note that `by` is shown who calls and what they said, before they take the call."""
    note_read(CALLER, subject_id=call.caller_id, code=call.code, reason=CALLED, by=by)
