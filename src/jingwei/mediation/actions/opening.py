"""A dispute comes to those who mediate: from a case, or told directly. And who its parties are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.public import Case, members_who_reported
from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.mediation.actions.holding import holding, need_words, note
from jingwei.mediation.facts import MediationMoved
from jingwei.mediation.models import Mediation, Party, Seat
from jingwei.mediation.policy import APPOINT
from jingwei.mediation.rules import MOST_PARTIES, Kind, Level
from jingwei.mediation.telling import tell_waiting
from jingwei.people.public import Member
from jingwei.places.public import Area, ancestor, level_of
from jingwei.places.public import Level as AreaLevel


@dataclass(frozen=True)
class NewParty:
    name: str
    phone: str = ""


@atomic
def open_mediation(
    area: Area,
    *,
    kind: str,
    level: str,
    words: str,
    parties: Sequence[NewParty],
    case: Case | None = None,
    is_first_reporter: bool = False,
    by: Member,
    now: datetime | None = None,
) -> Mediation:
    """Begin to mediate. Whoever opens it mediates until it is arranged otherwise.

    `is_first_reporter`: the first party is whoever reported the case, and sees in their data who opened this file.
    """
    require(by, "mediation.open", area)
    if case is not None:
        require(by, "mediation.open_for", case)
    if kind not in Kind.values:
        raise Refused(_("Choose what the dispute is about."))
    if not 1 <= len(parties) <= MOST_PARTIES:
        raise Refused(_("Name the parties: one at least, %(n)d at most.") % {"n": MOST_PARTIES})
    now = now or clock.now()
    office = office_of(area.code, level)
    arranges = any(APPOINT in post.duties and post.covers(office) for post in by.posts)
    row = Mediation(
        number=_number(now),
        code=area.code,
        office=office,
        kind=kind,
        level=level,
        is_waiting=not arranges,
        case=case,
        opened_at=now,
    )
    _keep(row)
    _seat(row, by, Seat.Role.MEDIATOR, now)
    if arranges:
        _seat(row, by, Seat.Role.ARRANGER, now)
    reporter = _reporter(case) if is_first_reporter else None
    for place, party in enumerate(parties):
        _party(row, party, member_id=None if place else reporter)
    note(row, "open", by=by, at=now, words=need_words(words))
    publish(MediationMoved(mediation_id=str(row.pk), verb="open"), by=by, at=now)
    if row.is_waiting:
        tell_waiting(row, by=by, now=now)
    return row


def _keep(row: Mediation) -> None:
    try:
        with atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("This case is being mediated already.")) from None


def _reporter(case: Case | None) -> int | None:
    return next(iter(members_who_reported(case.pk)), None) if case else None


def office_of(code: int, level: str) -> int:
    """The area whose officer arranges a mediation of this level; Refused where the place lies above it."""
    if level not in Level.values:
        raise Refused(_("Choose who mediates: grid, community or street."))
    here = level_of(code)
    if here.depth < AreaLevel(level).depth:
        raise Refused(_("This place has no such level: choose the community or the grid first."))
    seat = AreaLevel.STREET if level == Level.STREET else AreaLevel.COMMUNITY
    return code if here is seat else ancestor(code, seat)


def _number(now: datetime) -> str:
    """The day on the district's clock, and a serial."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('mediation_serial')")
        (serial,) = cursor.fetchone()
    return f"M{clock.local(now):%Y%m%d}-{serial:05}"


def _seat(row: Mediation, member: Member, role: str, now: datetime) -> None:
    Seat.objects.create(mediation=row, member=member, role=role, since=now)


def _party(row: Mediation, given: NewParty, *, member_id: int | None = None) -> Party:
    name = given.name.strip()
    if not name:
        raise Refused(_("Give each party a name."))
    return Party.objects.create(mediation=row, member_id=member_id, name=name[:80], phone=given.phone.strip()[:20])


def add_party(mediation: Mediation, given: NewParty, *, by: Member, now: datetime | None = None) -> Party:
    """One more who is part of the dispute."""
    with holding(mediation, "mediation.work", "party", by=by, now=now) as (row, _at):
        if row.parties.count() >= MOST_PARTIES:
            raise Refused(_("Name the parties: one at least, %(n)d at most.") % {"n": MOST_PARTIES})
        return _party(row, given)


def drop_party(party: Party, *, by: Member, now: datetime | None = None) -> None:
    """Take out somebody who was named by mistake: never one who signed, or the last one."""
    with holding(party.mediation, "mediation.work", "party", by=by, now=now) as (row, _at):
        held = Party.objects.get(pk=party.pk)
        if held.signed_on or any(held.pk in one.parties for one in row.sessions.all()):
            raise Refused(_("This party signed or was at a session, and stays on record."))
        if row.parties.count() == 1:
            raise Refused(_("A dispute has one party at least."))
        held.delete()
