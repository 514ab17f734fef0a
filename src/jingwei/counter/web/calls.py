"""The screen of the counter: one's calls, one of them open, all of it kept as it is typed."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.counter import actions, desk
from jingwei.counter.forms import CallForm, WrapForm
from jingwei.counter.lookup import look_up
from jingwei.counter.models import Call
from jingwei.counter.policy import TAKE
from jingwei.counter.scripts import script_for
from jingwei.emergency.public import hear
from jingwei.kernel.public import clock, may
from jingwei.people.public import MemberRequest, attempt, duty_required, member_required

PAGE = {"office": "counter"}


@never_cache
@require_safe
@duty_required(TAKE)
def home(request: MemberRequest) -> HttpResponse:
    """The calls that are open, those that wait for the clerk, and today's."""
    now = clock.now()
    given = PAGE | {
        "now": now,
        "may_begin": True,
        "calls": desk.open_calls(request.member),
        "handed": desk.handed_calls(request.member),
        "done": desk.done_calls(request.member, now),
        "day": desk.day_of(request.member, now),
    }
    return render(request, "counter/home.html", given)


@require_POST
@duty_required(TAKE)
def begin(request: MemberRequest) -> HttpResponse:
    """A call, or somebody at the counter."""
    way = request.POST.get("way", "")
    if way not in {Call.Way.PHONE, Call.Way.WALK_IN}:
        raise Http404
    return redirect("counter:call", actions.begin_call(way, by=request.member).pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def call(request: MemberRequest, key: UUID) -> HttpResponse:
    """One call. Posted, what was typed is kept; a part of the page comes back to htmx."""
    one = find(request, key)
    if one.state != Call.State.OPEN or one.clerk_id != request.member.pk:
        return look(request, one)
    form = CallForm(request.POST or None, call=one)
    script = script_for(form.category_code)
    form.offer_questions(script)
    if request.method == "POST":
        one = actions.write_call(one, by=request.member, script_id=script.pk if script else None, **form.written())
    return show(request, one, form, part="counter/kept.html" if request.htmx else "")


@require_POST
@member_required
def search(request: MemberRequest, key: UUID) -> HttpResponse:
    """Who calls: what the number is known for. All else that was typed is kept first."""
    one = find(request, key)
    form = CallForm(request.POST, call=one)
    script = script_for(form.category_code)
    form.offer_questions(script)
    one = actions.write_call(one, by=request.member, **form.written())
    phone = form.cleaned_data.get("phone", "")
    found = attempt(form, look_up, one, phone, by=request.member) if phone else None
    one.refresh_from_db()
    given = {"found": found, "phone": phone}
    return show(request, one, form, part="counter/found.html" if request.htmx else "", **given)


@require_POST
@member_required
def park(request: MemberRequest, key: UUID) -> HttpResponse:
    """The caller waits while the clerk does something else; or is spoken with again. What was typed is kept."""
    one = find(request, key)
    if one.parked_at is not None:
        actions.resume_call(one, by=request.member)
        return redirect("counter:call", one.pk)
    form = CallForm(request.POST, call=one)
    form.offer_questions(one.script)
    one = actions.write_call(one, by=request.member, **form.written())
    actions.park_call(one, by=request.member)
    return redirect("counter:home")


def find(request: MemberRequest, key: UUID) -> Call:
    """The call, if it is the member's or was handed to them. Raises Http404."""
    one = get_object_or_404(
        Call.objects.select_related("case__category", "script", "to_department", "to_member", "clerk"), pk=key
    )
    if not may(request.member, "counter.see", one):
        raise Http404
    return one


def look(request: MemberRequest, one: Call, form: WrapForm | None = None) -> HttpResponse:
    """A call that has ended, or is with somebody else: whom it was handed to sees who calls, and that is noted."""
    form = form or WrapForm(call=one)
    is_offered = one.state == Call.State.OPEN and may(request.member, "counter.receive", one)
    if is_offered:
        actions.open_handed(one, by=request.member)
    given = beside(request, one) | {"form": form, "is_offered": is_offered}
    return render(request, "counter/ended.html", given, status=422 if form.errors else 200)


def show(request: MemberRequest, one: Call, form: CallForm, *, part: str = "", **more: Any) -> HttpResponse:
    """The open call with its form, or the part of its page that has changed."""
    now = clock.now()
    given = beside(request, one) | {
        "form": form,
        "script": script_for(one.category_code),
        "twins": desk.alike(one, request.member, now),
        "heard": hear(one.words),
    }
    return render(request, part or "counter/call.html", given | more, status=422 if form.errors and not part else 200)


def beside(request: MemberRequest, one: Call) -> dict[str, Any]:
    """What stands around every page of a call."""
    calls = desk.open_calls(request.member)
    return PAGE | {"call": one, "calls": calls, "now": clock.now(), "may_begin": request.member.has_duty(TAKE)}
