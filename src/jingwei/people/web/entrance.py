"""The entrance: signing in by password or by phone, signing out, choosing a language."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jingwei.kernel.public import Refused, decrypt, encrypt, environment
from jingwei.people import actions, signin
from jingwei.people.factors.rules import Way
from jingwei.people.models import LANGUAGES, Member
from jingwei.people.oidc.linking import providers
from jingwei.people.requests import AnyRequest, VisitorRequest
from jingwei.people.senders import current_sender
from jingwei.people.web.asking import party_of
from jingwei.people.web.coming_in import come_in, let_in, speak
from jingwei.people.web.forms import CodeForm, PasswordForm, PhoneForm, attempt

HOME = "/"
PHONE_STEP = "sign-in.number"  # encrypted: sessions are kept for long
PHONE_PLACE = "session.data"
NEXT_STEP = "sign-in.next"
STEP_LIVES = timedelta(minutes=30)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: VisitorRequest) -> HttpResponse:
    """Staff: a user name and a password."""
    back = back_of(request)
    if request.member is not None:
        return redirect(back)
    form = PasswordForm(request.POST or None)
    if form.is_valid() and (member := form.find_member(request)):
        return come_in(request, member, [Way.PASSWORD], back)
    ways = {"has_phone": current_sender() is not None, "party": party_of(request), "providers": providers()}
    page = {"form": form, "next": back, **ways}
    return render(request, "people/sign_in.html", page, status=_status(form))


@never_cache
@require_http_methods(["GET", "POST"])
def phone(request: VisitorRequest) -> HttpResponse:
    """Residents, first step: where to send a code."""
    back = back_of(request)
    if request.member is not None:
        return redirect(back)
    form = PhoneForm(request.POST or None)
    address = signin.client_address(request)
    if form.is_valid() and attempt(form, signin.send_code, form.cleaned_data["phone"], address=address):
        request.session[PHONE_STEP] = encrypt(form.cleaned_data["phone"], PHONE_PLACE).hex()
        request.session[NEXT_STEP] = back
        request.session.set_expiry(STEP_LIVES)
        return redirect("people:code")
    page = {"form": form, "next": back, "has_phone": current_sender() is not None}
    return render(request, "people/phone.html", page, status=_status(form))


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: VisitorRequest) -> HttpResponse:
    """Residents, second step: the code that was sent, or the wish for another."""
    number = decrypt(bytes.fromhex(request.session.get(PHONE_STEP, "")), PHONE_PLACE)
    if request.member is not None or not number:
        return redirect("people:phone")
    if "again" in request.POST:
        return _send_again(request, number)
    form = CodeForm(request.POST or None)
    if form.is_valid() and (member := _by_code(request, form, number)):
        return let_in(request, member, [Way.PHONE], request.session[NEXT_STEP])
    page = {"form": form, "phone": number, "demo_code": signin.DEMO_CODE if environment().is_demo else None}
    return render(request, "people/code.html", page, status=_status(form))


@require_POST
def sign_out(request: VisitorRequest) -> HttpResponse:
    signin.sign_out(request)
    return redirect(HOME)


@require_POST
def language(request: VisitorRequest) -> HttpResponse:
    """Choose the language of all screens: kept in a cookie, and with the account."""
    response = redirect(back_of(request, otherwise=HOME))
    chosen = request.POST.get("language", "")
    if chosen in dict(LANGUAGES):
        speak(response, chosen)
        if request.member is not None:
            actions.set_language(request.member, chosen, by=request.member)
    return response


def _send_again(request: VisitorRequest, number: str) -> HttpResponse:
    try:
        signin.send_code(number, address=signin.client_address(request))
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Another code is on its way."))
    return redirect("people:code")


def _by_code(request: VisitorRequest, form: CodeForm, number: str) -> Member | None:
    address = signin.client_address(request)
    found = attempt(form, signin.sign_in_by_code, number, form.cleaned_data["code"], address=address)
    return found if isinstance(found, Member) else None


def back_of(request: AnyRequest, *, otherwise: str = settings.LOGIN_REDIRECT_URL) -> str:
    """Where to go afterwards: to the `next` that was asked for, if that is a path of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_safe and wanted.startswith("/") else resolve_url(otherwise)


def _status(form: Form) -> int:
    return 422 if form.errors else 200
