"""Who may do what with a mediation: whoever has a seat at it, and nobody by their area but to take on what waits."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from jingwei.cases.public import Case
from jingwei.kernel.public import Permit, permit
from jingwei.mediation.models import Mediation, Seat
from jingwei.people.public import Member, has_duty
from jingwei.places.public import Area

MEDIATE, APPOINT = "mediation.mediate", "mediation.appoint"
LEADS = "cases.supervise"
"""Whoever holds it sees how many mediations there are, and what came of them."""


@dataclass(frozen=True)
class HasSeat(Permit):
    """The member has a seat at the mediation, of this role unless it is empty."""

    role: str = ""

    def holds(self, member: Member, thing: Any) -> bool:
        return self._seats(member).filter(mediation_id=thing.pk).exists()

    def lists(self, member: Member) -> list[Q]:
        return [Q(pk__in=self._seats(member).values("mediation_id"))]

    def _seats(self, member: Member) -> QuerySet[Seat]:
        mine = Seat.objects.filter(member_id=member.pk, until=None)
        return mine.filter(role=self.role) if self.role else mine


@dataclass(frozen=True)
class Waits(Permit):
    """Nobody arranges the mediation yet."""

    def holds(self, member: Member, thing: Any) -> bool:  # noqa: ARG002 - a permit is asked for a member
        return bool(thing.is_waiting)

    def lists(self, member: Member) -> list[Q]:  # noqa: ARG002
        return [Q(is_waiting=True)]


permit("mediation.see", HasSeat(), Mediation)
permit("mediation.work", HasSeat(Seat.Role.MEDIATOR), Mediation)
permit("mediation.arrange", HasSeat(Seat.Role.ARRANGER), Mediation)
permit("mediation.take_on", Waits() & has_duty(APPOINT, at="office"), Mediation)
permit("mediation.open", has_duty(MEDIATE) | has_duty(APPOINT), Area)
permit("mediation.open_for", has_duty(MEDIATE) | has_duty(APPOINT), Case)


def is_concerned(member: Member) -> bool:
    """Whether the pages of mediation are there for this member at all."""
    return any(member.has_duty(duty) for duty in (MEDIATE, APPOINT, LEADS))
