"""For officers: reports to look at, and decisions in force."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.kernel.public import clock, may
from jingwei.people.public import MemberRequest, attempt, duty_required, member_required
from jingwei.repeats import actions
from jingwei.repeats.forms import AnswerForm, LimitForm, RulesForm
from jingwei.repeats.models import Flag, Limit
from jingwei.repeats.policy import DECIDE, REVIEW, SET_UP
from jingwei.repeats.reading import limits_for, rules_in_force, waiting_for

PAGE = {"office": "repeats"}


@never_cache
@require_safe
@member_required
def home(request: MemberRequest) -> HttpResponse:
    """What waits, the oldest first, and what is in force, the next to end first."""
    member = request.member
    if not (member.has_duty(DECIDE) or member.has_duty(REVIEW)):
        raise Http404
    limits = limits_for(member, clock.now())
    shown = [(one, may(member, "repeats.lift", one), may(member, "repeats.review", one)) for one in limits]
    return render(request, "repeats/home.html", PAGE | {"waiting": waiting_for(member), "limits": shown})


def _flag(request: MemberRequest, key: UUID) -> Flag:
    flag = get_object_or_404(Flag.objects.select_related("case"), pk=key)
    if not may(request.member, "repeats.decide", flag):
        raise Http404
    return flag


def _limit(request: MemberRequest, key: UUID, permit: str) -> Limit:
    row = get_object_or_404(Limit, pk=key)
    if not may(request.member, permit, row):
        raise Http404
    return row


@require_POST
@duty_required(DECIDE)
def go_on(request: MemberRequest, key: UUID) -> HttpResponse:
    actions.go_on(_flag(request, key), by=request.member)
    messages.success(request, _("It goes on like any other report."))
    return redirect("repeats:home")


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(DECIDE)
def limit(request: MemberRequest, key: UUID) -> HttpResponse:
    """What holds for new reports from the same account, until when, and why."""
    flag, form = _flag(request, key), LimitForm(request.POST or None)
    if form.is_valid() and attempt(form, actions.limit_sender, flag, **form.cleaned_data, by=request.member):
        messages.success(request, _("It is decided, and the person concerned is told."))
        return redirect("repeats:home")
    given = PAGE | {"form": form, "flag": flag, "title": _("Decide a limit"), "send": pgettext("limit", "Decide")}
    return render(request, "repeats/limit.html", given, status=422 if form.errors else 200)


@require_POST
@duty_required(DECIDE)
def lift(request: MemberRequest, key: UUID) -> HttpResponse:
    actions.lift_limit(_limit(request, key, "repeats.lift"), by=request.member)
    messages.success(request, _("The limit is lifted, and the person concerned is told."))
    return redirect("repeats:home")


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(REVIEW)
def answer(request: MemberRequest, key: UUID) -> HttpResponse:
    """An appeal, heard by another person than the one who decided."""
    row, form = _limit(request, key, "repeats.review"), AnswerForm(request.POST or None)
    if form.is_valid() and attempt(form, actions.answer_appeal, row, **form.cleaned_data, by=request.member):
        messages.success(request, _("It is decided, and the person concerned is told."))
        return redirect("repeats:home")
    given = PAGE | {"form": form, "row": row, "title": _("Hear the appeal"), "send": pgettext("limit", "Decide")}
    return render(request, "repeats/answer.html", given, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(SET_UP)
def rules(request: MemberRequest) -> HttpResponse:
    """The rules: about reports, never about people."""
    there = rules_in_force()
    first = {"most": there.most, "hours": there.hours, "twin_hours": there.twin_hours, "words": "\n".join(there.words)}
    form = RulesForm(request.POST or None, initial=first)
    if form.is_valid():
        attempt(form, actions.set_rules, form.rules(), by=request.member)
        if not form.errors:
            messages.success(request, _("The rules hold for reports from now on."))
            return redirect("repeats:rules")
    title = pgettext("rail", "Rules about reports")
    given = {"office": "repeat-rules", "form": form, "title": title, "send": pgettext("rules", "Save")}
    return render(request, "repeats/rules.html", given, status=422 if form.errors else 200)
