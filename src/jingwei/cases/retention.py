"""What cases let go: names and numbers a year after the end, words, photos and the rest after three.

The case itself stays with its number, area, class, times, outcome and rating, so that every count comes out as before.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q, QuerySet

from jingwei.cases.actions.pending import PENDING_LIVES, forget_pending
from jingwei.cases.actions.photos import thumbnail_name
from jingwei.cases.models import Case, PendingReport, Photo, Report, Stage, Step, Words
from jingwei.cases.personal import CONTACTS, PENDING, WORDS
from jingwei.cases.workflow import OPEN
from jingwei.kernel.public import WHOLE, carries_out, opened
from jingwei.people.public import Member

REPORTS_AT_ONCE = 1000
CASES_AT_ONCE = 200
BY_RESIDENT = Q(actor__kind=Member.Kind.RESIDENT)


def ended(now: datetime, period: timedelta, to_case: str = "") -> Q:
    """Cases that ended so long ago; `to_case` leads to them from a table beside."""
    is_open = Q(**{f"{to_case}status__in": sorted(OPEN)})
    return ~is_open & Q(**{f"{to_case}closed_at__lte": now - period})


def with_contacts(now: datetime) -> QuerySet[Report]:
    """Reports of cases that ended long ago, with a name or a number."""
    return Report.objects.filter(Q(name__held=True) | Q(phone__held=True), ended(now, CONTACTS.period, "case__"))


def forget_contacts(now: datetime) -> Iterator[int]:
    yield from _batches(with_contacts(now), REPORTS_AT_ONCE, _empty_contacts)


def _empty_contacts(keys: Collection[UUID]) -> None:
    Report.objects.filter(pk__in=keys).update(name="", phone="")


def with_words(now: datetime) -> QuerySet[Case]:
    """Cases that ended long ago, with something left about a person."""
    case = {"case_id": OuterRef("pk")}
    reports = Report.objects.filter(
        Q(name__held=True)
        | Q(phone__held=True)
        | Q(member__isnull=False)
        | Q(sender__isnull=False)
        | ~Q(source_key="")
        | ~Q(digest=b""),
        **case,
    )
    return Case.objects.filter(
        ~Q(place="")
        | Q(longitude__isnull=False)
        | Exists(Words.objects.filter(**case))
        | Exists(Photo.objects.filter(**case))
        | Exists(reports)
        | Exists(Step.objects.filter(BY_RESIDENT, **case)),
        ended(now, WORDS.period),
    )


def forget_words(now: datetime) -> Iterator[int]:
    yield from _batches(with_words(now), CASES_AT_ONCE, empty_cases)


def empty_cases(keys: Collection[UUID]) -> None:
    """Take away whatever says something about a person. Files first: if it breaks off, the rows still name them."""
    photos = Photo.objects.filter(case_id__in=keys)
    delete_files(photos)
    photos.delete()
    Words.objects.filter(case_id__in=keys).delete()
    Step.objects.filter(BY_RESIDENT, case_id__in=keys).update(actor=None)
    Stage.objects.filter(case_id__in=keys, ended_by__kind=Member.Kind.RESIDENT).update(ended_by=None)
    Report.objects.filter(case_id__in=keys).update(
        name="", phone="", member=None, sender=None, source_key="", digest=b""
    )
    Case.objects.filter(pk__in=keys).update(place="", longitude=None, latitude=None)


def delete_files(photos: QuerySet[Photo]) -> None:
    """The pictures and their small copies; one that is gone already is no error."""
    for name in chain.from_iterable((photo.file, thumbnail_name(photo)) for photo in photos):
        default_storage.delete(name)


def _batches(rows: QuerySet[Any], size: int, empty: Callable[[Collection[UUID]], None]) -> Iterator[int]:
    """Empty rows in the order of their keys, `size` a transaction."""
    last: UUID | None = None
    while True:
        with opened(WHOLE):
            rest = rows.filter(pk__gt=last) if last else rows
            keys = list(rest.order_by("pk").values_list("pk", flat=True)[:size])
            if keys:
                empty(keys)
        if not keys:
            return
        last = keys[-1]
        yield len(keys)


def _forget_pending(now: datetime) -> Iterator[int]:
    with opened(WHOLE):
        gone = forget_pending(now)
    yield gone


carries_out(
    PENDING,
    due=lambda now: PendingReport.objects.filter(changed_at__lte=now - PENDING_LIVES).count(),
    forget=_forget_pending,
)
carries_out(CONTACTS, due=lambda now: with_contacts(now).count(), forget=forget_contacts)
carries_out(WORDS, due=lambda now: with_words(now).count(), forget=forget_words)
