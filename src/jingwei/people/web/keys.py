"""API keys: what software may come in, what it may do where, and until when."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.transaction import atomic
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.kernel.public import allowed, clock
from jingwei.people.actions import register_software
from jingwei.people.key_list import areas_for_keys, keys_of
from jingwei.people.keys import create_key, revoke_key
from jingwei.people.models import ApiKey, Member
from jingwei.people.requests import MemberRequest
from jingwei.people.web.forms import attempt
from jingwei.people.web.forms_keys import KeyForm
from jingwei.people.web.guards import duty_required, proof_required

KEY = "keys"


@never_cache
@require_safe
@duty_required("people.keys")
def keys(request: MemberRequest) -> HttpResponse:
    return render(request, "people/desk/keys.html", {"office": KEY, "keys": keys_of(request.member)})


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required("people.keys")
@proof_required
def new(request: MemberRequest) -> HttpResponse:
    """A key; its token is shown in the answer and nowhere else."""
    areas = list(areas_for_keys(request.member))
    form = KeyForm(request.POST or None, areas=areas)
    if form.is_valid() and (made := attempt(form, _create, request.member, form.cleaned_data)):
        key, token = made
        return render(request, "people/desk/token.html", {"office": KEY, "key": key, "token": token})
    page = {"office": KEY, "form": form, "areas": areas}
    return render(request, "people/desk/new_key.html", page, status=422 if form.errors else 200)


@require_POST
@duty_required("people.keys")
@proof_required
def revoke(request: MemberRequest, key_id: int) -> HttpResponse:
    """The key opens nothing from now on."""
    key = get_object_or_404(allowed(request.member, "people.key", ApiKey.objects.all()), pk=key_id)
    revoke_key(key, by=request.member)
    messages.success(request, _("The key “%(name)s” is revoked.") % {"name": key.name})
    return redirect("people:keys")


@atomic
def _create(by: Member, given: dict[str, Any]) -> tuple[ApiKey, str]:
    """Software of that name gets one more key; if there is none, an account is made for it."""
    known = Member.objects.filter(kind=Member.Kind.SOFTWARE, name=given["software"], is_active=True).first()
    software = known or register_software(name=given["software"], by=by)
    return create_key(
        software,
        name=given["name"] or given["software"],
        duties=given["duties"],
        codes=given["codes"],
        expires_at=clock.now() + timedelta(days=given["days"]),
        by=by,
    )
