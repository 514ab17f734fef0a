"""Sets on their pages: take what holds, bring another, see what it changes, try it on a day, put it into force."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.exchange.configuration import actions
from jingwei.exchange.configuration.comparing import compared
from jingwei.exchange.configuration.files import pack, unpack, written
from jingwei.exchange.configuration.forms import BringForm, DayForm
from jingwei.exchange.configuration.models import ConfigurationSet
from jingwei.kernel.public import Refused, clock
from jingwei.people.public import Member, MemberRequest, duty_required

OFFICE = {"office": "configuration"}
MOST_SHOWN = 200
"""Rows of one kind on a page: who changes more reads the file."""
open_to_administrators = duty_required("configuration.manage")


@never_cache
@require_http_methods(["GET", "POST"])
@open_to_administrators
def sets(request: MemberRequest) -> HttpResponse:
    """Every set there was, the newest first, and the form to bring another."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("configuration:set", _bring(form, request.member).number)
        except Refused as fault:
            form.add_error("file", fault.message)
    rows = ConfigurationSet.objects.select_related("brought_by", "adopted_by").defer("files")[:MOST_SHOWN]
    given = OFFICE | {"form": form, "sets": rows, "in_force": actions.in_force()}
    return render(request, "configuration/sets.html", given, status=422 if form.errors else 200)


def _bring(form: BringForm, by: Member) -> ConfigurationSet:
    return actions.bring_set(unpack(form.cleaned_data["file"]), note=form.cleaned_data["note"], by=by)


@never_cache
@require_safe
@open_to_administrators
def download(_request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The files of a set, or of what holds now."""
    files = written() if number is None else get_object_or_404(ConfigurationSet, number=number).files
    name = "now" if number is None else f"{number:04}"
    response = HttpResponse(pack(files), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="jingwei-configuration-{name}.zip"'
    return response


@never_cache
@require_safe
@open_to_administrators
def one_set(request: MemberRequest, number: int) -> HttpResponse:
    """What a set would change, what is wrong with it, and what a day would have been under it."""
    brought = get_object_or_404(ConfigurationSet, number=number)
    parts = compared(brought.files)
    faults = [fault for part in parts for fault in part.faults]
    form = DayForm(request.GET if "day" in request.GET else {"day": _yesterday()})
    trials = []
    if not faults and form.is_valid():
        day: date = form.cleaned_data["day"]
        trials = [(part.part, part.trial(day)) for part in parts if part.difference.is_there]
    given: dict[str, Any] = {
        "set": brought,
        "parts": parts,
        "faults": faults,
        "form": form,
        "trials": trials,
        "most": f":{MOST_SHOWN}",
    }
    given["is_in_force"] = brought == actions.in_force()
    given["is_different"] = not faults and any(part.difference.is_there for part in parts)
    return render(request, "configuration/set.html", OFFICE | given)


@require_POST
@open_to_administrators
def adopt(request: MemberRequest, number: int) -> HttpResponse:
    """From now on this set holds."""
    actions.adopt_set(get_object_or_404(ConfigurationSet, number=number), by=request.member)
    messages.success(request, _("Set %(number)d holds from now on.") % {"number": number})
    return redirect("configuration:set", number)


def _yesterday() -> date:
    return clock.local(clock.now()).date() - timedelta(days=1)
