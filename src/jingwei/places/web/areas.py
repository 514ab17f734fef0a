"""Pages of areas: the tree, and one area with what lies in it, its life and what can be changed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jingwei.kernel.public import allowed
from jingwei.places import atlas, codes
from jingwei.places.changes.planning import DIVIDED, RENAMED
from jingwei.places.models import Area
from jingwei.places.queries import today
from jingwei.ui.public import duty_required

OFFICE = "areas"
DUTY = "places.areas"


def roots_of(member: Any) -> list[int]:
    """The areas at the top of what the member sets up."""
    return sorted({post.first for post in member.posts if DUTY in post.duties and post.has_area})


def open_area(member: Any, code: int) -> Area:
    """An area that the member sets up; 404 for every other."""
    return get_object_or_404(allowed(member, "places.areas", Area.objects.select_related("parent")), pk=code)


@never_cache
@require_safe
@duty_required(DUTY)
def home(request: HttpRequest) -> HttpResponse:
    """The first area of the member, or what a search finds."""
    roots = roots_of(request.member)  # type: ignore[attr-defined]
    if not roots:
        raise Http404
    text = request.GET.get("q", "").strip()
    if not text:
        return redirect("places:area", roots[0])
    page = {"office": OFFICE, "nodes": atlas.tree(roots, roots[0]), "q": text, "found": atlas.search(roots, text)}
    return render(request, "places/areas/found.html", page)


@never_cache
@require_safe
@duty_required(DUTY)
def area(request: HttpRequest, code: int) -> HttpResponse:
    """One area beside the tree."""
    member = request.member  # type: ignore[attr-defined]
    here = open_area(member, code)
    folio = atlas.Folio(here, today())
    page = {"office": OFFICE, "nodes": atlas.tree(roots_of(member), here.code), "folio": folio, "doable": doable(folio)}
    return render(request, "places/areas/area.html", page)


def doable(folio: atlas.Folio) -> list[str]:
    """The changes that can be planned for an area now."""
    area = folio.area
    if area.ends_on is not None or folio.pending is not None:
        return []
    level = codes.level_of(area.code)
    return ["split", "merge", "move", "rename"] if level in DIVIDED else ["rename"] if level in RENAMED else []
