"""What a phone takes along of cases: those of the worker's day, with the form of what is due, and the report."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain, islice
from types import MappingProxyType

from django.urls import reverse

from jingwei.cases.models import Photo
from jingwei.cases.today import today
from jingwei.offline.public import Taken
from jingwei.people.public import Member

MOST_CASES = 60
MOST_PHOTOS = 100
AHEAD: Mapping[str, str] = MappingProxyType({"report_in": "handle", "join": "finish"})
"""What is due once the first is done: where there is no signal, both are done one after the other."""
THE_SAME = "1"


def taken_cases(member: Member, now: datetime) -> Iterator[Taken]:
    """Pages whose tag is the version of their case; photos never change."""
    yield Taken(reverse("field:report-now"), THE_SAME)
    tasks = list(islice(chain.from_iterable(part.tasks for part in today(member, now).parts), MOST_CASES))
    for task in tasks:
        tag = str(task.case.version)
        yield Taken(reverse("field:case", args=[task.case.number]), tag)
        yield Taken(reverse("field:move", args=[task.case.number, task.verb]), tag)
        if next_verb := AHEAD.get(task.verb):
            yield Taken(f"{reverse('field:move', args=[task.case.number, next_verb])}?ahead=1", tag)
    photos = Photo.objects.filter(case__in=[task.case.pk for task in tasks]).order_by("pk")
    for key in photos.values_list("pk", flat=True)[:MOST_PHOTOS]:
        yield Taken(reverse("cases:small-photo", args=[key]), THE_SAME)
