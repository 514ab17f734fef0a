"""Desk: areas and boundaries. A page shows an area as the draft leaves it; what is done there goes into the draft."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.kernel.public import Refused, allowed
from jingwei.places.codes import Level
from jingwei.places.coordinates import Datum
from jingwei.places.coverage.drafting import (
    PERMIT,
    adopt_mend,
    discard_draft,
    open_draft_of,
    undo_step,
)
from jingwei.places.coverage.export import Format, export_boundaries
from jingwei.places.coverage.forms import ExportForm, LimitsForm, MendForm, ReasonForm, StepForm
from jingwei.places.coverage.limits import set_limits
from jingwei.places.coverage.loading import district_of, limits_of
from jingwei.places.coverage.publishing import plan_of, publish_draft
from jingwei.places.coverage.sheet import TREE, sheet
from jingwei.places.models import Area, BoundaryDraft
from jingwei.ui.public import duty_required

DUTY = "places.boundaries"
OFFICE = "coverage"


def area_or_404(request: HttpRequest, code: int) -> Area:
    """An area whose boundaries the member may draw, from the district down to the grid."""
    area = allowed(member_of(request), PERMIT, Area.objects.current().at(*TREE)).filter(pk=code).first()
    if area is None:
        raise Http404
    return area


def draft_or_404(area: Area) -> BoundaryDraft:
    draft = open_draft_of(area.code)
    if draft is None:
        raise Http404
    return draft


def member_of(request: HttpRequest) -> Any:
    return request.member  # type: ignore[attr-defined]  # people, above, put it there


def show(request: HttpRequest, name: str, area: Area, **context: Any) -> HttpResponse:
    status = context.pop("status", 200)
    given = {"area": area, "office": OFFICE, **context}
    return render(request, f"places/coverage/{name}.html", given, status=status)


@never_cache
@require_safe
@duty_required(DUTY)
def home(request: HttpRequest) -> HttpResponse:
    """The first street whose boundaries the member may draw, else their first district."""
    first = _first(request, Level.STREET) or _first(request, Level.DISTRICT)
    if first is None:
        raise Http404
    return redirect("places:coverage-area", first.code)


def _first(request: HttpRequest, level: Level) -> Area | None:
    return allowed(member_of(request), PERMIT, Area.objects.current().at(level)).order_by("code").first()


@never_cache
@require_safe
@duty_required(DUTY)
def area(request: HttpRequest, code: int) -> HttpResponse:
    here = area_or_404(request, code)
    shown = sheet(here, finding=request.GET.get("finding", ""), mend=request.GET.get("mend", ""))
    last = shown.draft.steps.last() if shown.draft else None
    return show(request, "area", here, sheet=shown, last_step=last)


@require_POST
@duty_required(DUTY)
def adopt(request: HttpRequest, code: int) -> HttpResponse:
    here = area_or_404(request, code)
    form = MendForm(request.POST)
    if form.is_valid():
        _try(request, _("It is in the draft."), lambda: adopt_mend(here, **form.cleaned_data, by=member_of(request)))
    return redirect("places:coverage-area", code)


@require_POST
@duty_required(DUTY)
def undo(request: HttpRequest, code: int) -> HttpResponse:
    here = area_or_404(request, code)
    form = StepForm(request.POST)
    if form.is_valid():
        draft = draft_or_404(here)
        _try(
            request, _("The last step is undone."), lambda: undo_step(draft, **form.cleaned_data, by=member_of(request))
        )
    return redirect("places:coverage-area", code)


@require_POST
@duty_required(DUTY)
def discard(request: HttpRequest, code: int) -> HttpResponse:
    draft = draft_or_404(area_or_404(request, code))
    _try(
        request, _("The draft is discarded. The map is as it was."), lambda: discard_draft(draft, by=member_of(request))
    )
    return redirect("places:coverage-area", code)


def _try(request: HttpRequest, done: str, act: Callable[[], object]) -> None:
    """Do it, and say that it is done, or why not."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(DUTY)
def publish(request: HttpRequest, code: int) -> HttpResponse:
    """What publishing would change, and the button that does it."""
    here = area_or_404(request, code)
    draft = draft_or_404(here)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = publish_draft(draft, reason=form.cleaned_data["reason"], by=member_of(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            is_out = done.state == BoundaryDraft.State.PUBLISHED
            said = _("The boundaries are on the map.") if is_out else _("A second person can publish it now.")
            messages.success(request, said)
            return redirect("places:coverage-area", code)
    plan = plan_of(draft, member_of(request).pk)
    return show(request, "publish", here, draft=draft, plan=plan, form=form, status=422 if form.errors else 200)


@never_cache
@require_safe
@duty_required(DUTY)
def export(request: HttpRequest, code: int) -> HttpResponse:
    here = area_or_404(request, code)
    form = ExportForm(request.GET or None)
    if not form.is_valid():
        return show(request, "export", here, form=form, draft=open_draft_of(code), status=422 if form.errors else 200)
    chosen = form.cleaned_data
    draft = open_draft_of(code) if chosen["state"] == "draft" else None
    file = export_boundaries(here.code, form=Format(chosen["form"]), datum=Datum(chosen["datum"]), draft=draft)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(DUTY)
def limits(request: HttpRequest, code: int) -> HttpResponse:
    """How large grids of the district should be, and what a sliver is."""
    here = area_or_404(request, code)
    district = area_or_404(request, district_of(code))
    form = LimitsForm(request.POST if request.method == "POST" else None, initial=asdict(limits_of(code)))
    if request.method == "POST" and form.is_valid():
        try:
            set_limits(district, **form.cleaned_data, by=member_of(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("From now on checks go by these numbers."))
            return redirect("places:coverage-area", code)
    return show(request, "limits", here, form=form, district=district, status=422 if form.errors else 200)
