"""For the community and for the office that asked: one grid's results, and what becomes of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.kernel.public import may
from jingwei.people.public import MemberRequest, attempt, member_required
from jingwei.worklists import actions
from jingwei.worklists.forms import ReasonForm
from jingwei.worklists.models import Task
from jingwei.worklists.privacy import note_task
from jingwei.worklists.reading import TaskSheet
from jingwei.worklists.rules import Status
from jingwei.worklists.web.desk import PAGE
from jingwei.worklists.web.finding import found_task


@never_cache
@require_safe
@member_required
def result(request: MemberRequest, key: UUID) -> HttpResponse:
    """What one grid has answered, and how it went. That it was read is noted."""
    row = found_task(request, key)
    note_task(row, by=request.member)
    may_sort = may(request.member, "worklists.sort", row)
    given = {
        "row": row,
        "sheet": TaskSheet(row, request.member),
        "sorts": may_sort and row.status == Status.REPORTED,
        "decides": row.status == Status.SORTED and may(request.member, "worklists.decide", row),
        "raises": row.status != Status.WITHDRAWN and (may_sort or may(request.member, "worklists.answer", row)),
    }
    return render(request, "worklists/result.html", PAGE | given)


def _done(row: Task, said: str, request: MemberRequest) -> HttpResponse:
    messages.success(request, said)
    return redirect("worklists:sheet", row.work_list.number)


@require_POST
@member_required
def accept(request: MemberRequest, key: UUID) -> HttpResponse:
    row = found_task(request, key, "worklists.sort")
    actions.accept_task(row, by=request.member)
    return _done(row, _("It is in order, and goes back to the office that asked."), request)


@require_POST
@member_required
def strike_off(request: MemberRequest, key: UUID) -> HttpResponse:
    row = found_task(request, key, "worklists.decide")
    actions.strike_off_task(row, by=request.member)
    return _done(row, _("It is struck off."), request)


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def send_back(request: MemberRequest, key: UUID) -> HttpResponse:
    """To the grid, with the reason."""
    row = found_task(request, key, "worklists.sort")
    return _reasoned(request, row, actions.send_back_task, _("Send it back to the grid"))


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def return_(request: MemberRequest, key: UUID) -> HttpResponse:
    """To the community, with the reason."""
    row = found_task(request, key, "worklists.decide")
    return _reasoned(request, row, actions.return_task, _("Return it to the community"))


def _reasoned(request: MemberRequest, row: Task, act: Callable[..., Any], title: str) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(form, act, row, **form.cleaned_data, by=request.member):
        return _done(row, _("It is sent back, and whoever goes on with it has been told."), request)
    given = PAGE | {"row": row.work_list, "task": row, "form": form, "title": title}
    return render(request, "worklists/reason.html", given, status=422 if form.errors else 200)
