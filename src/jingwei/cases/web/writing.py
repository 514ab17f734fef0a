"""What the pages of a report that is being written share: whose it is, and through which portal it comes."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from jingwei.cases.actions.pending import PENDING_LIVES
from jingwei.cases.models import PendingReport
from jingwei.kernel.public import current_reach, entered
from jingwei.people.public import VisitorRequest, Workplace, member_required

COOKIE = "report"
FIELD = "field"
View = Callable[..., HttpResponseBase]


class WriterRequest(VisitorRequest):
    """A request of whoever writes a report: `portal` is the namespace, `browser` the digest of the cookie."""

    portal: str
    browser: str


def writing(view: View) -> View:
    """Know the browser by a cookie of its own, which outlasts signing in. In the field, workers only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        writer = cast(WriterRequest, request)
        assert request.resolver_match
        writer.portal = request.resolver_match.namespace
        token = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(32)
        writer.browser = sha256(token.encode()).hexdigest()
        inner = field_only(view) if writer.portal == FIELD else view
        with entered(replace(current_reach(), bearer=writer.browser)):
            return _remembering(inner(writer, *args, **kwargs), token)

    return guarded


def _remembering(response: HttpResponseBase, token: str) -> HttpResponseBase:
    """The response, with the cookie anew, and nothing of a report kept by the browser."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=PENDING_LIVES,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    response["Cache-Control"] = "private, no-store"
    return response


def field_only(view: View) -> View:
    """Let in whoever has a post in the field; for others there is nothing here."""

    @wraps(view)
    @member_required
    def guarded(request: VisitorRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.member is None or not any(post.workplace == Workplace.FIELD for post in request.member.posts):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def pending(request: WriterRequest, key: UUID) -> PendingReport:
    """The report that this person writes here. 404 for anybody else's, and for one that was never begun."""
    row = PendingReport.objects.of(request.browser, request.member).filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def show(request: WriterRequest, name: str, given: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the flow, in the frame of its portal."""
    page = {"frame": f"cases/{request.portal}/page.html", "portal": request.portal, "is_field": request.portal == FIELD}
    return render(request, f"cases/report/{name}.html", page | given, status=status)
