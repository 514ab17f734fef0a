"""What the page of one dispute shows, and the lists of several. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from jingwei.kernel.public import allowed, may
from jingwei.mediation.models import Agreement, Mediation, Paper, Party, Seat, Session, Step, Visit
from jingwei.mediation.rules import Level, Status
from jingwei.mediation.seats import candidates
from jingwei.people.public import Member
from jingwei.places.public import names_of

MOST_ENDED = 50


@dataclass(frozen=True)
class Held:
    """A session with the names of who was there."""

    row: Session
    parties: list[str]
    mediators: list[str]

    @property
    def is_written(self) -> bool:
        return bool(self.row.said)


@dataclass(frozen=True)
class Sheet:
    """The whole file of a dispute, and what the reader may do with it."""

    row: Mediation
    where: str
    matter: str
    parties: list[Party]
    mediators: list[Seat]
    arranger: Seat | None
    sessions: list[Held]
    agreement: Agreement | None
    papers: list[Paper]
    visits: list[Visit]
    steps: list[Step]
    works: bool
    arranges: bool
    candidates: list[tuple[Member, str]]

    @property
    def is_top(self) -> bool:
        return self.row.level == Level.STREET

    @property
    def is_signed(self) -> bool:
        return any(party.signed_on for party in self.parties)


def sheet_of(row: Mediation, member: Member, now: datetime) -> Sheet:
    parties = list(row.parties.order_by("pk"))
    seats = list(row.seats.filter(until=None).select_related("member").order_by("since", "pk"))
    steps = list(row.steps.select_related("member", "about").order_by("pk"))
    arranges = may(member, "mediation.arrange", row)
    return Sheet(
        row=row,
        where=names_of([row.code]).get(row.code, ""),
        matter=next((step.words for step in steps if step.verb == "open"), ""),
        parties=parties,
        mediators=[seat for seat in seats if seat.role == Seat.Role.MEDIATOR],
        arranger=next((seat for seat in seats if seat.role == Seat.Role.ARRANGER), None),
        sessions=_sessions(row, parties),
        agreement=Agreement.objects.filter(mediation=row).first(),
        papers=list(row.papers.order_by("pk")),
        visits=list(row.visits.select_related("member").order_by("due_on", "pk")),
        steps=[step for step in steps if step.verb != "open"],
        works=may(member, "mediation.work", row),
        arranges=arranges,
        candidates=_others(row, seats, now) if arranges else [],
    )


def _sessions(row: Mediation, parties: list[Party]) -> list[Held]:
    sessions = list(row.sessions.order_by("held_at", "pk"))
    names = {party.pk: party.name for party in parties}
    mediated = {key for one in sessions for key in one.mediators}
    people = dict(Member.objects.filter(pk__in=mediated).values_list("pk", "name"))
    return [
        Held(
            one,
            [names[key] for key in one.parties if key in names],
            [people[key] for key in one.mediators if key in people],
        )
        for one in sessions
    ]


def _others(row: Mediation, seats: list[Seat], now: datetime) -> list[tuple[Member, str]]:
    """Whoever could be named besides, with what they are."""
    seated = {seat.member_id for seat in seats if seat.role == Seat.Role.MEDIATOR}
    found = [(member, posting) for member, posting in candidates(row, now).items() if member.pk not in seated]
    names = names_of({posting.code for _member, posting in found if posting.code is not None})
    return [(member, f"{posting.title}, {names.get(posting.code or 0, '')}") for member, posting in found]


@dataclass(frozen=True)
class Listed:
    """A dispute in a list: its header alone. `next_on` is the next day on which something is to be done."""

    row: Mediation
    where: str
    next_on: datetime | None = None


@dataclass(frozen=True)
class Lists:
    mine: list[Listed]
    visits: list[tuple[Visit, str]]
    waiting: list[Listed]
    ended: list[Listed]


def lists_of(member: Member, now: datetime) -> Lists:
    seen = allowed(member, "mediation.see", Mediation.objects.all())
    mine = list(seen.filter(status=Status.OPEN).order_by("opened_at", "pk"))
    ended = list(seen.filter(status=Status.ENDED).order_by("-ended_at", "pk")[:MOST_ENDED])
    waiting = list(allowed(member, "mediation.take_on", Mediation.objects.all()).order_by("opened_at", "pk"))
    names = names_of({row.code for row in (*mine, *ended, *waiting)})
    planned = _planned(mine, now)

    def listed(rows: list[Mediation]) -> list[Listed]:
        return [Listed(row, names.get(row.code, ""), planned.get(row.pk)) for row in rows]

    return Lists(listed(mine), _visits(seen, names), listed(waiting), listed(ended))


def _planned(rows: list[Mediation], now: datetime) -> dict[object, datetime]:
    """The next session of each."""
    sessions = Session.objects.filter(mediation__in=rows, said="", held_at__gte=now).order_by("-held_at")
    return {one.mediation_id: one.held_at for one in sessions}


def _visits(seen: QuerySet[Mediation], names: dict[int, str]) -> list[tuple[Visit, str]]:
    """Visits still to be made, the next first."""
    rows = Visit.objects.filter(mediation__in=seen, made_at=None).select_related("mediation").order_by("due_on", "pk")
    return [(one, names.get(one.mediation.code, "")) for one in rows]
