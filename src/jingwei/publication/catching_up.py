"""Public copies of cases that no fact will bring: those from before there were copies, and those that were emptied."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import Exists, OuterRef, Q, QuerySet

from jingwei.cases.public import Case, publishable
from jingwei.publication.actions import refresh
from jingwei.publication.models import PublicCase

AT_ONCE = 500


def behind() -> Iterator[QuerySet[Case]]:
    """Cases whose copy is missing or shown without being public any more, and those whose place was erased."""
    copy = PublicCase.objects.filter(pk=OuterRef("pk"))
    public = publishable()
    yield public.filter(~Exists(copy))
    yield public.filter(Exists(copy.filter(hidden_at=None).exclude(status=OuterRef("status"))))
    yield Case.objects.filter(Q(longitude=None) & Exists(copy.filter(longitude__isnull=False)))


def catch_up() -> int:
    """Make the copies that are behind; gives how many. Broken off, it goes on where it was."""
    done = 0
    for rows in behind():
        keys = rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)
        while batch := list(islice(keys, AT_ONCE)):
            refresh(batch)
            done += len(batch)
    return done
