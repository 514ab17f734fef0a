"""Reading facts in the order of their numbers, and how far behind the relay is."""

from datetime import timedelta

from django.db import connection
from django.db.models import Max

from jingwei.kernel.facts.models import FactCounter, FactRow

LAG = "SELECT clock_timestamp() - min(recorded_at) FROM fact WHERE seq IS NULL"


def facts_after(seq: int, limit: int = 1000) -> list[FactRow]:
    """The next facts after number `seq`, in order. Numbers have no gaps and never change."""
    return list(FactRow.objects.filter(seq__gt=seq).order_by("seq")[:limit])


def last_seq() -> int:
    """The number of the newest fact that has one; 0 before the first."""
    return FactCounter.objects.aggregate(last=Max("last"))["last"] or 0


def relay_lag() -> timedelta:
    """How long the oldest fact without a number has been waiting for the relay."""
    with connection.cursor() as cursor:
        cursor.execute(LAG)
        (lag,) = cursor.fetchone()
    return lag or timedelta()
