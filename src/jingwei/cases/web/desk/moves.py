"""Moves from the desk: a form in a dialog, and the same form on a page of its own where there is no JavaScript."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from jingwei.cases.actions.reading import open_words
from jingwei.cases.forms import ClassForm, DispatchForm, MoveForm, PassOnForm
from jingwei.cases.joinable import joinable
from jingwei.cases.models import Case
from jingwei.cases.offers import require_offered
from jingwei.cases.sheet import Sheet
from jingwei.cases.suggesting import suggest
from jingwei.cases.web.desk.cases import open_case
from jingwei.cases.web.desk.previews import conditions_shown, dispatch_limits
from jingwei.cases.web.desk.screens import SCREENS, Screen
from jingwei.cases.web.moving import back_to, form_of, is_made, seen_of, shown
from jingwei.cases.web.pieces import drop_used, files_of, kept_photos
from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, duty_required

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
    require_offered(case, request.member, verb)
    return _show(request, screen, case, form_of(screen, case, request.member, initial=_so_far(request.POST)))


@never_cache
@require_safe
@duty_required("cases.see")
def choice(request: MemberRequest, number: str, verb: str) -> HttpResponse:
    """The categories and conditions for what is typed or chosen so far, as a part of the form."""
    screen, case = _screen(verb), open_case(request.member, number)
    form = form_of(screen, case, request.member, initial=_so_far(request.GET))
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


def _so_far(data: Mapping[str, str]) -> dict[str, str]:
    """What was typed before another look; a category that was picked counts as chosen."""
    typed = {name: data[name] for name in data if name not in {"seen", "pick"}}
    return typed | ({"category": data["pick"]} if "pick" in data else {})


def _send(request: MemberRequest, screen: Screen, case: Case) -> HttpResponse:
    form = form_of(screen, case, request.member, request.POST, files_of(request))
    if is_made(form, screen, request.member):
        drop_used(request)
        return _done(request, screen, case)
    status = 409 if form.non_field_errors() else 422
    seen = seen_of(form)
    form.catch_up()
    response = _show(request, screen, case, form, seen=seen)
    response.status_code = status
    return reswap(retarget(response, "#dialog"), "innerHTML") if request.htmx else response


def _done(request: MemberRequest, screen: Screen, case: Case) -> HttpResponse:
    messages.success(request, screen.done % {"number": case.number})
    back = _back(request, case)
    return HttpResponseClientRedirect(back) if request.htmx else HttpResponseRedirect(back)


def _back(request: MemberRequest, case: Case) -> str:
    return back_to(request, resolve_url("desk:case", case.number))


def _show(
    request: MemberRequest, screen: Screen, case: Case, form: MoveForm, *, seen: int | None = None
) -> HttpResponse:
    sheet = Sheet(case, request.member, clock.now())
    context = {
        "frame": "cases/desk/moves/dialog.html" if request.htmx else "cases/desk/moves/page.html",
        **shown(screen, sheet, form, back=_back(request, case), seen=seen),
        "kept": kept_photos(request, form),
    }
    return render(request, screen.template, context | _extra(form, sheet, sheet.now))


def _extra(form: MoveForm, sheet: Sheet, now: datetime) -> dict[str, Any]:
    """What stands beside the fields of certain moves. Over the categories stand the words of the report."""
    if isinstance(form, DispatchForm) and not isinstance(form, PassOnForm):
        return {"limits": dispatch_limits(sheet.case, now)}
    if isinstance(form, ClassForm) and "category" in form.fields:
        if sheet.may_contact:
            open_words(sheet.case, sheet.record.report, by=sheet.member)
        return _classes(form, sheet) | {"twins": joinable(sheet)}
    return {}


def _classes(form: MoveForm, sheet: Sheet) -> dict[str, Any]:
    look = str(form["look"].value() or "")
    return {
        "suggested": suggest(look or sheet.words, MOST_SUGGESTED),
        "is_nothing_found": bool(look) and not suggest(look, 1),
        "conditions": conditions_shown(form, sheet.case) if isinstance(form, ClassForm) else [],
    }
