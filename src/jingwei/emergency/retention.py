"""What this module lets go: rosters of long ago, and what was written in incidents of long ago."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from jingwei.emergency.models import LogEntry, Shift
from jingwei.emergency.personal import LOG, ROSTERS
from jingwei.kernel.public import WHOLE, carries_out, opened


def old_shifts(now: datetime) -> QuerySet[Shift]:
    return Shift.objects.filter(ends_at__lte=now - ROSTERS.period)


def old_words(now: datetime) -> QuerySet[LogEntry]:
    """Entries that say something in words; those without stay."""
    ended = Q(incident__ended_at__lte=now - LOG.period)
    return LogEntry.objects.filter(ended).exclude(words="")


def forget_shifts(now: datetime) -> Iterator[int]:
    with opened(WHOLE):
        yield old_shifts(now).delete()[0]


def forget_words(now: datetime) -> Iterator[int]:
    with opened(WHOLE):
        yield old_words(now).delete()[0]


carries_out(ROSTERS, due=lambda now: old_shifts(now).count(), forget=forget_shifts)
carries_out(LOG, due=lambda now: old_words(now).count(), forget=forget_words)
