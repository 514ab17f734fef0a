"""The first page of residents, and what they set for themselves."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jingwei.cases.public import community_of, matters
from jingwei.conversations.public import my_worker
from jingwei.kernel.public import clock
from jingwei.people.public import VisitorRequest, reads_of

SHOWN, LOOKED = 5, 3


@never_cache
@require_safe
def home(request: VisitorRequest) -> HttpResponse:
    """Report something; how one's own matters stand."""
    member = request.member
    now = clock.now()
    given = {
        "community": community_of(member) if member else "",
        "page": matters(member, now=now, limit=SHOWN) if member else None,
        "worker": my_worker(member, now) if member else None,
    }
    return render(request, "portals/resident/home.html", given)


@never_cache
@require_safe
def me(request: VisitorRequest) -> HttpResponse:
    """Who one is here; who looked at one's data, and taking it away; language, colours, care mode; the way out."""
    looked = reads_of(request.member).list[:LOOKED] if request.member else None
    return render(request, "portals/resident/me.html", {"looked": looked})
