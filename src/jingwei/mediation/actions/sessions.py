"""Sessions: planned on a day, held, and written down in brief."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.mediation.actions.holding import holding, need_words, note
from jingwei.mediation.models import Mediation, Seat, Session
from jingwei.mediation.rules import LONGEST_AHEAD, check_present
from jingwei.people.public import Member


def plan_session(
    mediation: Mediation, *, held_at: datetime, place: str, by: Member, now: datetime | None = None
) -> Session:
    """When and where the parties meet; on the day, those who mediate are reminded."""
    with holding(mediation, "mediation.work", "plan", by=by, now=now) as (row, at):
        if not at <= held_at <= at + LONGEST_AHEAD:
            raise Refused(_("A session is planned for a time to come, within a year."))
        return Session.objects.create(mediation=row, level=row.level, held_at=held_at, place=_place(place))


def hold_session(
    mediation: Mediation,
    session: Session | None = None,
    *,
    held_at: datetime,
    place: str,
    parties: Collection[UUID],
    mediators: Collection[int],
    others: str = "",
    said: str,
    by: Member,
    now: datetime | None = None,
) -> Session:
    """Write down a session that was held: `session` where it had been planned. Who was there, and what was said."""
    with holding(mediation, "mediation.work", "session", by=by, now=now) as (row, at):
        if held_at > at:
            raise Refused(_("This session is still to come: write down what was said when it has been held."))
        if held_at < row.opened_at and (session is None or session.held_at != held_at):
            raise Refused(_("A session is held after the mediation was opened. Look at the date again."))
        check_present(parties, mediators, others)
        seated = set(row.seats.filter(role=Seat.Role.MEDIATOR, until=None).values_list("member_id", flat=True))
        if not set(mediators) <= seated or row.parties.filter(pk__in=parties).count() != len(set(parties)):
            raise Refused(_("Choose from the parties and mediators of this dispute."))
        held = row.sessions.get(pk=session.pk) if session else Session(mediation=row)
        if held.said:
            raise Refused(_("This session is written down already."))
        held.level, held.held_at, held.place, held.said = row.level, held_at, _place(place), need_words(said)
        held.parties, held.mediators, held.others = list(parties), list(mediators), others.strip()
        held.save()
        note(row, "session", by=by, at=at)
    return held


def drop_session(session: Session, *, by: Member, now: datetime | None = None) -> None:
    """A planned session is not held. One that was held stays on record."""
    with holding(session.mediation, "mediation.work", "plan", by=by, now=now) as (row, _at):
        if not row.sessions.filter(pk=session.pk, said="").delete()[0]:
            raise Refused(_("This session was held and stays on record."))


def _place(place: str) -> str:
    place = place.strip()
    if not place:
        raise Refused(_("Say where the parties meet."))
    return place[:120]
