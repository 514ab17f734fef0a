"""Who really does the work of a posting today: its member, or whoever stands in. Reads only."""

from collections.abc import Iterable
from datetime import datetime

from jingwei.people.models import Absence, Member, Posting
from jingwei.people.queries import today


def at_work(postings: Iterable[Posting], now: datetime) -> list[tuple[Posting, Member]]:
    """Each posting with who does its work now, in the order given; left out where nobody does. One query more."""
    held = list(postings)
    away = Absence.objects.on(today(now)).filter(member_id__in={one.member_id for one in held})
    stand_ins = {absence.member_id: absence.delegate for absence in away.select_related("delegate")}
    workers = [(one, stand_ins.get(one.member_id, one.member)) for one in held]
    return [(posting, worker) for posting, worker in workers if worker is not None]
