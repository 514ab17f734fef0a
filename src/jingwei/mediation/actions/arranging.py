"""Who arranges a mediation, and who mediates."""

from datetime import datetime

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.mediation.actions.holding import holding, note
from jingwei.mediation.models import Mediation, Seat
from jingwei.mediation.seats import is_candidate
from jingwei.mediation.telling import tell_named
from jingwei.people.public import Member


def take_on(mediation: Mediation, *, by: Member, now: datetime | None = None) -> Mediation:
    """I arrange it: from now on its file is open to me."""
    with holding(mediation, "mediation.take_on", "take_on", by=by, now=now) as (row, at):
        Seat.objects.create(mediation=row, member=by, role=Seat.Role.ARRANGER, since=at)
        row.is_waiting = False
        row.save(update_fields=["is_waiting"])
        note(row, "take_on", by=by, at=at)
    return row


def name_mediator(mediation: Mediation, member: Member, *, by: Member, now: datetime | None = None) -> Seat:
    """Ask somebody to mediate, who does so at the place; they are told."""
    with holding(mediation, "mediation.arrange", "name", by=by, now=now) as (row, at):
        if not is_candidate(row, member, at):
            raise Refused(_("%(name)s mediates at no place that holds this one.") % {"name": member.name})
        mine = {"mediation": row, "member": member, "role": Seat.Role.MEDIATOR, "until": None}
        seat, is_new = Seat.objects.get_or_create(**mine, defaults={"since": at})
        if is_new:
            note(row, "name", by=by, at=at, about=member)
            tell_named(row, member, by=by, now=at)
    return seat


def release_mediator(seat: Seat, *, by: Member, now: datetime | None = None) -> None:
    """Somebody mediates no longer: the file closes to them. One stays, as long as the mediation is under way."""
    with holding(seat.mediation, "mediation.arrange", "release", by=by, now=now) as (row, at):
        seated = row.seats.filter(role=Seat.Role.MEDIATOR, until=None)
        if not seated.exclude(pk=seat.pk).exists():
            raise Refused(_("Somebody has to mediate: name another one first."))
        if seated.filter(pk=seat.pk).update(until=at):
            note(row, "release", by=by, at=at, about=seat.member)
