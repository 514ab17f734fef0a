"""Who could mediate a dispute, and who arranges mediations of an area. Reads only."""

from collections.abc import Iterable
from datetime import datetime

from jingwei.kernel.public import clock
from jingwei.mediation.models import Mediation
from jingwei.mediation.policy import APPOINT, MEDIATE
from jingwei.people.public import Member, Posting, at_work, roles_with
from jingwei.places.public import lineage


def _posted(duty: str, codes: Iterable[int], now: datetime) -> list[tuple[Posting, Member]]:
    """Whoever does the work of `duty` today at one of these areas, those who stand in for others too."""
    held = Posting.objects.held(clock.local(now).date()).filter(
        code__in=list(codes), role__in=roles_with(duty), member__is_active=True
    )
    return at_work(held.select_related("member").order_by("-code", "pk"), now)


def candidates(row: Mediation, now: datetime) -> dict[Member, Posting]:
    """Whoever could be named, each once, with what they are; those of the smallest place first."""
    found: dict[Member, Posting] = {}
    for posting, member in _posted(MEDIATE, {row.code, *lineage(row.code)}, now):
        found.setdefault(member, posting)
    return found


def is_candidate(row: Mediation, member: Member, now: datetime) -> bool:
    return member in candidates(row, now)


def arrangers_of(office: int, now: datetime) -> list[Member]:
    """Whoever may arrange mediations of this office today; where nobody is there, the next above it."""
    for code in reversed(lineage(office)):
        if found := dict.fromkeys(member for _posting, member in _posted(APPOINT, [code], now)):
            return list(found)
    return []
