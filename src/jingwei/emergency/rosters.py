"""Who is called for a place, in which order; and which leaders are told when nobody answers. Reads only.

First those on the roster of the street by rank, then those on the district's. Where neither has anybody, those whose
posting is to answer alarms there, the longest-standing first. Whoever is away is replaced by who stands in.
"""

from collections.abc import Iterable
from datetime import datetime

from jingwei.emergency.models import Shift
from jingwei.kernel.public import WHOLE, clock, entered
from jingwei.people.public import Posting, at_work, roles_with
from jingwei.places.public import Level, ancestor, level_of

ANSWERS, LEADS = "cases.alarm", "cases.supervise"
LEVELS = (Level.STREET, Level.DISTRICT)


def posts_of(code: int) -> list[int]:
    """The street and the district of a place: where duty is kept for it."""
    depth = level_of(code).depth
    return [ancestor(code, level) for level in LEVELS if depth >= level.depth]


def line_for(code: int, now: datetime) -> list[int]:
    """The members to call for a place, in their order, each once."""
    places = posts_of(code)
    with entered(WHOLE):
        shifts = sorted(
            Shift.objects.at(now).filter(code__in=places),
            key=lambda shift: (places.index(shift.code), shift.rank, shift.pk),
        )
        workers = _workers(ANSWERS, places, now)
    if shifts:
        called = [workers[shift.member_id] for shift in shifts if shift.member_id in workers]
    else:
        called = list(workers.values())
    return list(dict.fromkeys(called))


def leaders_of(code: int, now: datetime) -> list[int]:
    """Those who watch over the place."""
    with entered(WHOLE):
        return list(dict.fromkeys(_workers(LEADS, posts_of(code), now).values()))


def _workers(duty: str, places: Iterable[int], now: datetime) -> dict[int, int]:
    """By the member who is posted, who does their work today: the nearest level first."""
    order = list(places)
    held = Posting.objects.held(clock.local(now).date()).filter(
        code__in=order, role__in=roles_with(duty), member__is_active=True
    )
    found = at_work(held.select_related("member").order_by("pk"), now)
    found.sort(key=lambda one: order.index(one[0].code or 0))
    workers: dict[int, int] = {}
    for posting, worker in found:
        workers.setdefault(posting.member_id, worker.pk)
    return workers


def may_be_rostered(code: int, now: datetime) -> list[int]:
    """The members whose posting lets them answer alarms for the area `code`."""
    places = posts_of(code)
    with entered(WHOLE):
        held = Posting.objects.held(clock.local(now).date()).filter(
            code__in=places, role__in=roles_with(ANSWERS), member__is_active=True
        )
        return list(dict.fromkeys(held.order_by("pk").values_list("member_id", flat=True)))
