"""One line of the log and one count for each request: which route, how it ended, how long it took."""

from collections.abc import Callable
from time import monotonic

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from jingwei.kernel.ids import uuid7
from jingwei.kernel.watch.instruments import REQUEST_SECONDS, REQUESTS

ARRIVED = "jingwei.arrived"
"""Where the server puts the moment (monotonic) at which a request came in."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
STATIC, UNKNOWN, OTHER = "static", "unknown", "OTHER"

log = structlog.get_logger(__name__)


class WatchMiddleware:
    """The outermost one. What is logged on the way carries the request's id and route; the answer carries the id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = request.META.get(ARRIVED) or monotonic()
        reference = str(uuid7())
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=reference)
        response = self.get_response(request)
        route = route_of(request)
        _count(route, request.method or "", response.status_code, monotonic() - began)
        response["X-Request-ID"] = reference
        structlog.contextvars.clear_contextvars()
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        structlog.contextvars.bind_contextvars(route=route_of(request))


def _count(route: str, method: str, status: int, seconds: float) -> None:
    method = method if method in METHODS else OTHER
    REQUESTS.labels(route, method, str(status)).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)
    write = log.debug if route == STATIC else log.info
    write("request", route=route, method=method, status=status, ms=round(seconds * 1000, 1))


def route_of(request: HttpRequest) -> str:
    """The name of the address, never the address: that may hold numbers and words of people's."""
    if request.resolver_match:
        return request.resolver_match.view_name or UNKNOWN
    static = getattr(settings, "STATIC_URL", None)
    return STATIC if static and request.path_info.startswith(static) else UNKNOWN
