"""What the counter lets go: who called and what about, and words of what was asked, after a year; files, a day."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import Q, QuerySet

from jingwei.counter.models import Call, FirstAsked, TicketSheet
from jingwei.counter.personal import ASKED, CALLS, SHEETS
from jingwei.kernel.public import WHOLE, carries_out, in_batches, opened

EMPTY: Mapping[str, Any] = MappingProxyType(
    {
        "caller": None,
        "name": "",
        "phone": "",
        "phone_index": None,
        "for_name": "",
        "for_phone": "",
        "words": "",
        "answer": "",
        "note": "",
        "handed_note": "",
        "checked": [],
        "place": "",
        "detail": "",
        "place_code": None,
        "longitude": None,
        "latitude": None,
        "wants_news": False,
    }
)
"""A call that says nothing of a person any more."""


def told(now: datetime) -> QuerySet[Call]:
    """Calls of long ago with something left about a person."""
    left = Q(caller__isnull=False) | Q(place_code__isnull=False) | ~Q(checked=[])
    for name in ("name", "phone", "for_name", "for_phone"):
        left |= Q(**{f"{name}__held": True})
    for name in ("words", "answer", "note", "handed_note", "place", "detail"):
        left |= ~Q(**{name: ""})
    return Call.objects.filter(left, started_at__lte=now - CALLS.period)


def forget_calls(now: datetime) -> Iterator[int]:
    return in_batches(told(now), lambda keys: empty(Call.objects.filter(pk__in=keys)))


def empty(calls: QuerySet[Call]) -> None:
    calls.update(**EMPTY)


carries_out(CALLS, due=lambda now: told(now).count(), forget=forget_calls)


def old_sheets(now: datetime) -> QuerySet[TicketSheet]:
    return TicketSheet.objects.filter(created_at__lte=now - SHEETS.period)


def forget_sheets(now: datetime) -> Iterator[int]:
    with opened(WHOLE):
        yield old_sheets(now).delete()[0]


carries_out(SHEETS, due=lambda now: old_sheets(now).count(), forget=forget_sheets)


def old_words(now: datetime) -> QuerySet[FirstAsked]:
    return FirstAsked.objects.filter(asked_at__lte=now - ASKED.period).exclude(words="")


def forget_words(now: datetime) -> Iterator[int]:
    with opened(WHOLE):
        yield old_words(now).update(words="")


carries_out(ASKED, due=lambda now: old_words(now).count(), forget=forget_words)
