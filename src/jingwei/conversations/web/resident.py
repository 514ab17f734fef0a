"""A resident's own grid worker."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jingwei.cases.public import listed_areas, read_spot, resident_required, spots_named, spots_of
from jingwei.conversations.actions import open_conversation
from jingwei.conversations.forms import GridForm
from jingwei.conversations.reading import current_of
from jingwei.conversations.web.talking import show
from jingwei.people.public import MemberRequest, attempt
from jingwei.places.public import Level, ancestor, level_of


@require_safe
@resident_required
def mine(request: MemberRequest) -> HttpResponse:
    """The thread with one's grid; whoever has not chosen one yet does that first."""
    conversation = current_of(request.member)
    if conversation is None:
        return redirect("conversations:choose")
    return show(request, conversation, "conversations/resident/thread.html")


@require_http_methods(["GET", "POST"])
@resident_required
def choose(request: MemberRequest) -> HttpResponse:
    """One's own grid: that of the last report is offered, the others by list or by name."""
    listed, asked = _listed(), request.GET.get("q", "")
    form = GridForm(request.POST or None, listed=listed)
    if form.is_valid() and attempt(form, open_conversation, _code(form.cleaned_data["grid"]), by=request.member):
        return redirect("conversations:mine")
    given = {
        "form": form,
        "listed": listed,
        "asked": asked,
        "found": [spot for spot in spots_named(asked) if _grid(spot.code)] if asked else [],
        "own": [spot for spot in spots_of(request.member) if _grid(spot.code)],
    }
    return render(request, "conversations/resident/choose.html", given, status=422 if form.errors else 200)


def _listed() -> list[tuple[str, list[tuple[str, str]]]]:
    """Grids by community: to live in a community alone names nobody to write to."""
    listed = listed_areas()
    return [(title, [choice for choice in grids if _code(choice[0])]) for title, grids in listed]


def _code(key: str) -> int:
    """The grid of a place that was chosen; 0 where it has none."""
    spot = read_spot(key)
    return _grid(spot.code) if spot else 0


def _grid(code: int) -> int:
    return ancestor(code, Level.GRID) if level_of(code).depth >= Level.GRID.depth else 0
