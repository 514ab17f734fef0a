"""Coming back in by the code that two officers gave, and hearing of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jingwei.people.factors.rules import Way
from jingwei.people.models import Member, Recovery
from jingwei.people.recovery import use_recovery, withdraw_recovery
from jingwei.people.requests import MemberRequest, VisitorRequest
from jingwei.people.signin import client_address
from jingwei.people.web.coming_in import come_in
from jingwei.people.web.entrance import back_of
from jingwei.people.web.forms import attempt
from jingwei.people.web.forms_accounts import RecoverForm
from jingwei.people.web.guards import staff_required


@never_cache
@sensitive_post_parameters("code", "new", "again")
@require_http_methods(["GET", "POST"])
def recover(request: VisitorRequest) -> HttpResponse:
    """User name, code and a new password; then a second factor as at the first time."""
    if request.member is not None:
        return redirect(back_of(request))
    form = RecoverForm(request.POST or None)
    if form.is_valid() and (member := attempt(form, _use, request, form.cleaned_data)):
        return come_in(request, member, [Way.RECOVERY], back_of(request))
    return render(request, "people/recover.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@staff_required
def withdraw_own(request: MemberRequest) -> HttpResponse:
    """Not asked for: whoever is signed in takes the recovery of their own account back."""
    open_ones = Recovery.objects.filter(member=request.member, used_at=None, withdrawn_at=None)
    withdraw_recovery(get_object_or_404(open_ones), by=request.member)
    messages.success(request, _("The recovery is withdrawn."))
    return redirect("people:security")


def _use(request: VisitorRequest, given: dict[str, str]) -> Member:
    return use_recovery(given["username"], given["code"], given["new"], address=client_address(request))
