"""Asked first: the two-tap form with one's own notes, in the field and at the desk; counts for leaders."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.counter import actions
from jingwei.counter.actions.asked import TAKEN_BACK_WITHIN
from jingwei.counter.asked import DAYS, overview_for, own_counts, own_notes, usual_kinds
from jingwei.counter.asked_forms import AskedForm, PeriodForm
from jingwei.counter.models import FirstAsked
from jingwei.counter.policy import NOTE, OVERVIEW
from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, attempt, duty_required


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@duty_required(NOTE)
def home(request: MemberRequest, *, is_field: bool) -> HttpResponse:
    """What somebody asked and how they were helped; below it one's own notes and counts."""
    member, now = request.member, clock.now()
    form = AskedForm(request.POST or None, member=member, kinds=usual_kinds(member))
    if form.is_valid() and attempt(form, actions.note_asked, form.cleaned_data["way"], by=member, **form.noted()):
        messages.success(request, _("Noted."))
        return redirect(request.path)
    given = {
        "office": "asked",
        "form": form,
        "ways": FirstAsked.Way.choices,
        "totals": _titled(own_counts(member, now - timedelta(days=DAYS))),
        "notes": [(one, now - one.asked_at <= TAKEN_BACK_WITHIN) for one in own_notes(member)],
        "take_back": "asked:field-take-back" if is_field else "asked:take-back",
    }
    page = "counter/asked_field.html" if is_field else "counter/asked.html"
    return render(request, page, given, status=422 if form.errors else 200)


@require_POST
@duty_required(NOTE)
def take_back(request: MemberRequest, key: UUID, *, is_field: bool) -> HttpResponse:
    row = get_object_or_404(FirstAsked, pk=key, member_id=request.member.pk)
    actions.take_back_asked(row, by=request.member)
    messages.success(request, _("The note is gone."))
    return redirect("asked:field" if is_field else "asked:home")


@never_cache
@require_safe
@duty_required(OVERVIEW)
def overview(request: MemberRequest) -> HttpResponse:
    """How people were helped, by area and by kind of matter."""
    form = PeriodForm(request.GET)
    days = form.cleaned_data["days"] if form.is_valid() else DAYS
    found = overview_for(request.member, clock.now(), days)
    given = {
        "office": "asked-overview",
        "form": PeriodForm(initial={"days": days}),
        "ways": FirstAsked.Way.choices,
        "overview": found,
        "totals": _titled(found.all),
    }
    return render(request, "counter/asked_overview.html", given)


def _titled(counts: Iterable[int]) -> list[tuple[Any, int]]:
    """Counts in the order of the ways, each with what its way is called."""
    return list(zip(FirstAsked.Way.labels, counts, strict=False))
