"""Signing in with, and linking, an account of another site."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jingwei.kernel.public import Refused, SignInProvider, clock
from jingwei.people.factors.rules import Way
from jingwei.people.oidc.client import Known, Started, finish, label_of, start
from jingwei.people.oidc.linking import link_account, member_of, provider_of, unlink_account
from jingwei.people.requests import AnyRequest, MemberRequest, VisitorRequest
from jingwei.people.web.coming_in import come_in
from jingwei.people.web.entrance import back_of
from jingwei.people.web.guards import proof_required

TRY = "sign-in.outside"
TRY_LIVES = 600
SECURITY = "people:security"


@never_cache
@require_safe
def leave(request: VisitorRequest, key: str) -> HttpResponse:
    """To the provider, and back here."""
    provider = _provider(key)
    back = back_of(request)
    if request.member is not None:
        return redirect(back)
    try:
        started = _begun(request, provider, back=back, is_link=False)
    except Refused as refusal:
        return _sent_back(request, refusal)
    return redirect(started.address)


@never_cache
@require_safe
def back(request: VisitorRequest, key: str) -> HttpResponse:
    """What the provider says. It is taken once, from the browser that went there."""
    provider = _provider(key)
    try:
        begun, known = _heard(request, provider)
        if begun["link"]:
            return _linked(request, provider, known)
        member = member_of(provider, known)
    except Refused as refusal:
        return _sent_back(request, refusal)
    way = Way.SSO_STRONG if provider.is_strong else Way.SSO
    return come_in(request, member, [way], begun["back"])


@never_cache
@require_POST
@proof_required
def link(request: MemberRequest, key: str) -> HttpResponse:
    """A page with the way to the provider: a form may not lead to another site by itself."""
    provider = _provider(key)
    try:
        started = _begun(request, provider, back="", is_link=True)
    except Refused as refusal:
        return _sent_back(request, refusal)
    page = {"address": started.address, "site": label_of(provider)}
    return render(request, "people/leave.html", page)


@require_POST
@proof_required
def unlink(request: MemberRequest, account_id: int) -> HttpResponse:
    account = get_object_or_404(request.member.outside_accounts.select_related("member"), pk=account_id)
    try:
        unlink_account(account, by=request.member)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("The account is not linked any more."))
    return redirect(SECURITY)


def _provider(key: str) -> SignInProvider:
    provider = provider_of(key)
    if provider is None:
        raise Http404
    return provider


def _begun(request: AnyRequest, provider: SignInProvider, *, back: str, is_link: bool) -> Started:
    started = start(provider, _address(request, provider))
    request.session[TRY] = {
        "provider": provider.key,
        "state": started.state,
        "nonce": started.nonce,
        "verifier": started.verifier,
        "back": back,
        "link": is_link,
        "until": clock.now().timestamp() + TRY_LIVES,
    }
    if request.member is None:
        request.session.set_expiry(TRY_LIVES)
    return started


def _heard(request: VisitorRequest, provider: SignInProvider) -> tuple[dict[str, Any], Known]:
    begun = request.session.pop(TRY, None)
    is_ours = begun is not None and begun["provider"] == provider.key and begun["until"] > clock.now().timestamp()
    state = request.GET.get("state", "")
    if not is_ours or begun is None or not constant_time_compare(begun["state"], state):
        raise Refused(_("This page is too old. Try again."))
    if begun["link"] != (request.member is not None):
        raise Refused(_("This page is too old. Try again."))
    code, issuer = request.GET.get("code", ""), request.GET.get("iss", provider.issuer)
    if not code or issuer.rstrip("/") != provider.issuer:
        raise Refused(_("%(site)s did not confirm who you are. Try again.") % {"site": label_of(provider)})
    asked = {"back": _address(request, provider), "nonce": begun["nonce"], "verifier": begun["verifier"]}
    return begun, finish(provider, code, **asked)


def _linked(request: VisitorRequest, provider: SignInProvider, known: Known) -> HttpResponse:
    assert request.member is not None
    link_account(request.member, provider, known, by=request.member)
    messages.success(request, _("Your account at %(site)s is linked.") % {"site": label_of(provider)})
    return redirect(SECURITY)


def _sent_back(request: AnyRequest, refusal: Refused) -> HttpResponse:
    messages.warning(request, refusal.message)
    return redirect(SECURITY if request.member is not None else "people:sign-in")


def _address(request: AnyRequest, provider: SignInProvider) -> str:
    """Where the provider sends the browser back to, as it is registered there."""
    return request.build_absolute_uri(f"/sign-in/with/{provider.key}/back/")
