"""A member's own ways of signing in: seeing, adding and taking away. What is delicate asks once more who it is."""

from django.contrib import messages
from django.contrib.auth.hashers import is_password_usable
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.kernel.public import Refused, clock
from jingwei.people import actions
from jingwei.people.factors import passkeys, totp, trust
from jingwei.people.factors.proving import prove
from jingwei.people.factors.rules import Way, factors_of
from jingwei.people.factors.spare import make_spare_codes
from jingwei.people.models import Member, OutsideAccount
from jingwei.people.oidc.linking import Offer, providers
from jingwei.people.requests import MemberRequest
from jingwei.people.signin import client_address
from jingwei.people.web.asking import ask, party_of
from jingwei.people.web.entrance import back_of
from jingwei.people.web.forms import NewPasswordForm, attempt
from jingwei.people.web.guards import proof_required, staff_required

KEY = "security"


@never_cache
@require_safe
@staff_required
def security(request: MemberRequest) -> HttpResponse:
    """All ways in on one page."""
    member = request.member
    page = {
        "own": KEY,
        "has_password": is_password_usable(member.password),
        "authenticator": member.authenticators.exclude(confirmed_at=None).first(),
        "passkeys": member.passkeys.order_by("created_at"),
        "spare_count": member.spare_codes.filter(used_at=None).count(),
        "trusted_count": member.trusted_browsers.count(),
        "party": party_of(request),
        "recoveries": member.recoveries.select_related("opened_by", "approved_by").order_by("-opened_at")[:5],
        "outside": _outside(member),
        "now": clock.now(),
    }
    return render(request, "people/own/security.html", page)


@never_cache
@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
@staff_required
def confirm(request: MemberRequest) -> HttpResponse:
    """Show once more who one is, before something delicate."""
    back = back_of(request, otherwise="people:security")
    ways = [*([Way.PASSWORD] if is_password_usable(request.member.password) else []), *factors_of(request.member)]
    if not ways:
        return _by_signing_in_again(request)
    asking = ask(request, request.member, ways)
    if asking.is_right:
        request.session.prove()
        return redirect(back)
    page = {"asking": asking, "form": asking.form, "next": back, "is_signing_in": False}
    return render(request, "people/proof.html", page, status=asking.status)


@never_cache
@sensitive_post_parameters("current", "new", "again")
@require_http_methods(["GET", "POST"])
@staff_required
def password(request: MemberRequest) -> HttpResponse:
    """A new password. All other sessions end; this one goes on under a new key."""
    form = NewPasswordForm(request.POST or None)
    if form.is_valid() and attempt(form, _change, request, form.cleaned_data["current"], form.cleaned_data["new"]):
        messages.success(request, _("Your password is changed. All other devices are signed out."))
        return redirect("people:security")
    page = {"own": KEY, "form": form}
    return render(request, "people/own/password.html", page, status=422 if form.errors else 200)


@never_cache
@require_POST
@proof_required
def spare_codes(request: MemberRequest) -> HttpResponse:
    """New spare codes, shown in the answer and nowhere else."""
    codes = make_spare_codes(request.member, by=request.member)
    return render(request, "people/spare_codes.html", {"codes": codes, "next": "/me/sign-in/"})


@require_POST
@proof_required
def remove_app(request: MemberRequest) -> HttpResponse:
    try:
        totp.remove_authenticator(request.member, by=request.member)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("The authenticator app is removed."))
    return redirect("people:security")


@require_POST
@proof_required
def remove_passkey(request: MemberRequest, passkey_id: int) -> HttpResponse:
    passkey = get_object_or_404(request.member.passkeys, pk=passkey_id)
    try:
        passkeys.remove_passkey(passkey, by=request.member)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("The passkey is removed."))
    return redirect("people:security")


@require_POST
@staff_required
def forget_browsers(request: MemberRequest) -> HttpResponse:
    """Ask for the second factor everywhere again."""
    trust.forget_browsers(request.member)
    messages.success(request, _("Every computer is asked for a code again."))
    return redirect("people:security")


def _outside(member: Member) -> list[tuple[Offer, OutsideAccount | None]]:
    """Each site whose accounts may sign in here, with the member's account there."""
    linked = {one.provider: one for one in member.outside_accounts.exclude(subject=None)}
    return [(offer, linked.get(offer.key)) for offer in providers()]


def _change(request: MemberRequest, current: str, new: str) -> Member:
    """Refused if the password until now is wrong, or the new one too weak."""
    member = Member.objects.get(pk=request.member.pk)
    prove(member, Way.PASSWORD, current, address=client_address(request))
    actions.set_password(member, new, by=request.member)
    request.session.begin(request.member, request.headers.get("User-Agent", ""), request.session.ways)
    return member


def _by_signing_in_again(request: MemberRequest) -> HttpResponse:
    """Who has neither password nor factor has come by another site's word: that is asked for anew."""
    messages.warning(request, _("Sign out and in again, then you can go on here for ten minutes."))
    return redirect("people:security")
