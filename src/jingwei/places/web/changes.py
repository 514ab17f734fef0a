"""Pages of changes: those that are planned, and one with all that it would move."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jingwei.kernel.public import Refused, allowed
from jingwei.places import codes
from jingwei.places.atlas import changes_of
from jingwei.places.changes.drawing import draw, drawn_with
from jingwei.places.changes.effect import approve_change, obstacle, undo_change
from jingwei.places.changes.plans import outline_of, outlines_of
from jingwei.places.changes.preview import ALL, headline, preview
from jingwei.places.models import PENDING, AreaChange, ChangePart
from jingwei.places.web.areas import DUTY, OFFICE
from jingwei.ui.public import duty_required

MOST_PAST = 50
DECISIONS = {"approve": approve_change, "undo": undo_change}


def open_change(member: Any, key: UUID) -> AreaChange:
    """A change of areas that the member sets up; 404 for every other."""
    rows = AreaChange.objects.prefetch_related("sources__area", "parts")
    return get_object_or_404(allowed(member, "places.change", rows), pk=key)


@never_cache
@require_safe
@duty_required(DUTY)
def changes(request: HttpRequest) -> HttpResponse:
    """What is to come, then what was."""
    rows = allowed(request.member, "places.change", AreaChange.objects.all())  # type: ignore[attr-defined]
    page = {
        "office": OFFICE,
        "to_come": changes_of(rows.filter(state__in=PENDING).order_by("takes_effect_on", "pk"), MOST_PAST),
        "past": changes_of(rows.exclude(state__in=PENDING).order_by("-takes_effect_on", "-pk"), MOST_PAST),
    }
    return render(request, "places/areas/changes.html", page)


@never_cache
@require_safe
@duty_required(DUTY)
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """One change: who planned it and why, how it would lie, what would move where, and what stands in its way."""
    one = open_change(request.member, key)  # type: ignore[attr-defined]
    page = {
        "office": OFFICE,
        "change": one,
        "title": headline(one),
        "parts": list(one.parts.all()),
        "names": _names(one),
        "drawing": _drawing(one),
    }
    if one.is_pending:
        page["why_not"] = obstacle(one)
    if one.is_pending and not page["why_not"]:
        page["preview"] = _table(one)
    return render(request, "places/areas/change.html", page)


def _table(one: AreaChange) -> list[dict[str, Any]]:
    """A row for each holding: its figure, and how much goes to each part."""
    seen = preview(one)
    return [
        {"figure": figure, "cells": [(part, figure.of(part)) for part in seen.plan.parts]} for figure in seen.figures
    ]


def _names(one: AreaChange) -> dict[str, str]:
    """Who planned, approved and undid it, as far as they may be named here."""
    keys = {"planned": one.planned_by, "approved": one.approved_by, "undone": one.undone_by}
    names = dict(get_user_model().objects.filter(pk__in=filter(None, keys.values())).values_list("pk", "name"))
    return {role: names.get(key, "") for role, key in keys.items() if key is not None}


def _drawing(one: AreaChange) -> Any:
    before = list(outlines_of(source.area for source in one.sources.all()).values())
    faces = drawn_with(before[0] if before else None, [(_title(part), outline_of(part)) for part in one.parts.all()])
    if not faces:
        return None
    whole = before[0] if len(before) == 1 else faces[0][1]
    return draw(whole, faces)


def _title(part: ChangePart) -> str:
    return part.name


@never_cache
@require_safe
@duty_required(DUTY)
def holding(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """The things behind a figure of the preview: all, or those that go to `?part=`."""
    one = open_change(request.member, key)  # type: ignore[attr-defined]
    asked = request.GET.get("part", "")
    part = next((part for part in one.parts.all() if codes.write(part.code) == asked), None)
    if not one.is_pending or (asked and part is None):
        raise Http404
    seen = preview(one)
    figure = next((figure for figure in seen.figures if figure.key == name), None)
    if figure is None:
        raise Http404
    page = {"office": OFFICE, "change": one, "title": headline(one), "figure": figure, "part": part}
    page["lines"] = seen.lines(name, part.code if part else ALL)
    return render(request, "places/areas/holding.html", page)


@require_POST
@duty_required(DUTY)
def decide(request: HttpRequest, key: UUID, verb: str) -> HttpResponse:
    """Approve a change, or undo it."""
    one = open_change(request.member, key)  # type: ignore[attr-defined]
    try:
        DECISIONS[verb](one, by=request.member)  # type: ignore[attr-defined]
    except Refused as no:
        messages.error(request, no.message)
    else:
        said = {"approve": _("Approved. It takes effect on its day by itself."), "undo": _("Undone.")}
        messages.success(request, said[verb])
    return redirect("places:change", key)
