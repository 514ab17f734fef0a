"""Emergencies at the desk: the list, one incident, and what is done there. On a phone it is the page of a call."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.cases.public import Case, alarm_case
from jingwei.emergency.actions import add_note, answer_incident, answer_step, stand_down
from jingwei.emergency.board import board_of, last_incident, rows_for
from jingwei.emergency.forms import AlarmForm, NoteForm, StandDownForm, StepForm
from jingwei.emergency.models import Incident, PlanStep
from jingwei.emergency.policy import ANSWERS
from jingwei.kernel.public import clock, may
from jingwei.people.public import MemberRequest, attempt, duty_required

PAGE = {"office": "emergencies"}


def worked_on(request: MemberRequest, number: str) -> Incident:
    """The last alarm of the case, if this member works on it. Raises Http404."""
    incident = last_incident(number, request.member)
    if incident is None:
        raise Http404
    return incident


@never_cache
@require_safe
@duty_required(ANSWERS)
def incidents(request: MemberRequest) -> HttpResponse:
    """Alarms that are on, and those of the last weeks."""
    running, ended = rows_for(request.member, clock.now())
    return render(request, "emergency/incidents.html", PAGE | {"running": running, "ended": ended})


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(ANSWERS)
def incident(request: MemberRequest, number: str) -> HttpResponse:
    """One incident: who leads or is called, the plan, the log. What is posted is a note for the log."""
    found = worked_on(request, number)
    form = NoteForm(request.POST or None)
    if form.is_valid():
        attempt(form, add_note, found, words=form.cleaned_data["words"], by=request.member)
        if not form.errors:
            return redirect("emergency:incident", number)
    given = {"board": board_of(found, request.member), "form": form}
    return render(request, "emergency/incident.html", given, status=422 if form.errors else 200)


@require_POST
@duty_required(ANSWERS)
def answer(request: MemberRequest, number: str) -> HttpResponse:
    """I take it."""
    answer_incident(worked_on(request, number), by=request.member)
    messages.success(request, _("You lead now. Nobody else is called."))
    return redirect("emergency:incident", number)


@require_POST
@duty_required(ANSWERS)
def done(request: MemberRequest, number: str, step: int) -> HttpResponse:
    """A step of the plan is done."""
    answer_step(worked_on(request, number), step, answer=PlanStep.Answer.DONE, by=request.member)
    return redirect("emergency:incident", number)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(ANSWERS)
def not_needed(request: MemberRequest, number: str, step: int) -> HttpResponse:
    """A step of the plan is not needed, and why."""
    found = worked_on(request, number)
    row = found.steps.filter(number=step).first()
    if row is None:
        raise Http404
    form = StepForm(request.POST or None)
    if form.is_valid():
        told = {"answer": PlanStep.Answer.NOT_NEEDED, "words": form.cleaned_data["words"]}
        if attempt(form, answer_step, found, step, by=request.member, **told):
            return redirect("emergency:incident", number)
    given = {"incident": found, "step": row, "form": form}
    return render(request, "emergency/not_needed.html", given, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(ANSWERS)
def end(request: MemberRequest, number: str) -> HttpResponse:
    """Stand down, by whoever leads."""
    found = worked_on(request, number)
    board = board_of(found, request.member)
    if not board.may_end:
        raise Http404
    form = StandDownForm(request.POST or None)
    if form.is_valid() and attempt(form, stand_down, found, by=request.member, **form.cleaned_data):
        messages.success(request, _("The alarm is stood down."))
        return redirect("emergency:incident", number)
    given = {"board": board, "form": form}
    return render(request, "emergency/stand_down.html", given, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(ANSWERS)
def alarm(request: MemberRequest, number: str) -> HttpResponse:
    """The duty officer raises the alarm for a case that was reported or filed."""
    case = Case.objects.by_numbers([number]).select_related("category", "condition").first()
    if case is None or not (may(request.member, "cases.see", case) and may(request.member, "cases.alarm", case)):
        raise Http404
    form = AlarmForm(request.POST or None)
    if form.is_valid() and attempt(form, alarm_case, case, by=request.member, **form.cleaned_data):
        messages.success(request, _("The alarm is raised: whoever is on duty is called."))
        return redirect("emergency:incident", number)
    given = {"case": case, "form": form}
    return render(request, "emergency/alarm.html", given, status=422 if form.errors else 200)
