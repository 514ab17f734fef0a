"""For whoever a limit concerns: what holds, why, until when, and the way to appeal."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jingwei.kernel.public import Refused, clock
from jingwei.people.public import MemberRequest, member_required
from jingwei.repeats import actions
from jingwei.repeats.forms import AppealForm
from jingwei.repeats.models import Limit
from jingwei.repeats.reading import ended_on, limits_on


@never_cache
@require_safe
@member_required
def own(request: MemberRequest) -> HttpResponse:
    """What holds, and what held until a moment ago, with the answer to an appeal."""
    now = clock.now()
    limits, ended = limits_on(request.member, now), ended_on(request.member, now)
    given = {"own": "limits", "limits": limits, "ended": ended, "form": AppealForm()}
    return render(request, "repeats/own.html", given)


@require_POST
@member_required
def appeal(request: MemberRequest, key: UUID) -> HttpResponse:
    row, form = get_object_or_404(Limit, pk=key, member_id=request.member.pk), AppealForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say in a few words why it is wrong."))
    actions.appeal_limit(row, words=form.cleaned_data["words"], by=request.member)
    messages.success(request, _("Your appeal is in. Another person decides, and you are told."))
    return redirect("repeats:own")
