"""A leader's minute: what is overdue and where it is stuck, and how the places and offices stand."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jingwei.cases.public import offices_within, overview, places_below
from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, Post, duty_required
from jingwei.places.public import Area

DUTY = "cases.supervise"
MOST_STUCK = 5
MOST_STANDING = 3
"""Places that the first page shows from the better and from the worse end."""


@never_cache
@require_safe
@duty_required(DUTY)
def home(request: MemberRequest) -> HttpResponse:
    """Three numbers, what is overdue with its reasons, and the ends of the standings."""
    now, (area, areas) = clock.now(), _areas(request)
    places = places_below(area.code, now)
    given = {
        "now": now,
        "area": area,
        "areas": areas,
        "overview": overview(area.code, now, MOST_STUCK),
        "best": places[:MOST_STANDING],
        "worst": places[MOST_STANDING:][-MOST_STANDING:],
        "between": max(len(places) - 2 * MOST_STANDING, 0),
    }
    return render(request, "portals/supervise/home.html", given)


@never_cache
@require_safe
@duty_required(DUTY)
def standings(request: MemberRequest) -> HttpResponse:
    """All places right below, and the offices, by the share of their open cases that is overdue."""
    now, (area, areas) = clock.now(), _areas(request)
    given = {
        "now": now,
        "area": area,
        "areas": areas,
        "places": places_below(area.code, now),
        "offices": offices_within(area, now),
    }
    return render(request, "portals/supervise/standings.html", given)


@never_cache
@require_safe
@duty_required(DUTY)
def me(request: MemberRequest) -> HttpResponse:
    """Who one is here; language, colours, the way out."""
    return render(request, "portals/supervise/me.html")


def _sees_all(post: Post) -> bool:
    """A post limited to some classes has no docket to count."""
    return "cases.see" in post.duties and not post.categories


def _areas(request: MemberRequest) -> tuple[Area, list[Area]]:
    """The area looked at, `?area=` or the widest, and all that the member leads. Raises Http404."""
    codes = [post.first for post in request.member.posts if post.has_area and DUTY in post.duties and _sees_all(post)]
    areas = list(Area.objects.filter(pk__in=codes).order_by("code"))
    wanted = request.GET.get("area", "")
    if not wanted and areas:
        return areas[0], areas
    for area in areas:
        if str(area.code) == wanted:
            return area, areas
    raise Http404
