"""The table of who holds what, in three views, with one member beside it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jingwei.people import exporting, matrix
from jingwei.people.actions import note_read
from jingwei.people.columns import COLUMNS
from jingwei.people.duties import DUTIES
from jingwei.people.models import Posting
from jingwei.people.profile import Profile, profile
from jingwei.people.queries import today
from jingwei.people.requests import MemberRequest
from jingwei.people.timeline import months_around, spells
from jingwei.people.web.guards import duty_required
from jingwei.people.web.staff.reading import SEE, area_of, covers, may_arrange, member_of, number, spans_of
from jingwei.places.public import Area, lineage

READ = "people.postings"
FLAGS = ("clash", "vacant", "pending")
VIEWS = ("postings", "duties", "time")
LEVELS = ("district", "street", "community", "grid", "unit", "office")
LONGEST_SEARCH = 60


@never_cache
@require_safe
@duty_required(SEE)
def people(request: MemberRequest) -> HttpResponse:
    """Everybody who is posted here, with what is vacant, what clashes and what has to be handed over."""
    area, day = area_of(request), today()
    view = request.GET.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    page = {
        "office": "people",
        "area": area,
        "above": _above(request, area),
        "view": view,
        "query": _query(request),
        "tally": matrix.tally(area, day),
        "may_arrange": may_arrange(request.member, area.code),
        "today": day,
        **_body(request, area, view, day),
        **_beside(request, day),
    }
    return render(request, "people/staff/people.html", page)


def _body(request: MemberRequest, area: Area, view: str, day: date) -> dict[str, Any]:
    words, flag = request.GET.get("q", "").strip()[:LONGEST_SEARCH], request.GET.get("only", "")
    given: dict[str, Any] = {"words": words, "flag": flag if flag in FLAGS else "", "columns": COLUMNS}
    if view == "duties":
        found = matrix.duties_of(area, day)
        rows = [(DUTIES[key].title, [found.get(key, {}).get(level, []) for level in LEVELS]) for key in DUTIES]
        return given | {"duties": [row for row in rows if any(row[1])], "levels": matrix.level_titles(LEVELS)}
    if given["flag"]:
        table = matrix.flagged(area, day, given["flag"])
    elif words:
        table = matrix.find(area, day, words)
    else:
        table = matrix.matrix(area, day, after=number(request, "after"))
    if view == "time":
        months = months_around(day)
        return given | {"table": table, "months": months, "spells": spells(table, months)}
    return given | {"table": table}


def _beside(request: MemberRequest, day: date) -> dict[str, Any]:
    """The pane of the member asked for, if any."""
    key = number(request, "member")
    if not key:
        return {}
    shown: Profile = profile(member_of(request, key), day)
    note_read(READ, subject_id=key, code=area_of(request).code, reason="postings", by=request.member)
    arranged = [one.posting for one in shown.held if one.state != "past"] or [one.posting for one in shown.held]
    is_arranged = any(may_arrange(request.member, posting.place) for posting in arranged)
    return {"profile": shown, "may_arrange_member": is_arranged and key != request.member.pk}


def _above(request: MemberRequest, area: Area) -> list[Area]:
    """The areas above, as far as the member may look, the widest first."""
    spans = spans_of(request.member, SEE)
    codes = [code for code in lineage(area.code) if code != area.code and covers(spans, code)]
    return list(Area.objects.filter(code__in=codes).order_by("code"))


def _query(request: MemberRequest) -> Mapping[str, str]:
    return {name: request.GET[name] for name in ("at", "view", "q", "only") if request.GET.get(name)}


@never_cache
@require_safe
@duty_required(SEE)
def export(request: MemberRequest) -> HttpResponse:
    """The postings of the area as a sheet, as they are today."""
    area, day = area_of(request), today()
    postings = matrix.held_at(area, day).select_related("member", "department")
    return exporting.as_download(exporting.postings_book(list(postings), day), f"postings-{area.code}-{day}.xlsx")


def page_of(posting: Posting) -> str:
    """Where a posting stands in the table, with its member beside it."""
    return f"{reverse('people:people')}?member={posting.member_id}"
