"""The alarm from a call: first the three numbers, then the danger. What was typed is kept before."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jingwei.counter import actions
from jingwei.counter.forms import CallForm
from jingwei.counter.models import Call
from jingwei.counter.scripts import script_for
from jingwei.counter.web.calls import beside, find
from jingwei.emergency.public import AlarmForm, danger_for, hear
from jingwei.kernel.public import require
from jingwei.people.public import MemberRequest, attempt, member_required

MARK = "alarm"
"""What the form of the danger sends, and that of the call does not."""


@require_POST
@member_required
def alarm(request: MemberRequest, key: UUID) -> HttpResponse:
    """From the call: keep it and ask what the danger is. From there: report it and raise the alarm."""
    call = find(request, key)
    require(request.member, "counter.work", call)
    if MARK not in request.POST:
        return _ask(request, _kept(request, call))
    form = AlarmForm(request.POST)
    done = form.is_valid() and attempt(form, actions.alarm_call, call, by=request.member, **form.cleaned_data)
    if not done:
        return _show(request, call, form, status=422)
    if done[1]:
        messages.success(request, _("The alarm is raised: whoever is on duty is called."))
    else:
        said = _("It is reported, but nobody is on duty here who could be called. Dial 110, 119 or 120.")
        messages.error(request, said)
    return redirect("counter:call", key)


def _kept(request: MemberRequest, call: Call) -> Call:
    form = CallForm(request.POST, call=call)
    script = script_for(form.category_code)
    form.offer_questions(script)
    return actions.write_call(call, by=request.member, script_id=script.pk if script else None, **form.written())


def _ask(request: MemberRequest, call: Call) -> HttpResponse:
    heard = hear(call.words)
    likely = danger_for(heard.danger if heard else "", call.category_code)
    return _show(request, call, AlarmForm(initial={"condition": likely}))


def _show(request: MemberRequest, call: Call, form: AlarmForm, *, status: int = 200) -> HttpResponse:
    return render(request, "counter/alarm.html", beside(request, call) | {"form": form, "mark": MARK}, status=status)
