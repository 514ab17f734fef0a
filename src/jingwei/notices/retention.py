"""What notices let go: old ones, addresses that nobody confirmed, browsers that are silent."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from jingwei.kernel.public import WHOLE, carries_out, in_batches, opened
from jingwei.notices.models import Choices, Notice, PushDevice
from jingwei.notices.personal import ADDRESSES, DEVICES, INBOX


def old_notices(now: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(written_at__lte=now - INBOX.period)


def unconfirmed(now: datetime) -> QuerySet[Choices]:
    return Choices.objects.filter(confirmed_at=None, email__held=True, changed_at__lte=now - ADDRESSES.period)


def silent_devices(now: datetime) -> QuerySet[PushDevice]:
    return PushDevice.objects.filter(used_at__lte=now - DEVICES.period)


def forget_notices(now: datetime) -> Iterator[int]:
    return in_batches(old_notices(now), lambda keys: Notice.objects.filter(pk__in=keys).delete())


def forget_addresses(now: datetime) -> Iterator[int]:
    with opened(WHOLE):
        yield unconfirmed(now).update(email="")


def forget_devices(now: datetime) -> Iterator[int]:
    with opened(WHOLE):
        count, _rows = silent_devices(now).delete()
    yield count


carries_out(INBOX, due=lambda now: old_notices(now).count(), forget=forget_notices)
carries_out(ADDRESSES, due=lambda now: unconfirmed(now).count(), forget=forget_addresses)
carries_out(DEVICES, due=lambda now: silent_devices(now).count(), forget=forget_devices)
