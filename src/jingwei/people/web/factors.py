"""Second factors at the entrance: showing one, and setting up the first one. Members set up further ones here too."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from jingwei.kernel.public import Reach, opened
from jingwei.people import signin
from jingwei.people.factors import passkeys, totp
from jingwei.people.factors.rules import Way, factors_of
from jingwei.people.factors.spare import make_spare_codes
from jingwei.people.models import Member
from jingwei.people.requests import VisitorRequest
from jingwei.people.web.asking import ask, keep, kept, party_of
from jingwei.people.web.coming_in import Half, come_in, half_of, half_required, let_in, remember_browser
from jingwei.people.web.entrance import back_of
from jingwei.people.web.forms import CodeForm, PasskeyForm, PasskeyProof, attempt
from jingwei.people.web.guards import proof_required

SECURITY = "people:security"


@never_cache
@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
@half_required
def second_factor(request: VisitorRequest, half: Half) -> HttpResponse:
    """The second step of signing in."""
    factors = factors_of(half.member)
    if not factors:
        return redirect("people:sign-in")
    asking = ask(request, half.member, factors)
    if not asking.is_right:
        page = {"asking": asking, "form": asking.form, "is_signing_in": True}
        return render(request, "people/proof.html", page, status=asking.status)
    response = let_in(request, half.member, [*half.ways, asking.way], half.back)
    if asking.form.cleaned_data.get("trust"):
        remember_browser(response, half.member)
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def by_passkey(request: VisitorRequest) -> HttpResponse:
    """A passkey alone: its device has asked for face, finger or number."""
    back = back_of(request)
    if request.member is not None:
        return redirect(back)
    form = PasskeyProof(request.POST or None)
    if form.is_valid() and (member := attempt(form, _passkey_of, request, form.cleaned_data["answer"])):
        return come_in(request, member, [Way.PASSKEY], back)
    party = party_of(request)
    options = keep(request, passkeys.ask_to_show(party)) if party.can else ""
    page = {"form": form, "options": options, "next": back}
    return render(request, "people/passkey.html", page, status=422 if form.errors else 200)


def _passkey_of(request: VisitorRequest, answer: str) -> Member:
    address = signin.client_address(request)
    return passkeys.take_passkey(answer, challenge=kept(request), party=party_of(request), address=address)


def set_up_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view whose factor it sets up: a member who has just shown who they are, or one who is half-way in.

    Who is half-way in and has a factor already must show that one: another cannot be set up in its place.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visitor = cast(VisitorRequest, request)
        if visitor.member is not None:
            member = visitor.member
            return cast(HttpResponse, proof_required(lambda asked: view(asked, member, None, *args, **kwargs))(request))
        half = half_of(visitor)
        if half is None:
            return redirect("people:sign-in")
        with opened(Reach(member_id=half.member.pk)):
            if factors_of(half.member):
                return redirect("people:second-factor")
            return view(request, half.member, half, *args, **kwargs)

    return guarded


@never_cache
@require_safe
@set_up_required
def set_up(request: VisitorRequest, member: Member, half: Half | None) -> HttpResponse:
    """Which factor to set up."""
    page = {"member": member, "is_signing_in": half is not None, "party": party_of(request)}
    return render(request, "people/set_up.html", page)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@set_up_required
def set_up_app(request: VisitorRequest, member: Member, half: Half | None) -> HttpResponse:
    """Scan, and type the first code."""
    form = CodeForm(request.POST or None)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    if code and attempt(form, totp.confirm_authenticator, member, code, by=member):
        return _done(request, member, half, Way.TOTP)
    authenticator = totp.begin_authenticator(member)
    page = {"form": form, "drawn": totp.drawn(totp.address_of(authenticator)), "secret": authenticator.secret}
    return render(request, "people/set_up_app.html", page, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@set_up_required
def set_up_passkey(request: VisitorRequest, member: Member, half: Half | None) -> HttpResponse:
    """Let the browser make a passkey."""
    form = PasskeyForm(request.POST or None)
    if form.is_valid() and attempt(form, _add_passkey, request, member, form.cleaned_data):
        return _done(request, member, half, Way.PASSKEY)
    party = party_of(request)
    options = keep(request, passkeys.ask_to_make(member, party)) if party.can else ""
    page = {"form": form, "options": options}
    return render(request, "people/set_up_passkey.html", page, status=422 if form.errors else 200)


def _add_passkey(request: VisitorRequest, member: Member, given: dict[str, Any]) -> Any:
    return passkeys.add_passkey(
        member,
        name=given["name"],
        answer=given["answer"],
        challenge=kept(request),
        party=party_of(request),
        by=member,
    )


def _done(request: VisitorRequest, member: Member, half: Half | None, way: Way) -> HttpResponse:
    """With the first factor come spare codes; who was half-way in is in."""
    back, response = resolve_url(SECURITY), None
    if half is not None:
        back, response = half.back, let_in(request, member, [*half.ways, way], half.back)
    with opened(Reach(member_id=member.pk)):
        codes = [] if member.spare_codes.filter(used_at=None).exists() else make_spare_codes(member, by=member)
    if codes:
        shown = render(request, "people/spare_codes.html", {"codes": codes, "next": back})
        shown.cookies.update(response.cookies if response else {})
        return shown
    return response or redirect(back)
