"""What stands before the public pages: nobody need be known, and nobody opens more than people do."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from jingwei.kernel.public import Buckets, environment
from jingwei.people.public import VisitorRequest
from jingwei.places.public import Area, codes, lineage
from jingwei.ui.public import too_many

View = Callable[..., HttpResponseBase]
MINUTE = 60.0
SECONDS_TO_WAIT = "30"
FRESH = 60
"""Seconds for which a page may be kept by whoever is not signed in."""


@lru_cache(maxsize=1)
def _buckets(most: int) -> Buckets:
    return Buckets(most, most / MINUTE)


def public_page(view: View) -> View:
    """For everybody; 429 for whoever asks faster than the setting allows."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visitor = cast(VisitorRequest, request)
        subject = str(visitor.member.pk) if visitor.member else f"address {request.META['REMOTE_ADDR']}"
        if not _buckets(environment().public_reads_per_minute).take(subject):
            answer: HttpResponseBase = too_many(request)
            answer["Retry-After"] = SECONDS_TO_WAIT
            return answer
        answer = view(request, *args, **kwargs)
        if "Cache-Control" not in answer:
            patch_cache_control(answer, private=True, max_age=0 if visitor.member else FRESH)
        return answer

    return require_safe(guarded)


class Places:
    """The area of a page and those above it, by one query."""

    def __init__(self, said: str) -> None:
        try:
            code = codes.read(said)
        except ValueError:
            raise Http404 from None
        found = Area.objects.filter(pk__in=[*lineage(code), code]).order_by("code")
        self.lineage = list(found)
        if not self.lineage or self.lineage[-1].code != code:
            raise Http404
        self.area = self.lineage[-1]

    @property
    def above(self) -> list[Area]:
        return self.lineage[:-1]
