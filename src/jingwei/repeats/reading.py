"""The rules in force, reports that wait for somebody to look, and decisions in force. Reads only.

Lists go by time: the oldest report first, the next end first. None goes by person.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jingwei.kernel.public import allowed
from jingwei.people.public import Member
from jingwei.places.public import names_of
from jingwei.repeats.models import Flag, Limit, RuleSet
from jingwei.repeats.rules import Rules

MOST = 100


def rules_in_force() -> Rules:
    row = RuleSet.objects.first()
    if row is None:
        return Rules()
    return Rules(row.most, row.hours, row.twin_hours, tuple(row.words.splitlines()))


@dataclass
class Waiting:
    """A report with all that the rules say of it."""

    flag: Flag
    where: str
    why: list[str]


def waiting_for(member: Member) -> list[Waiting]:
    """Flagged reports that nobody has looked at yet, of the places where the member decides."""
    rows = allowed(member, "repeats.decide", Flag.objects.filter(decided_at=None))
    flags = list(rows.select_related("case").order_by("found_at", "pk")[:MOST])
    names = names_of({flag.code for flag in flags})
    found: dict[UUID, Waiting] = {}
    for flag in flags:
        one = found.setdefault(flag.case_id, Waiting(flag, names.get(flag.code, ""), []))
        one.why.append(flag.get_kind_display())
    return list(found.values())


def limits_for(member: Member, now: datetime) -> list[Limit]:
    """Decisions in force where the member decides or reviews, the next to end first."""
    rows = allowed(member, "repeats.see_limit", Limit.objects.filter(ends_at__gt=now))
    return list(rows.select_related("case", "decided_by").order_by("ends_at", "pk")[:MOST])


def ended_on(member: Member, now: datetime) -> list[Limit]:
    """What held for the member's own reports and was lifted or ran out; gone the night after."""
    return list(Limit.objects.filter(member_id=member.pk, ends_at__lte=now).order_by("-ends_at", "pk"))


def limits_on(member: Member, now: datetime) -> list[Limit]:
    """What holds for the member's own reports."""
    return list(Limit.objects.filter(member_id=member.pk, ends_at__gt=now).order_by("ends_at", "pk"))
