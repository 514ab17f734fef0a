"""The calendar of an office: its year, its hours, its own days, and what a limit would come to on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.calendars.actions import check_days as check
from jingwei.calendars.actions import set_days, set_hours, supposed, withdraw_days
from jingwei.calendars.current import calendars
from jingwei.calendars.explained import explain
from jingwei.calendars.forms import CalculatorForm, DaysForm, HoursForm
from jingwei.calendars.impact import Impact, impact_of
from jingwei.calendars.models import OwnDays
from jingwei.calendars.offices import Office, offices_of
from jingwei.calendars.policy import MANAGE
from jingwei.calendars.web.shown import find_office, office_shown, year_of
from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, attempt, duty_required

PAGE = {"office": "calendars"}


@require_safe
@duty_required(MANAGE)
def home(request: MemberRequest) -> HttpResponse:
    """To the first office of the member: the district, as a rule."""
    offices = offices_of(request.member)
    if not offices:
        return render(request, "calendars/nothing.html", PAGE)
    return redirect("calendars:office", offices[0].key)


@never_cache
@require_safe
@duty_required(MANAGE)
def office(request: MemberRequest, key: str) -> HttpResponse:
    """The year of an office, day by day, with its hours and its own days."""
    shown, offices = find_office(request.member, key)
    year = year_of(request.GET.get("year", ""), clock.local(clock.now()).date())
    return render(request, "calendars/office.html", _about(shown, offices) | office_shown(shown, year))


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(MANAGE)
def hours(request: MemberRequest, key: str) -> HttpResponse:
    """New hours from a day on."""
    shown, offices = find_office(request.member, key)
    schedule = shown.calendar(calendars()).schedule(clock.local(clock.now()).date())
    form = HoursForm(request.POST or None, schedule=schedule)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, set_hours, shown.holder, data["schedule"], begins_on=data["begins_on"], by=request.member):
            messages.success(request, _("The hours are set. They count for what is dispatched from then on."))
            return redirect("calendars:office", key)
    status = 422 if form.errors else 200
    return render(request, "calendars/hours.html", _about(shown, offices) | {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(MANAGE)
def days(request: MemberRequest, key: str) -> HttpResponse:
    """Closed days, or open ones: first what they would move, then, confirmed, for good."""
    shown, offices = find_office(request.member, key)
    form = DaysForm(request.POST or None)
    impact = None
    if form.is_valid():
        if "confirm" in request.POST:
            if attempt(form, set_days, shown.holder, by=request.member, **form.cleaned_data):
                messages.success(request, _("The days are entered. Open cases get their new dates within a minute."))
                return redirect("calendars:office", key)
        else:
            impact = attempt(form, _impact_of_days, shown, form)
    given = {"form": form, "impact": impact}
    return render(request, "calendars/days.html", _about(shown, offices) | given, status=422 if form.errors else 200)


def _impact_of_days(shown: Office, form: DaysForm) -> Impact:
    """What the days would move; Refused where they make no sense."""
    data = dict(form.cleaned_data)
    stretches = [one.write() for one in data.pop("hours")]
    department_id = shown.holder[1] if shown.is_department else None
    row = OwnDays(code=shown.code, department_id=department_id, hours=stretches, **data)
    check(row, clock.local(clock.now()).date())
    return impact_of(supposed(row))


@require_POST
@duty_required(MANAGE)
def withdraw(request: MemberRequest, key: str, row: int) -> HttpResponse:
    """Own days are ordinary again."""
    shown, _offices = find_office(request.member, key)
    found = OwnDays.objects.filter(pk=row, code=shown.code).first()
    if found is None or found.holder != shown.holder:
        raise Http404
    withdraw_days(found, by=request.member)
    messages.success(request, _("The days are ordinary again. Dates that were moved stay where they are."))
    return redirect("calendars:office", key)


@never_cache
@require_safe
@duty_required(MANAGE)
def calculator(request: MemberRequest) -> HttpResponse:
    """What a limit comes to, line by line, on any calendar."""
    offices = offices_of(request.member)
    now = clock.local(clock.now()).replace(second=0, microsecond=0)
    form = CalculatorForm(request.GET if "start" in request.GET else None, offices=offices, initial={"start": now})
    explanation = None
    if form.is_valid():
        shown = next(one for one in offices if one.key == form.cleaned_data["office"])
        explanation = explain(form.limit, form.cleaned_data["start"], shown.calendar(calendars()))
    given: dict[str, Any] = {"form": form, "explanation": explanation}
    return render(request, "calendars/calculator.html", PAGE | given, status=422 if form.errors else 200)


def _about(shown: Office, offices: list[Office]) -> dict[str, Any]:
    return PAGE | {"shown": shown, "offices": offices}
