"""Whoever answers residents: the worker of a grid in the field, the community at its desk; and the terms of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jingwei.conversations.actions import set_terms
from jingwei.conversations.attending import hours_allowed
from jingwei.conversations.forms import TermsForm
from jingwei.conversations.policy import ANSWER, SET_UP, WATCH
from jingwei.conversations.reading import threads
from jingwei.conversations.web.talking import show, visible
from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, attempt, duty_required


@never_cache
@require_safe
@duty_required(ANSWER)
def in_field(request: MemberRequest) -> HttpResponse:
    """Who has written, those who wait first."""
    return render(request, "conversations/field/threads.html", {"rows": threads(request.member, clock.now())})


@never_cache
@require_safe
@duty_required(ANSWER)
def thread(request: MemberRequest, key: UUID) -> HttpResponse:
    return show(request, visible(request, key, "conversations.answer"), "conversations/field/thread.html")


@never_cache
@require_safe
@duty_required(WATCH)
def at_desk(request: MemberRequest) -> HttpResponse:
    """Who waits for an answer that is overdue."""
    return render(request, "conversations/desk/threads.html", {"rows": threads(request.member, clock.now())})


@never_cache
@require_safe
@duty_required(WATCH)
def raised(request: MemberRequest, key: UUID) -> HttpResponse:
    return show(request, visible(request, key, "conversations.answer"), "conversations/desk/thread.html")


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(SET_UP)
def terms(request: MemberRequest) -> HttpResponse:
    """How long a first answer may take."""
    form = TermsForm(request.POST or None, initial={"hours": hours_allowed()})
    if form.is_valid() and attempt(form, set_terms, form.cleaned_data["hours"], by=request.member):
        messages.success(request, _("The time limit is kept. It counts for what is written from now on."))
        return redirect("conversations:terms")
    given = {"office": "conversations", "form": form}
    return render(request, "conversations/desk/terms.html", given, status=422 if form.errors else 200)
