"""What a phone takes along of the portal itself."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from jingwei.kernel.public import clock
from jingwei.offline.public import Taken
from jingwei.people.public import Member


def taken_pages(_member: Member, now: datetime) -> Iterator[Taken]:
    """Today, which is another one every minute; and the pages that stay."""
    yield Taken(reverse("field:home"), f"{clock.local(now):%d%H%M}")
    yield Taken(reverse("field:sync"), "1")
    yield Taken(reverse("field:me"), "1")
