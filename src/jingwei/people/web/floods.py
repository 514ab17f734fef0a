"""Nobody writes more in a minute than people and programs do, whichever page or operation it is.

Counted in memory, before anything is read or written: a flood costs the database nothing. Each web process counts by
itself, so a site lets in at most so many times the number of its processes. What is worth guessing has closer limits of
its own (`rates.py`).
"""

from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus

from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from prometheus_client import Counter

from jingwei.kernel.public import Buckets, environment
from jingwei.people.keys import SCHEME
from jingwei.people.requests import VisitorRequest
from jingwei.ui.public import too_many

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
MINUTE = 60.0
SECONDS_TO_WAIT = "30"

FLOODS = Counter("jingwei_floods", "Writes that were one too many.", ["who"])


class FloodMiddleware:
    """Answers 429 to what is too much."""

    def __init__(self, get_response: Callable[[VisitorRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        most = environment().writes_per_minute
        self._buckets = Buckets(most, most / MINUTE)

    def __call__(self, request: VisitorRequest) -> HttpResponseBase:
        if request.method in SAFE:
            return self.get_response(request)
        who, subject = subject_of(request)
        if self._buckets.take(subject):
            return self.get_response(request)
        FLOODS.labels(who).inc()
        answer = _refused() if who == "key" else too_many(request)
        answer["Retry-After"] = SECONDS_TO_WAIT
        return answer


def subject_of(request: VisitorRequest) -> tuple[str, str]:
    """What kind of sender, and which one: a member, a key, or an address."""
    if request.member is not None:
        return "member", f"member {request.member.pk}"
    header = request.headers.get("Authorization", "")
    if header.startswith(SCHEME):
        return "key", f"key {sha256(header.encode()).hexdigest()}"
    return "address", f"address {request.META['REMOTE_ADDR']}"


def _refused() -> JsonResponse:
    status = HTTPStatus.TOO_MANY_REQUESTS
    said = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": _("These are too many requests at once. Wait half a minute, and send several reports in one array."),
    }
    return JsonResponse(said, status=status.value, content_type="application/problem+json")
