"""What those who mediate write down: sessions, the agreement, visits, and how it goes on."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jingwei.kernel.public import Refused
from jingwei.mediation import actions
from jingwei.mediation.forms import AgreementForm, EndForm, PlanForm, ReasonForm, SessionForm, VisitedForm, VisitForm
from jingwei.mediation.models import Agreement, Mediation
from jingwei.mediation.web.finding import asked, back, found
from jingwei.people.public import MemberRequest, attempt, member_required

WORK = "mediation.work"


def _done(
    request: MemberRequest, row: Mediation, form: forms.Form, act: Callable[..., Any], *about: Any
) -> HttpResponse | None:
    """Back to the file, once `act` has done what the form says; None as long as it has not."""
    given = form.given() if isinstance(form, SessionForm) and form.is_valid() else None
    if form.is_valid() and attempt(form, act, row, *about, **(given or form.cleaned_data), by=request.member):
        messages.success(request, _("It is written down."))
        return back(row)
    return None


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def plan(request: MemberRequest, number: str) -> HttpResponse:
    """A session to come."""
    row = found(request, number, WORK)
    form = PlanForm(request.POST or None)
    done = _done(request, row, form, actions.plan_session)
    return done or asked(request, row, form, _("Plan a session"), _("Those who mediate are reminded on the day."))


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def session(request: MemberRequest, number: str, key: UUID | None = None) -> HttpResponse:
    """A session that was held, planned before or not."""
    row = found(request, number, WORK)
    planned = get_object_or_404(row.sessions, pk=key, said="") if key else None
    first = {"held_at": planned.held_at, "place": planned.place} if planned else {}
    form = SessionForm(row, request.POST or None, initial=first)
    done = _done(request, row, form, actions.hold_session, planned)
    return done or asked(request, row, form, _("Write down a session"))


@require_POST
@member_required
def drop_session(request: MemberRequest, number: str, key: UUID) -> HttpResponse:
    row = found(request, number, WORK)
    actions.drop_session(get_object_or_404(row.sessions, pk=key), by=request.member)
    return back(row)


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def agreement(request: MemberRequest, number: str) -> HttpResponse:
    """What was agreed, as long as nobody has signed it."""
    row = found(request, number, WORK)
    there = Agreement.objects.filter(mediation=row).first()
    first = {"text": there.text, "is_oral": there.is_oral} if there else {}
    form = AgreementForm(request.POST or None, initial=first)
    done = _done(request, row, form, actions.write_agreement)
    return done or asked(request, row, form, _("Agreement"), _("Then print it, and note who has signed it when."))


@require_POST
@member_required
def plan_visit(request: MemberRequest, number: str) -> HttpResponse:
    row, form = found(request, number, WORK), VisitForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Give the day as a date."))
    actions.plan_visit(row, form.cleaned_data["due_on"], by=request.member)
    messages.success(request, _("The visit is planned. You are reminded in the morning."))
    return back(row)


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def visit(request: MemberRequest, number: str, key: UUID) -> HttpResponse:
    """What a visit found."""
    row = found(request, number, WORK)
    one = get_object_or_404(row.visits.select_related("mediation"), pk=key, made_at=None)
    form = VisitedForm(request.POST or None)
    if form.is_valid() and attempt(form, actions.make_visit, one, **form.cleaned_data, by=request.member):
        messages.success(request, _("It is written down."))
        return back(row)
    return asked(request, row, form, _("Follow-up visit"))


@require_POST
@member_required
def drop_visit(request: MemberRequest, number: str, key: UUID) -> HttpResponse:
    row = found(request, number, WORK)
    actions.drop_visit(get_object_or_404(row.visits, pk=key), by=request.member)
    return back(row)


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def end(request: MemberRequest, number: str) -> HttpResponse:
    """What came of it."""
    row = found(request, number, WORK)
    form = EndForm(request.POST or None)
    return _done(request, row, form, actions.end_mediation) or asked(request, row, form, _("End the mediation"))


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def escalate(request: MemberRequest, number: str) -> HttpResponse:
    """It failed here: to the level above."""
    row = found(request, number, WORK)
    form = ReasonForm(request.POST or None)
    said = _("The level above mediates. You go on knowing the file until somebody there arranges it otherwise.")
    done = _done(request, row, form, actions.escalate_mediation)
    return done or asked(request, row, form, _("Pass it on to the level above"), said)


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def resume(request: MemberRequest, number: str) -> HttpResponse:
    """What was agreed is not kept, or they want another try."""
    row = found(request, number, WORK)
    form = ReasonForm(request.POST or None)
    return _done(request, row, form, actions.resume_mediation) or asked(request, row, form, _("Take it up again"))
