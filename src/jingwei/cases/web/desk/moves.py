"""Moves from the desk: a form in a dialog, and the same form on a page of its own where there is no JavaScript."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from jingwei.cases.catalogue import suggest
from jingwei.cases.forms import ClassForm, DispatchForm, MoveForm
from jingwei.cases.models import Case, Step
from jingwei.cases.parties import party_groups
from jingwei.cases.sheet import Sheet
from jingwei.cases.web.desk.cases import open_case
from jingwei.cases.web.desk.previews import conditions_shown, dispatch_limits
from jingwei.cases.web.desk.screens import SCREENS, Screen
from jingwei.cases.workflow import check_move
from jingwei.kernel.public import clock, may, require
from jingwei.people.public import Member, MemberRequest, attempt, duty_required

MOST_SUGGESTED = 5
LOOKING = frozenset({"again", "pick"})
"""Buttons that ask for another look at the form rather than send it."""


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required("cases.see")
def move(request: MemberRequest, number: str, verb: str) -> HttpResponse:
    """The form of one move, and what becomes of it."""
    screen, case = _screen(verb), open_case(request.member, number)
    if request.method == "POST" and not LOOKING & request.POST.keys():
        return _send(request, screen, case)
    check_move(verb, case.status)
    require(request.member, f"cases.{verb}", case)
    return _show(request, screen, case, _form(screen, case, request.member, initial=_so_far(request.POST)))


@never_cache
@require_safe
@duty_required("cases.see")
def choice(request: MemberRequest, number: str, verb: str) -> HttpResponse:
    """The categories and conditions for what is typed or chosen so far, as a part of the form."""
    screen, case = _screen(verb), open_case(request.member, number)
    form = _form(screen, case, request.member, initial=_so_far(request.GET))
    if "category" not in form.fields:
        raise Http404
    sheet = Sheet(case, request.member, clock.now())
    return render(
        request,
        "cases/desk/moves/choice.html",
        {"screen": screen, "form": form, "sheet": sheet} | _classes(form, sheet),
    )


def _screen(verb: str) -> Screen:
    screen = SCREENS.get(verb)
    if screen is None:
        raise Http404
    return screen


def _form(screen: Screen, case: Case, member: Member, *args: Any, **options: Any) -> MoveForm:
    if issubclass(screen.form, DispatchForm):
        options["groups"] = party_groups(case, clock.now())
    form = screen.form(*args, case=case, **options)
    if "photos" in form.fields and not may(member, "cases.add_photo", case):
        del form.fields["photos"]
    return form


def _so_far(data: Mapping[str, str]) -> dict[str, str]:
    """What was typed before another look; a category that was picked counts as chosen."""
    typed = {name: data[name] for name in data if name not in {"seen", "pick"}}
    return typed | ({"category": data["pick"]} if "pick" in data else {})


def _send(request: MemberRequest, screen: Screen, case: Case) -> HttpResponse:
    form = _form(screen, case, request.member, request.POST, request.FILES)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        if _is_done_already(case, seen, screen, request.member) or attempt(form, screen.make, form, request.member):
            return _done(request, screen, case)
        case.refresh_from_db()
    status = 409 if form.non_field_errors() else 422
    seen = form["seen"].value()
    form.catch_up()
    response = _show(request, screen, case, form, seen=int(seen) if str(seen).isdigit() else case.version)
    response.status_code = status
    return reswap(retarget(response, "#dialog"), "innerHTML") if request.htmx else response


def _is_done_already(case: Case, seen: int, screen: Screen, member: Member) -> bool:
    """Whether the member made this very move on what they saw: the same form, sent twice."""
    step = Step.objects.filter(case_id=case.pk).order_by("pk")[seen : seen + 1].first()
    return step is not None and step.actor_id == member.pk and step.verb in screen.verbs


def _done(request: MemberRequest, screen: Screen, case: Case) -> HttpResponse:
    messages.success(request, screen.done % {"number": case.number})
    back = _back(request, case)
    return HttpResponseClientRedirect(back) if request.htmx else HttpResponseRedirect(back)


def _back(request: MemberRequest, case: Case) -> str:
    """Where the move was begun, if that is on this site; else the case."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_safe else resolve_url("desk:case", case.number)


def _show(
    request: MemberRequest, screen: Screen, case: Case, form: MoveForm, *, seen: int | None = None
) -> HttpResponse:
    sheet = Sheet(case, request.member, clock.now())
    context = {
        "frame": "cases/desk/moves/dialog.html" if request.htmx else "cases/desk/moves/page.html",
        "screen": screen,
        "sheet": sheet,
        "form": form,
        "back": _back(request, case),
        "news": sheet.since(seen) if seen is not None else [],
        "why_not": next((one.why_not for one in sheet.buttons if one.verb == screen.verb), ""),
    }
    return render(request, screen.template, context | _extra(form, sheet, sheet.now))


def _extra(form: MoveForm, sheet: Sheet, now: datetime) -> dict[str, Any]:
    """What stands beside the fields of certain moves."""
    if isinstance(form, DispatchForm):
        return {"limits": dispatch_limits(sheet.case, now)}
    if isinstance(form, ClassForm) and "category" in form.fields:
        return _classes(form, sheet)
    return {}


def _classes(form: MoveForm, sheet: Sheet) -> dict[str, Any]:
    look = str(form["look"].value() or "")
    return {
        "suggested": suggest(look or sheet.words, MOST_SUGGESTED),
        "is_nothing_found": bool(look) and not suggest(look, 1),
        "conditions": conditions_shown(form, sheet.case) if isinstance(form, ClassForm) else [],
    }
