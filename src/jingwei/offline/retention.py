"""What is let go: phones that are silent, and the ids of what was sent long ago."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from jingwei.kernel.public import WHOLE, carries_out, in_batches, opened
from jingwei.offline.models import Phone, Sent
from jingwei.offline.personal import PHONES, SENT


def silent_phones(now: datetime) -> QuerySet[Phone]:
    return Phone.objects.filter(seen_at__lte=now - PHONES.period)


def old_sent(now: datetime) -> QuerySet[Sent]:
    return Sent.objects.filter(received_at__lte=now - SENT.period)


def forget_phones(now: datetime) -> Iterator[int]:
    with opened(WHOLE):
        count, _rows = silent_phones(now).delete()
    yield count


def forget_sent(now: datetime) -> Iterator[int]:
    return in_batches(old_sent(now), lambda keys: Sent.objects.filter(pk__in=keys).delete())


carries_out(PHONES, due=lambda now: silent_phones(now).count(), forget=forget_phones)
carries_out(SENT, due=lambda now: old_sent(now).count(), forget=forget_sent)
