"""Who really does the work of a posting today: its member, or whoever stands in. Reads only."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from jingwei.people.models import Member, Posting
from jingwei.people.queries import today

STAND_INS = "SELECT member_id, delegate_id FROM stand_ins(%s, %s)"
"""Who is away on a day, and who stands in; neither why nor until when. Whoever looks for help may know that much."""


def at_work(postings: Iterable[Posting], now: datetime) -> list[tuple[Posting, Member]]:
    """Each posting with who does its work now, in the order given; left out where nobody does.

    One query more, and another where somebody stands in.
    """
    held = list(postings)
    with connection.cursor() as cursor:
        cursor.execute(STAND_INS, [sorted({one.member_id for one in held}), today(now)])
        away = dict(cursor.fetchall())
    delegates = Member.objects.in_bulk([key for key in away.values() if key]) if any(away.values()) else {}
    workers = [(one, delegates.get(away[one.member_id]) if one.member_id in away else one.member) for one in held]
    return [(posting, worker) for posting, worker in workers if worker is not None]
