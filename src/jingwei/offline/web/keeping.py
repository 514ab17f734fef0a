"""What a phone asks for before it goes where there is no signal: its key, and what to take along."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jingwei.kernel.public import Refused, clock
from jingwei.offline.actions import LIVES, open_phone
from jingwei.offline.assets import assets
from jingwei.offline.taking import taken
from jingwei.people.public import MemberRequest, VisitorRequest, Workplace, member_required

View = Callable[..., HttpResponseBase]
LOOKS = ("theme", "care")
"""Cookies that change how a page looks."""


def workers_only(view: View) -> View:
    """Let in whoever has a post in the field; for others there is nothing here."""

    @wraps(view)
    @member_required
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not any(post.workplace == Workplace.FIELD for post in request.member.posts):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@never_cache
@require_safe
def who(request: VisitorRequest) -> HttpResponse:
    """Who is signed in, and the token to send with. For a service worker, which has no page to read it from."""
    member = request.member
    return JsonResponse({"member": member.pk if member else None, "token": get_token(request)})


@never_cache
@require_POST
@workers_only
def key(request: MemberRequest, phone_id: UUID) -> HttpResponse:
    """The key under which this phone keeps what it keeps. 410 once it was withdrawn."""
    try:
        phone = open_phone(request.member, phone_id, agent=request.headers.get("User-Agent", ""), by=request.member)
    except Refused as no:
        return JsonResponse({"why": no.message}, status=410)
    return JsonResponse({"key": phone.key, "lives": LIVES.total_seconds()})


@never_cache
@require_safe
@workers_only
def pages(request: MemberRequest) -> HttpResponse:
    """The pages to take along, each with what says whether the phone's own is still good."""
    looks = [get_language() or "", *(request.COOKIES.get(name, "") for name in LOOKS)]
    version = hashlib.sha256(repr((looks, assets())).encode()).hexdigest()[:8]
    found = taken(request.member, clock.now())
    return JsonResponse({"pages": [{"url": one.url, "tag": f"{one.tag}.{version}"} for one in found]})


@never_cache
@require_safe
@workers_only
def sync(request: MemberRequest) -> HttpResponse:
    """What waits on this phone. The page is the frame: the phone itself fills it, from what it keeps."""
    return render(request, "offline/sync.html")
