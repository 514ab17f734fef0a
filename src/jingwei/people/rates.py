"""How often something may be tried. Counters in the database, so that every process counts together.

An `Allowance` is so many in a window. A `BackOff` is for guesses: some are free, then each waits twice as long as
the one before. Both count in one statement, before the try, so that tries at the same moment all count.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from jingwei.kernel.public import Refused, clock
from jingwei.people.models import RateCounter

KEPT = timedelta(days=1)

_TAKE = """
    INSERT INTO rate_counter AS c (scope, subject, count, begins_at, latest_at)
    VALUES (%(scope)s, %(subject)s, 1, %(now)s, %(now)s)
    ON CONFLICT (scope, subject) DO UPDATE SET
        count = CASE WHEN c.begins_at <= %(old)s THEN 1 ELSE c.count + 1 END,
        begins_at = CASE WHEN c.begins_at <= %(old)s THEN %(now)s ELSE c.begins_at END,
        latest_at = %(now)s
    WHERE c.begins_at <= %(old)s OR c.count < %(limit)s
"""
_TRY = """
    INSERT INTO rate_counter AS c (scope, subject, count, begins_at, latest_at)
    VALUES (%(scope)s, %(subject)s, 1, %(now)s, %(now)s)
    ON CONFLICT (scope, subject) DO UPDATE SET
        count = CASE WHEN c.latest_at <= %(old)s THEN 1 ELSE c.count + 1 END,
        begins_at = CASE WHEN c.latest_at <= %(old)s THEN %(now)s ELSE c.begins_at END,
        latest_at = %(now)s
    WHERE c.count < %(free)s OR c.latest_at + make_interval(
        secs => least(%(longest)s, %(first)s * power(2, least(c.count - %(free)s, 30)))) <= %(now)s
"""


@dataclass(frozen=True)
class Allowance:
    """At most `limit` tries of a subject within `window`, which begins with the first of them."""

    scope: str
    limit: int
    window: timedelta

    def take(self, subject: str, now: datetime | None = None) -> timedelta:
        """Count one try. Gives zero, or how long to wait if there is none left."""
        now = now or clock.now()
        given = {"old": now - self.window, "limit": self.limit}
        if _counted(_TAKE, self.scope, subject, now, given):
            return timedelta(0)
        return _counter(self.scope, subject).begins_at + self.window - now

    def require(self, subject: str, now: datetime | None = None) -> None:
        """Count one try. Refused, with the time to wait, if there is none left."""
        refuse_for(self.take(subject, now))

    def give_back(self, subject: str) -> None:
        """Take the last try back: it was none of those that are counted."""
        own = RateCounter.objects.filter(scope=self.scope, subject=_hashed(self.scope, subject), count__gt=0)
        own.update(count=F("count") - 1)


@dataclass(frozen=True)
class BackOff:
    """`free` tries at once, the next after `first`, then twice as long each time up to `longest`.

    A success clears it; so does a day of quiet.
    """

    scope: str
    free: int
    first: timedelta
    longest: timedelta

    def take(self, subject: str, now: datetime | None = None) -> timedelta:
        """Count one try. Gives zero, or how long to wait before the next is let through."""
        now = now or clock.now()
        given = {
            "old": now - KEPT,
            "free": self.free,
            "first": self.first.total_seconds(),
            "longest": self.longest.total_seconds(),
        }
        if _counted(_TRY, self.scope, subject, now, given):
            return timedelta(0)
        counter = _counter(self.scope, subject)
        return counter.latest_at + self.pause(counter.count) - now

    def require(self, subject: str, now: datetime | None = None) -> None:
        """Count one try. Refused, with the time to wait, if it is not let through yet."""
        refuse_for(self.take(subject, now))

    def clear(self, subject: str) -> None:
        RateCounter.objects.filter(scope=self.scope, subject=_hashed(self.scope, subject)).delete()

    def pause(self, count: int) -> timedelta:
        """How long after `count` tries the next one has to wait."""
        if count < self.free:
            return timedelta(0)
        return min(self.longest, self.first * (1 << min(count - self.free, 30)))


def refuse_for(wait: timedelta) -> None:
    """Refused, with the time to wait, unless that is zero."""
    if wait <= timedelta(0):
        return
    minutes = ceil(wait / timedelta(minutes=1))
    raise Refused(
        ngettext(
            "Too many tries. Try again in %(minutes)d minute.",
            "Too many tries. Try again in %(minutes)d minutes.",
            minutes,
        )
        % {"minutes": minutes}
    )


def forget_old(now: datetime) -> int:
    """Delete counters that no longer mean anything; gives how many."""
    return old_counters(now).delete()[0]


def old_counters(now: datetime) -> QuerySet[RateCounter]:
    return RateCounter.objects.filter(latest_at__lte=now - KEPT)


def _counted(statement: str, scope: str, subject: str, now: datetime, given: dict[str, Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"scope": scope, "subject": _hashed(scope, subject), "now": now, **given})
        return bool(cursor.rowcount)


def _counter(scope: str, subject: str) -> RateCounter:
    return RateCounter.objects.get(scope=scope, subject=_hashed(scope, subject))


def _hashed(scope: str, subject: str) -> str:
    return salted_hmac(f"jingwei.people.rates.{scope}", subject, algorithm="sha256").hexdigest()
