"""Puts drawings on some of the demo's cases, in place of photos."""

from datetime import datetime

from jingwei.cases.public import Case, Photo, Status, add_photo
from jingwei.demo.acting import member
from jingwei.demo.drawings import draw
from jingwei.demo.people import worker_of
from jingwei.demo.town import Town
from jingwei.kernel.public import may
from jingwei.people.public import Member
from jingwei.places.public import span

MOST = {Status.REPORTED: 22, Status.FILED: 10, Status.IN_HAND: 8, Status.HANDLED: 10}


def show_pictures(town: Town, now: datetime) -> int:
    """Drawings on the newest cases of some states, from the worker of their grid; none where there are some.

    Who is away, or handled the case, adds none to it. Gives how many.
    """
    within = span(town.street)
    if Photo.objects.filter(code__range=within).exists():
        return 0
    cases = [
        case
        for status, most in MOST.items()
        for case in Case.objects.filter(code__range=within, status=status).order_by("-reported_at")[:most]
    ]
    workers: dict[str, Member] = {}
    count = 0
    for case in cases:
        name = worker_of(case.code)
        if name not in workers:
            workers[name] = member(name)
        if not may(workers[name], "cases.add_photo", case):
            continue
        is_mended = case.status == Status.HANDLED
        moment = Photo.Moment.AFTER if is_mended else Photo.Moment.BEFORE
        picture = draw(case.category_code, is_mended=is_mended)
        add_photo(case, picture, moment=moment, by=workers[name], now=now)
        count += 1
    return count
