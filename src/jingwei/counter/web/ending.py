"""What becomes of a call. Whatever is still in the form is kept first, so that nothing is lost on the way."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jingwei.cases.public import Case
from jingwei.counter import actions
from jingwei.counter.forms import CallForm, WrapForm
from jingwei.counter.models import Call
from jingwei.counter.policy import TAKE
from jingwei.counter.scripts import script_for
from jingwei.counter.web.calls import find, look, show
from jingwei.kernel.public import may
from jingwei.people.public import MemberRequest, attempt, member_required


@require_POST
@member_required
def report(request: MemberRequest, key: UUID) -> HttpResponse:
    """It becomes a case."""
    return _end(request, key, lambda call, _form: actions.report_call(call, by=request.member))


@require_POST
@member_required
def answer(request: MemberRequest, key: UUID) -> HttpResponse:
    """It was answered at once; a prepared answer comes with the button that was pressed."""

    def act(call: Call, form: CallForm) -> Call:
        said = request.POST.get("ready") or form.cleaned_data.get("answer", "")
        return actions.answer_call(call, answer=said, by=request.member)

    return _end(request, key, act)


@require_POST
@member_required
def follow(request: MemberRequest, key: UUID) -> HttpResponse:
    """It is known already: the caller follows that case."""
    case = Case.objects.by_numbers([request.POST.get("case", "")]).first()
    if case is None or not may(request.member, "cases.desk", case):
        raise Http404
    wants = "wants_news" in request.POST
    return _end(request, key, lambda call, _form: actions.follow_call(call, case, wants_news=wants, by=request.member))


@require_POST
@member_required
def drop(request: MemberRequest, key: UUID) -> HttpResponse:
    """Nothing came of it."""
    return _end(request, key, lambda call, _form: actions.drop_call(call, by=request.member))


@require_POST
@member_required
def wrap(request: MemberRequest, key: UUID) -> HttpResponse:
    """The work behind it is done."""
    call = find(request, key)
    form = WrapForm(request.POST, call=call)
    if not form.is_valid():
        return look(request, call, form)
    actions.wrap_call(call, by=request.member, **form.cleaned_data)
    messages.success(request, _("The call is done."))
    return redirect("counter:home" if request.member.has_duty(TAKE) else "desk:home")


def _end(request: MemberRequest, key: UUID, act: Callable[[Call, CallForm], Any]) -> HttpResponse:
    """Keep what was typed, end the call by `act`, and go on to the wrap-up; or say over the form why not."""
    call = find(request, key)
    form = CallForm(request.POST, call=call)
    script = script_for(form.category_code)
    form.offer_questions(script)
    call = actions.write_call(call, by=request.member, script_id=script.pk if script else None, **form.written())
    if not form.errors and attempt(form, act, call, form):
        return redirect("counter:call", key)
    call.refresh_from_db()
    return show(request, call, form)
