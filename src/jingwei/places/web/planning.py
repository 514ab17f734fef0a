"""Pages on which a change of areas is planned."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jingwei.places.atlas import Folio
from jingwei.places.changes.drawing import Drawing, draw
from jingwei.places.forms import FORMS, MOST_PARTS_SHOWN, SplitForm
from jingwei.places.models import Area, AreaChange
from jingwei.places.queries import today
from jingwei.places.web.areas import DUTY, OFFICE, doable, open_area
from jingwei.ui.public import duty_required


def _open(request: HttpRequest, code: int, kind: str) -> Area:
    """An area for which such a change can be planned now; 404 otherwise."""
    area = open_area(request.member, code)  # type: ignore[attr-defined]
    if kind not in doable(Folio(area, today())):
        raise Http404
    return area


def _page(area: Area, kind: str, form: Any, **more: Any) -> dict[str, Any]:
    return {"office": OFFICE, "area": area, "kind": AreaChange.Kind(kind), "form": form, **more}


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(DUTY)
def plan(request: HttpRequest, code: int, kind: str) -> HttpResponse:
    """Merge, move or rename an area."""
    area = _open(request, code, kind)
    form = FORMS[kind](area, request.POST or None)
    if form.is_valid() and (change := form.plan(request.member)):  # type: ignore[attr-defined]
        return redirect("places:change", change.pk)
    status = 422 if form.errors else 200
    return render(request, "places/areas/plan.html", _page(area, kind, form), status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(DUTY)
def split(request: HttpRequest, code: int) -> HttpResponse:
    """Split an area into parts: look at them first, then plan it."""
    area = _open(request, code, "split")
    form = SplitForm(area, _count(request), request.POST or None)
    is_looking = "look" in request.POST
    faces = form.look() if form.is_bound and (form.is_valid() or is_looking) else []
    if form.is_valid() and not is_looking and (change := form.plan(request.member)):  # type: ignore[attr-defined]
        return redirect("places:change", change.pk)
    page = _page(area, "split", form, drawing=_drawing(form, faces), counts=range(2, MOST_PARTS_SHOWN + 1))
    return render(request, "places/areas/split.html", page, status=422 if form.errors else 200)


def _count(request: HttpRequest) -> int:
    asked = request.GET.get("parts", "")
    return min(max(int(asked), 2), MOST_PARTS_SHOWN) if asked.isascii() and asked.isdigit() else 2


def _drawing(form: SplitForm, faces: list[tuple[str, Any]]) -> Drawing | None:
    if form.outline is None:
        return None
    there = form.there
    return draw(
        form.outline,
        faces or [("", form.outline)],
        inside={child.title: there.outlines[child.code] for child in there.children if child.code in there.outlines},
        dots=[(one.name, (one.longitude, one.latitude)) for one in there.buildings],
        has_marks=form.count == 2,
    )
