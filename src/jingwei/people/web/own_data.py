"""What is held of a member: shown, corrected, taken away, erased."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jingwei.kernel.public import clock
from jingwei.people.actions.erasure import LONGEST_NAME, correct_name, erase_member
from jingwei.people.erasing import obstacle_to
from jingwei.people.models import Member
from jingwei.people.own_data import export_own
from jingwei.people.requests import MemberRequest, VisitorRequest
from jingwei.people.signin import sign_out
from jingwei.people.web.forms import attempt
from jingwei.people.web.guards import member_required

KEY = "data"


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=LONGEST_NAME, widget=forms.TextInput({"autocomplete": "name"})
    )


class EraseForm(forms.Form):
    is_meant = forms.BooleanField(label=gettext_lazy("Yes, erase my account and what I reported"))


@never_cache
@require_safe
@member_required
def own_data(request: MemberRequest) -> HttpResponse:
    """What is held, for how long; and what one may do about it."""
    return _page(request)


def _page(request: MemberRequest, name: forms.Form | None = None, erase: forms.Form | None = None) -> HttpResponse:
    member = request.member
    is_resident = member.kind == Member.Kind.RESIDENT
    given = {
        "own": KEY,
        "is_resident": is_resident,
        "name": name or NameForm(initial={"name": member.name}),
        "erase": erase or EraseForm(),
        "obstacle": obstacle_to(member) if is_resident else None,
    }
    return render(request, "people/own/data.html", given, status=422 if name or erase else 200)


@require_POST
@member_required
def rename(request: MemberRequest) -> HttpResponse:
    """Correct one's name."""
    form = NameForm(request.POST)
    if form.is_valid():
        attempt(form, correct_name, request.member, form.cleaned_data["name"], by=request.member)
    if form.errors:
        return _page(request, name=form)
    messages.success(request, _("Your name is corrected."))
    return redirect("people:own-data")


@require_POST
@member_required
def export(request: MemberRequest) -> HttpResponse:
    """All of it in one file."""
    packed = export_own(request.member)
    name = f"jingwei-{clock.local(clock.now()):%Y%m%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(packed, content_type="application/zip", headers=headers)


@require_POST
@member_required
def erase(request: MemberRequest) -> HttpResponse:
    """Empty the account, and with it what was reported; then nobody is signed in any more."""
    form = EraseForm(request.POST)
    if form.is_valid():
        attempt(form, erase_member, request.member, by=request.member)
    if form.errors:
        return _page(request, erase=form)
    sign_out(cast("VisitorRequest", request))
    messages.success(request, _("Your account is erased. What you reported no longer says who you are."))
    return redirect("/")
