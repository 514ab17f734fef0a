"""Accounts: finding one, inviting, recovering with a second officer, signing out, closing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.kernel.public import Refused, allowed
from jingwei.people import accounts, actions, recovery
from jingwei.people.devices import end_sessions
from jingwei.people.models import Member, OutsideAccount, Recovery
from jingwei.people.oidc.linking import await_account, provider_of, providers, unlink_account
from jingwei.people.requests import MemberRequest
from jingwei.people.web.forms import attempt
from jingwei.people.web.forms_accounts import AccountForm, FindForm, ReasonForm
from jingwei.people.web.guards import duty_required, proof_required

KEY = "accounts"
READ = "people.account"


@never_cache
@require_safe
@duty_required("people.accounts")
def find(request: MemberRequest) -> HttpResponse:
    """A list to search, and above it what waits for one's own approval."""
    form = FindForm(request.GET)
    found = accounts.find_accounts(request.member, **form.sought())
    after = request.GET.get("after", "")
    rows = list(found.filter(pk__gt=int(after) if after.isascii() and after.isdigit() else 0)[: accounts.PAGE + 1])
    page = {
        "office": KEY,
        "form": form,
        "rows": rows[: accounts.PAGE],
        "next": rows[accounts.PAGE - 1].pk if len(rows) > accounts.PAGE else None,
        "is_first": not after,
        "waiting": accounts.to_approve(request.member),
    }
    return render(request, "people/desk/accounts.html", page)


@never_cache
@require_safe
@duty_required("people.accounts")
def one(request: MemberRequest, member_id: int) -> HttpResponse:
    """One account. Looking at it is noted."""
    return _page(request, _found(request, member_id))


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required("people.accounts")
@proof_required
def new(request: MemberRequest) -> HttpResponse:
    """An account for somebody who works here, and the code by which they come in first."""
    form = AccountForm(request.POST or None)
    if form.is_valid() and (member := attempt(form, _register, request, form.cleaned_data)):
        messages.success(request, _("The account is there. Invite its owner, and give them a posting."))
        return redirect("people:account", member.pk)
    page = {"office": KEY, "form": form}
    return render(request, "people/desk/new_account.html", page, status=422 if form.errors else 200)


@never_cache
@require_POST
@duty_required("people.accounts")
@proof_required
def invite(request: MemberRequest, member_id: int) -> HttpResponse:
    """The code for somebody who was never here, shown in the answer and nowhere else."""
    member = _found(request, member_id)
    code = recovery.invite_member(member, by=request.member)
    return _show_code(request, member, code)


@never_cache
@require_POST
@duty_required("people.accounts")
@proof_required
def open_recovery(request: MemberRequest, member_id: int) -> HttpResponse:
    """Ask a second officer to let somebody in anew."""
    member = _found(request, member_id)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if reason and attempt(form, recovery.open_recovery, member, reason=reason, by=request.member):
        messages.success(request, _("Another officer has two days to approve it."))
        return redirect("people:account", member.pk)
    return _page(request, member, form=form, status=422)


@never_cache
@require_POST
@duty_required("people.accounts")
@proof_required
def approve(request: MemberRequest, recovery_id: str) -> HttpResponse:
    """The second officer's word; the code is shown in the answer and nowhere else."""
    asked = get_object_or_404(Recovery.objects.select_related("member"), pk=recovery_id)
    member = _found(request, asked.member_id)
    code = recovery.approve_recovery(asked, by=request.member)
    return _show_code(request, member, code)


@require_POST
@duty_required("people.accounts")
def withdraw(request: MemberRequest, recovery_id: str) -> HttpResponse:
    asked = get_object_or_404(Recovery.objects.select_related("member"), pk=recovery_id)
    recovery.withdraw_recovery(asked, by=request.member)
    messages.success(request, _("The recovery is withdrawn."))
    return redirect("people:account", asked.member_id)


@require_POST
@duty_required("people.accounts")
def sign_out(request: MemberRequest, member_id: int) -> HttpResponse:
    """End one session of somebody, or all."""
    member = _found(request, member_id)
    end_sessions(member, handle=request.POST.get("device", ""), by=request.member)
    messages.success(request, _("Signed out there."))
    return redirect("people:account", member.pk)


@require_POST
@duty_required("people.accounts")
@proof_required
def await_outside(request: MemberRequest, member_id: int) -> HttpResponse:
    """Say under which name somebody comes from another site."""
    member = _found(request, member_id)
    provider = provider_of(request.POST.get("provider", ""))
    if provider is None:
        raise Http404
    try:
        await_account(member, provider, request.POST.get("username", ""), by=request.member)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect("people:account", member.pk)


@require_POST
@duty_required("people.accounts")
@proof_required
def unlink_outside(request: MemberRequest, account_id: int) -> HttpResponse:
    account = get_object_or_404(OutsideAccount.objects.select_related("member"), pk=account_id)
    unlink_account(account, by=request.member)
    return redirect("people:account", account.member_id)


@require_POST
@duty_required("people.accounts")
@proof_required
def close(request: MemberRequest, member_id: int) -> HttpResponse:
    """Close the account, or open it again."""
    member = _found(request, member_id)
    act = actions.close_member if member.is_active else actions.reopen_member
    try:
        act(member, by=request.member)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect("people:account", member.pk)


def _found(request: MemberRequest, member_id: int) -> Member:
    people = Member.objects.exclude(kind=Member.Kind.SOFTWARE)
    return get_object_or_404(allowed(request.member, "people.account", people), pk=member_id)


def _page(request: MemberRequest, member: Member, form: ReasonForm | None = None, status: int = 200) -> HttpResponse:
    actions.note_read(READ, subject_id=member.pk, reason="account", by=request.member)
    page = {
        "office": KEY,
        "account": accounts.account_of(member),
        "form": form or ReasonForm(),
        "has_second_officer": accounts.has_second_officer(request.member),
        "providers": providers(),
        "outside": member.outside_accounts.order_by("pk"),
        "end_url": reverse("people:account-sign-out", args=[member.pk]),
    }
    return render(request, "people/desk/account.html", page, status=status)


def _register(request: MemberRequest, given: dict[str, Any]) -> Member:
    return actions.register_staff(
        username=given["username"], name=given["name"], phone=given["phone"] or None, by=request.member
    )


def _show_code(request: MemberRequest, member: Member, code: str) -> HttpResponse:
    return render(request, "people/desk/code.html", {"office": KEY, "member": member, "code": code})
