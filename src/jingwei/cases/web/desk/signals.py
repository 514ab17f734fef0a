"""What follows when time runs out: the rules of signals and the quiet hours, for the administrator."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.calendars.public import quiet_hours, set_quiet_hours
from jingwei.cases.actions import set_signal_rules
from jingwei.cases.forms_signals import QuietHoursForm, SignalRuleForm
from jingwei.cases.kinds import kind_name
from jingwei.cases.models import SignalRule
from jingwei.cases.signals.kinds import Signal
from jingwei.cases.signals.rules import edition_of, rules_in_force, write_rule
from jingwei.cases.signals.words import cases_said, deeds_said
from jingwei.people.public import MemberRequest, attempt, duty_required

DUTY = "configuration.manage"
PAGE = {"office": "signals"}


@never_cache
@require_safe
@duty_required(DUTY)
def signals(request: MemberRequest) -> HttpResponse:
    """The rules in their order, by signal, and the quiet hours."""
    hours = quiet_hours()
    quiet = QuietHoursForm(initial={"begins": hours.begins, "ends": hours.ends})
    return _listed(request, quiet)


def _listed(request: MemberRequest, quiet: QuietHoursForm) -> HttpResponse:
    rules = rules_in_force()
    groups = [
        {
            "signal": signal.label,
            "rules": [
                {
                    "number": rule.number,
                    "cases": cases_said(rule, kind_name(rule.category_code)),
                    "deeds": deeds_said(rule),
                }
                for rule in rules
                if rule.signal == signal
            ],
        }
        for signal in Signal
    ]
    given = PAGE | {"groups": groups, "quiet": quiet, "edition": edition_of(rules)}
    return render(request, "cases/desk/signals.html", given, status=422 if quiet.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(DUTY)
def rule(request: MemberRequest, number: int = 0) -> HttpResponse:
    """A rule to be changed, or a new one where no number is given."""
    rules = rules_in_force()
    found = _find(rules, number) if number else None
    form = SignalRuleForm(
        request.POST or None, rules=rules, edition=edition_of(rules), place=number, initial=_typed(found)
    )
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        if attempt(form, set_signal_rules, form.rules, seen=seen, by=request.member):
            messages.success(request, _("The rule is saved. It counts for signals given from now on."))
            return redirect("desk:signals")
    given = PAGE | {"form": form, "number": number}
    return render(request, "cases/desk/signal_rule.html", given, status=422 if form.errors else 200)


@require_POST
@duty_required(DUTY)
def remove(request: MemberRequest, number: int) -> HttpResponse:
    """A rule holds no more."""
    rules = rules_in_force()
    gone = _find(rules, number)
    seen = request.POST.get("seen", "")
    left = [rule for rule in rules if rule is not gone]
    set_signal_rules(left, seen=int(seen) if seen.isdecimal() else None, by=request.member)
    messages.success(request, _("The rule is gone."))
    return redirect("desk:signals")


@require_POST
@duty_required(DUTY)
def quiet(request: MemberRequest) -> HttpResponse:
    """Other quiet hours."""
    form = QuietHoursForm(request.POST)
    if form.is_valid() and attempt(form, set_quiet_hours, *form.hours, by=request.member):
        messages.success(request, _("The quiet hours are set."))
        return redirect("desk:signals")
    return _listed(request, form)


def _find(rules: list[SignalRule], number: int) -> SignalRule:
    found = next((rule for rule in rules if rule.number == number), None)
    if found is None:
        raise Http404
    return found


def _typed(rule: SignalRule | None) -> dict[str, object]:
    """What the form shows of a rule."""
    return {**write_rule(rule), "tell": rule.tell} if rule else {}
