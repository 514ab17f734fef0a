"""For whoever works in the grid: what is to be done, and the form of one task."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, attempt, duty_required
from jingwei.worklists import actions
from jingwei.worklists.forms import AnswerForm
from jingwei.worklists.models import Answer, Task
from jingwei.worklists.policy import ANSWER
from jingwei.worklists.reading import TaskSheet, to_do
from jingwei.worklists.rules import Status
from jingwei.worklists.web.finding import found_task


@never_cache
@require_safe
@duty_required(ANSWER)
def mine(request: MemberRequest) -> HttpResponse:
    """What waits in the member's grids, the first due first."""
    tasks = to_do(request.member, clock.local(clock.now()).date())
    return render(request, "worklists/field/mine.html", {"tasks": tasks})


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(ANSWER)
def task(request: MemberRequest, key: UUID) -> HttpResponse:
    """One task: its form as long as it waits for an answer, then what was answered. `again`: to be looked at first."""
    row = found_task(request, key, "worklists.answer")
    sheet = TaskSheet(row, request.member)
    if row.status == Status.WITHDRAWN:
        raise Http404
    if row.status != Status.ASSIGNED:
        return render(request, "worklists/field/reported.html", {"sheet": sheet, "row": row})
    form = AnswerForm(sheet, request.POST or None, request.FILES or None)
    done = _sent(request, row, form) if request.method == "POST" and "again" not in request.POST else None
    given = {"sheet": sheet, "row": row, "form": form}
    return done or render(request, "worklists/field/task.html", given, status=422 if form.errors else 200)


def _sent(request: MemberRequest, row: Task, form: AnswerForm) -> HttpResponse | None:
    """Where it goes on, once what the form says is kept; None as long as it is not. Half a form is kept as well."""
    if not form.is_valid() or not attempt(form, actions.keep_answers, row, form.given(), by=request.member):
        return None
    if "raise" in request.POST:
        return _raised(request, row, form)
    if "keep" in request.POST:
        messages.success(request, _("It is kept. Nothing has been reported yet."))
        return redirect("worklists:mine")
    if not attempt(form, actions.report_task, row, {}, by=request.member):
        return None
    messages.success(request, _("It is reported to the community."))
    return redirect("worklists:mine")


def _raised(request: MemberRequest, row: Task, form: AnswerForm) -> HttpResponse | None:
    """A case of the answer beside whose button this is."""
    item = form.item_at(request.POST["raise"])
    answer = Answer.objects.filter(task=row, item=item).first() if item else None
    if answer is None:
        form.add_error(None, _("Say what you found, or take a photo: then it can become a case."))
        return None
    case = attempt(form, actions.raise_answer, answer, by=request.member)
    if not case:
        return None
    messages.success(request, _("Case %(number)s is open, and stays linked to the answer.") % {"number": case.number})
    return redirect("worklists:task", row.pk)
