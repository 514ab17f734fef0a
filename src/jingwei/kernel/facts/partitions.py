"""Partitions of `fact`, one a month. What none takes falls into the default one: nothing is refused."""

from datetime import date

from django.db import connection

MONTHS_AHEAD = 3


def ensure_partitions(first: date | None = None, months: int = MONTHS_AHEAD + 1) -> int:
    """Make the partitions of `months` months from `first`'s (default: this month) where missing; how many.

    Rows that have fallen into the default partition move over. The database's own function does it, in the
    name of the tables' owner, because the worker owns nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT make_fact_partitions(coalesce(%s, current_date), %s)", [first, months])
        (made,) = cursor.fetchone()
    return int(made)
