"""For offices: lists and how far they have come, and a new one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jingwei.kernel.public import clock, may
from jingwei.people.public import MemberRequest, attempt, duty_required, member_required
from jingwei.worklists import actions
from jingwei.worklists.forms import ListForm, ReasonForm
from jingwei.worklists.offices import offices_of
from jingwei.worklists.policy import DUTIES, ISSUE
from jingwei.worklists.privacy import note_list
from jingwei.worklists.reading import communities_of, lists_for, progress_of
from jingwei.worklists.rules import Stage
from jingwei.worklists.sheets import results_sheet
from jingwei.worklists.web.finding import found_list

PAGE = {"office": "worklists"}


@never_cache
@require_safe
@member_required
def home(request: MemberRequest) -> HttpResponse:
    """The lists that the member issues, sorts or sees."""
    if not any(request.member.has_duty(duty) for duty in DUTIES):
        raise Http404
    rows = lists_for(request.member, clock.local(clock.now()).date())
    given = {
        "open": [one for one in rows if one.row.stage == Stage.OPEN],
        "ended": [one for one in rows if one.row.stage != Stage.OPEN],
        "may_issue": request.member.has_duty(ISSUE),
    }
    return render(request, "worklists/home.html", PAGE | given)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(ISSUE)
def new(request: MemberRequest) -> HttpResponse:
    """A new list, for every grid of the areas chosen."""
    offices = offices_of(request.member)
    form = ListForm(offices, request.POST or None)
    if form.is_valid():
        office = form.offices[form.cleaned_data["office"]]
        if row := attempt(form, actions.issue_list, form.given(), office, by=request.member):
            messages.success(request, _("The list is out: %(n)d grids have it.") % {"n": row.tasks.count()})
            return redirect("worklists:sheet", row.number)
    return render(request, "worklists/new.html", PAGE | {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@member_required
def sheet(request: MemberRequest, number: str) -> HttpResponse:
    """One list: how far each community and grid has come, and what waits for the member."""
    row, today = found_list(request, number), clock.local(clock.now()).date()
    communities = communities_of(row, request.member, today)
    grids = [one for community in communities for one in community.grids]
    given = {
        "row": row,
        "communities": communities,
        "progress": progress_of(grids),
        "waiting": [one for one in grids if one.waits],
        "is_late": row.stage == Stage.OPEN and row.due_on < today,
        "may_run": may(request.member, "worklists.run", row),
        "is_open": row.stage == Stage.OPEN,
    }
    return render(request, "worklists/sheet.html", PAGE | given)


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def withdraw(request: MemberRequest, number: str) -> HttpResponse:
    """It is not needed any longer."""
    row, form = found_list(request, number, "worklists.run"), ReasonForm(request.POST or None)
    if form.is_valid() and attempt(form, actions.withdraw_list, row, **form.cleaned_data, by=request.member):
        messages.success(request, _("The list is withdrawn, and the grids have been told."))
        return redirect("worklists:sheet", row.number)
    given = PAGE | {"row": row, "form": form, "title": _("Withdraw the list")}
    return render(request, "worklists/reason.html", given, status=422 if form.errors else 200)


@never_cache
@require_safe
@member_required
def export(request: MemberRequest, number: str) -> HttpResponse:
    """All results as a table to take away. That they were taken is noted."""
    row = found_list(request, number)
    note_list(row, by=request.member)
    return results_sheet(row, request.member)
