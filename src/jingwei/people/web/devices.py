"""A member's devices: where they are signed in, and signing out there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jingwei.people import devices
from jingwei.people.requests import MemberRequest
from jingwei.people.web.guards import member_required

KEY = "devices"


@never_cache
@require_safe
@member_required
def own_devices(request: MemberRequest) -> HttpResponse:
    page = {
        "own": KEY,
        "devices": devices.devices_of(request.member, this=request.session.digest),
        "end_url": reverse("people:end-session"),
    }
    return render(request, "people/own/devices.html", page)


@require_POST
@member_required
def end_session(request: MemberRequest) -> HttpResponse:
    """Sign out on one other device. One that is gone already is no error."""
    if handle := request.POST.get("device", ""):
        devices.end_sessions(request.member, handle=handle, but=request.session.digest, by=request.member)
        messages.success(request, _("That device is signed out."))
    return redirect("people:devices")


@require_POST
@member_required
def end_other_sessions(request: MemberRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    count = devices.end_sessions(request.member, but=request.session.digest, by=request.member)
    said = ngettext("%(count)d device is signed out.", "%(count)d devices are signed out.", count)
    messages.success(request, said % {"count": count})
    return redirect("people:devices")
