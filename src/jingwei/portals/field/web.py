"""The day of a worker on the spot: what is to be done, by when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jingwei.cases.public import field_only, today, where_is
from jingwei.conversations.public import unread_count
from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest
from jingwei.worklists.public import to_do


@never_cache
@require_safe
@field_only
def home(request: MemberRequest) -> HttpResponse:
    """Today: one list in due order."""
    now = clock.now()
    codes = [post.first for post in request.member.posts if post.has_area]
    places = where_is(codes[:1])
    given = {
        "today": today(request.member, now),
        "now": now,
        "place": next(iter(places.values()), ""),
        "answers": request.member.has_duty("conversations.answer"),
        "waiting": unread_count(request.member),
        "lists": to_do(request.member, clock.local(now).date()),
    }
    return render(request, "portals/field/home.html", given)


@never_cache
@require_safe
@field_only
def me(request: MemberRequest) -> HttpResponse:
    """Who one is here; language, colours, care mode; the way out."""
    return render(request, "portals/field/me.html")
