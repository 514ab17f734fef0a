"""Moves that were made where there was no network and are sent later: when they happened, and whether they are here."""

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from jingwei.cases.models import Case, Step
from jingwei.kernel.public import Refused
from jingwei.people.public import Member

EARLIEST = timedelta(days=30)
LATEST = timedelta(minutes=5)
"""How far the clock of a device may be behind and ahead of ours."""


def happened_at(case: Case, at: datetime, now: datetime) -> datetime:
    """When a move was made, as its device says: not before the case was there, and not in the future. Refused else."""
    if not max(case.reported_at, now - EARLIEST) <= at <= now + LATEST:
        raise Refused(_("The time of the move is not possible: check the clock of the device."))
    return min(at, now).astimezone(UTC)


def within(case: Case, at: datetime, now: datetime) -> datetime:
    """The same for what waited on a phone, which cannot be asked again: the nearest time that is possible."""
    return min(max(at, case.reported_at), now).astimezone(UTC)


def seen_by(case: Case, seen: int, member: Member) -> int:
    """The version that a member knows who saw `seen`, and has made every step since then without a network."""
    steps = Step.objects.filter(case=case).order_by("pk")[seen:]
    return case.version if all(step.actor_id == member.pk for step in steps) else seen


def is_made(case: Case, verb: str, by: Member, at: datetime) -> bool:
    """Whether the very move is on record: sent once more, because its answer was lost."""
    return Step.objects.filter(case=case, verb=verb, actor=by, occurred_at=at).exists()
