"""What goes: limits the night after they ended, flags a month after somebody decided."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Model, QuerySet

from jingwei.kernel.public import carries_out, in_batches
from jingwei.repeats.models import Flag, Limit
from jingwei.repeats.personal import FLAGS, LIMITS


def old_limits(now: datetime) -> QuerySet[Limit]:
    return Limit.objects.filter(ends_at__lte=now - LIMITS.period)


def old_flags(now: datetime) -> QuerySet[Flag]:
    return Flag.objects.filter(decided_at__lte=now - FLAGS.period)


def _forget(rows: "QuerySet[Model]") -> Iterator[int]:
    return in_batches(rows, lambda keys: rows.filter(pk__in=keys).delete())


def register() -> None:
    carries_out(LIMITS, due=lambda now: old_limits(now).count(), forget=lambda now: _forget(old_limits(now)))
    carries_out(FLAGS, due=lambda now: old_flags(now).count(), forget=lambda now: _forget(old_flags(now)))
