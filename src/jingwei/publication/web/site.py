"""The public pages of an area: its cases as a list and on a map. For everybody, without a script."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from jingwei.kernel.public import clock
from jingwei.places.public import Area, codes
from jingwei.publication.map import SCALES, draw, view_of
from jingwei.publication.reading import Filters, listed_classes, page, period_choices, state_choices
from jingwei.publication.view import View
from jingwei.publication.web.guards import Places, public_page


@public_page
def home(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001
    """To the highest area that there is, the one that this site is about."""
    first = Area.objects.current().order_by("code").first()
    if first is None:
        raise Http404
    return redirect("public:cases", codes.write(first.code))


@public_page
def cases(request: HttpRequest, area: str) -> HttpResponseBase:
    """The cases of an area, the newest first."""
    places, filters, now = Places(area), Filters.read(request.GET), clock.now()
    found = page(places.area, filters, now, after=request.GET.get("after", ""))
    below = Area.objects.current().filter(parent_id=places.area.code).order_by("code")
    given = {"page": found, "is_first": "after" not in request.GET, "below": below}
    return render(request, "publication/cases.html", _frame(places, filters, "cases") | given)


@public_page
def on_map(request: HttpRequest, area: str) -> HttpResponseBase:
    """The cases around a point, on a drawing and beside it."""
    places, filters = Places(area), Filters.read(request.GET)
    view = view_of(places.area, request.GET.get("at", ""), request.GET.get("metres", ""))
    given = {
        "drawing": draw(view, filters, clock.now()),
        "ways": _ways(view, filters),
        "scales": _scales(view, filters),
    }
    return render(request, "publication/map.html", _frame(places, filters, "map") | given)


def _frame(places: Places, filters: Filters, tab: str) -> dict[str, Any]:
    return {
        "area": places.area,
        "above": places.above,
        "code": codes.write(places.area.code),
        "filters": filters,
        "classes": listed_classes(),
        "periods": period_choices(),
        "states": state_choices(),
        "tab": tab,
    }


def _ways(view: View, filters: Filters) -> dict[str, str]:
    """Where each arrow leads: half a view further."""
    arrows = {"north": (0.0, 0.5), "south": (0.0, -0.5), "west": (-0.5, 0.0), "east": (0.5, 0.0)}
    return {name: _to(view.moved(*way), filters) for name, way in arrows.items()}


def _scales(view: View, filters: Filters) -> list[tuple[int, str, bool]]:
    return [
        (metres, _to(View(view.longitude, view.latitude, metres), filters), metres == view.metres) for metres in SCALES
    ]


def _to(view: View, filters: Filters) -> str:
    asked = {"at": f"{view.longitude:.5f},{view.latitude:.5f}", "metres": f"{view.metres:.0f}"}
    return "?" + "&".join(filter(None, [urlencode(asked), filters.query]))
