"""A member's own phones: which keep pages, and making a lost one unreadable."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jingwei.offline.actions import LIVES, withdraw_phone
from jingwei.offline.models import Phone
from jingwei.people.public import MemberRequest, browser_named, end_sessions, member_required


@never_cache
@require_safe
@member_required
def phones(request: MemberRequest) -> HttpResponse:
    rows = Phone.objects.filter(member=request.member).order_by("withdrawn_at", "-seen_at")
    given = {
        "own": "phones",
        "phones": [(row, browser_named(row.agent)) for row in rows],
        "hours": int(LIVES.total_seconds() // 3600),
    }
    return render(request, "offline/phones.html", given)


@require_POST
@member_required
def withdraw(request: MemberRequest, phone_id: UUID) -> HttpResponse:
    """Signed out with it: a session of that phone would give it a new key."""
    if withdraw_phone(request.member, phone_id, by=request.member):
        end_sessions(request.member, but=request.session.digest, by=request.member)
        said = _("What that phone keeps can be read no longer. All your other devices are signed out.")
        messages.success(request, said)
    return redirect("offline:phones")
