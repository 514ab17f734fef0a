"""Setting up: who keeps duty when, and what the plans say. For the administrator."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.emergency.forms_roster import FillForm, KindForm, PlanForm, ShiftForm
from jingwei.emergency.models import Shift
from jingwei.emergency.plan_actions import lay_down_plan, restore_standard
from jingwei.emergency.plans import all_plans, plan_for
from jingwei.emergency.policy import MANAGES
from jingwei.emergency.roster_actions import add_shift, fill_roster, remove_shift
from jingwei.emergency.roster_board import RosterBoard, areas_of, roster_at
from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, attempt, duty_required
from jingwei.places.public import codes

ROSTERS, PLANS = {"office": "duty"}, {"office": "plans"}
GENERAL = "general"


@never_cache
@require_safe
@duty_required(MANAGES)
def rosters(request: MemberRequest) -> HttpResponse:
    """To the first roster that this member sets up."""
    areas = areas_of(request.member)
    if not areas:
        raise Http404
    return redirect("emergency:roster", codes.write(areas[0].code))


def _roster(request: MemberRequest, area: str) -> RosterBoard:
    """The roster of this area, if the member sets it up. Raises Http404."""
    board = roster_at(request.member, area, clock.now())
    if board is None:
        raise Http404
    return board


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(MANAGES)
def roster(request: MemberRequest, area: str) -> HttpResponse:
    """The shifts of the next four weeks and their gaps. What is posted is one shift."""
    board = _roster(request, area)
    form = ShiftForm(request.POST or None, people=board.people)
    if form.is_valid():
        said = form.cleaned_data
        member_id = said.pop("member")
        if attempt(form, add_shift, board.area.code, member_id, by=request.member, **said):
            messages.success(request, _("The shift is on the roster."))
            return redirect("emergency:roster", area)
    return _show_roster(request, board, form, FillForm(people=board.people))


@require_POST
@duty_required(MANAGES)
def fill(request: MemberRequest, area: str) -> HttpResponse:
    """A pattern of shifts for some weeks."""
    board = _roster(request, area)
    form = FillForm(request.POST, people=board.people)
    if form.is_valid():
        said = form.cleaned_data
        members = said.pop("members")
        if made := attempt(form, fill_roster, board.area.code, members, by=request.member, **said):
            messages.success(request, _("%(n)d shifts are on the roster.") % {"n": made})
            return redirect("emergency:roster", area)
    return _show_roster(request, board, ShiftForm(people=board.people), form)


def _show_roster(request: MemberRequest, board: RosterBoard, one: ShiftForm, many: FillForm) -> HttpResponse:
    areas = [(codes.write(area.code), area.title) for area in areas_of(request.member)]
    given = ROSTERS | {"board": board, "here": codes.write(board.area.code), "areas": areas, "one": one, "many": many}
    return render(request, "emergency/roster.html", given, status=422 if one.errors or many.errors else 200)


@require_POST
@duty_required(MANAGES)
def remove(request: MemberRequest, area: str, shift: int) -> HttpResponse:
    """A shift that is not kept after all."""
    board = _roster(request, area)
    remove_shift(get_object_or_404(Shift, pk=shift, code=board.area.code), by=request.member)
    messages.success(request, _("The shift is removed."))
    return redirect("emergency:roster", area)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(MANAGES)
def plans(request: MemberRequest) -> HttpResponse:
    """Every plan that holds. What is posted is the class for which one is to be laid down."""
    form = KindForm(request.POST or None)
    if form.is_valid():
        return redirect("emergency:plan", form.cleaned_data["kind"])
    given = PLANS | {"plans": all_plans(), "form": form}
    return render(request, "emergency/plans.html", given, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(MANAGES)
def plan(request: MemberRequest, kind: str) -> HttpResponse:
    """One plan, as it holds; saved, it is the district's own."""
    code = "" if kind == GENERAL else kind
    held = plan_for(code)
    form = PlanForm(request.POST or None, initial=_typed(held.title_zh, held.title_en, held.steps))
    if form.is_valid() and attempt(form, lay_down_plan, code, by=request.member, **form.cleaned_data):
        messages.success(request, _("The plan is laid down. It counts for alarms raised from now on."))
        return redirect("emergency:plans")
    given = PLANS | {"plan": held, "kind": kind, "is_own": held.is_own and held.category_code == code, "form": form}
    return render(request, "emergency/plan.html", given, status=422 if form.errors else 200)


def _typed(title_zh: str, title_en: str, steps: tuple[tuple[str, str], ...]) -> dict[str, str]:
    zh, en = zip(*steps, strict=True)
    return {"title_zh": title_zh, "title_en": title_en, "steps_zh": "\n".join(zh), "steps_en": "\n".join(en).strip()}


@require_POST
@duty_required(MANAGES)
def restore(request: MemberRequest, kind: str) -> HttpResponse:
    """The standard plan again."""
    restore_standard("" if kind == GENERAL else kind, by=request.member)
    messages.success(request, _("The standard plan holds again."))
    return redirect("emergency:plans")
