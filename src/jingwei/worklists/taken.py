"""What a phone takes along of work lists: those that wait in the worker's grids, with their forms."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from jingwei.kernel.public import clock
from jingwei.offline.public import Taken, register_taken
from jingwei.people.public import Member
from jingwei.worklists.reading import to_do


def register() -> None:
    register_taken(taken_lists)


def taken_lists(member: Member, now: datetime) -> Iterator[Taken]:
    """The list of lists, and each task in the state in which it was last changed."""
    tasks = to_do(member, clock.local(now).date())
    if tasks:
        yield Taken(reverse("worklists:mine"), f"{clock.local(now):%d%H%M}")
    for one in tasks:
        yield Taken(reverse("worklists:task", args=[one.task.pk]), f"{one.task.changed_at.timestamp():.0f}")
