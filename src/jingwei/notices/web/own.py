"""A member's inbox and choices, and what the links in mails lead to."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.calendars.public import quiet_hours
from jingwei.kernel.public import Reach, opened
from jingwei.notices import actions, addresses
from jingwei.notices.forms import ChoicesForm, EmailForm
from jingwei.notices.inbox import MOST_COUNTED, message, messages_of, unread_count
from jingwei.notices.models import Choices
from jingwei.notices.sending import open_channels
from jingwei.notices.texts import Topic
from jingwei.notices.unsubscribing import read_token
from jingwei.notices.web.push import push_card
from jingwei.people.public import Member, MemberRequest, attempt, member_required


@never_cache
@require_safe
@member_required
def inbox(request: MemberRequest) -> HttpResponse:
    """What one has been told, newest first."""
    shown, has_more = messages_of(
        request.member, before=_uuid(request.GET.get("before", "")), only_new="new" in request.GET
    )
    given = {
        "own": "messages",
        "shown": shown,
        "more_from": shown[-1].id if has_more else None,
        "only_new": "new" in request.GET,
        "unread": unread_count(request.member),
    }
    return render(request, "notices/own/inbox.html", given)


@never_cache
@require_safe
@member_required
def count(request: MemberRequest) -> HttpResponse:
    """The bell with how many are new: asked for again whenever something arrives."""
    unread = unread_count(request.member)
    label = ngettext("%(n)s new message", "%(n)s new messages", unread) % {"n": unread} if unread else ""
    shown = f"{MOST_COUNTED}+" if unread > MOST_COUNTED else str(unread or "")
    return render(request, "notices/own/bell.html", {"bell": {"label": label, "shown": shown}})


@require_POST
@member_required
def read_all(request: MemberRequest) -> HttpResponse:
    """Mark all as read."""
    actions.mark_read(request.member, by=request.member)
    return redirect("notices:inbox")


@require_POST
@member_required
def open_message(request: MemberRequest, key: UUID) -> HttpResponse:
    """Mark one as read, and go to what it is about."""
    found = message(request.member, key)
    if found is None:
        raise Http404
    actions.mark_read(request.member, [key], by=request.member)
    return redirect(found.url or reverse("notices:inbox"))


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def choices(request: MemberRequest) -> HttpResponse:
    """How one is told."""
    row = Choices.objects.filter(pk=request.member.pk).first()
    form = ChoicesForm(request.POST or None, member=request.member, row=row, usual=quiet_hours())
    if form.is_valid():
        given = {"quiet": form.quiet, "has_digest": form.cleaned_data.get("has_digest", True), "by": request.member}
        if attempt(form, actions.choose, request.member, form.channels, **given):
            messages.success(request, _("Your choices are kept."))
            return redirect("notices:choices")
    return _choices(request, row, form, EmailForm(initial={"email": row.email if row else ""}))


def _choices(request: MemberRequest, row: Choices | None, form: ChoicesForm, email: EmailForm) -> HttpResponse:
    given = {"own": "notices", "form": form, "email": email, "row": row, "open": open_channels()}
    given |= push_card(request.member)
    return render(request, "notices/own/choices.html", given, status=422 if form.errors or email.errors else 200)


@require_POST
@member_required
def email(request: MemberRequest) -> HttpResponse:
    """Another address, or none."""
    member, form = request.member, EmailForm(request.POST)
    row = None
    if form.is_valid():
        row = attempt(form, addresses.set_email, member, form.cleaned_data["email"], by=member)
    if row is None:
        row = Choices.objects.filter(pk=member.pk).first()
        return _choices(request, row, ChoicesForm(member=member, row=row, usual=quiet_hours()), form)
    said = _("A link is on its way to your mailbox. Open it there.") if row.email else _("No e-mails from now on.")
    messages.success(request, said)
    return redirect("notices:choices")


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def confirm(request: MemberRequest, token: str) -> HttpResponse:
    """From the mail: "yes, this is my mailbox"."""
    form = EmailForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, addresses.confirm_email, request.member, token, by=request.member):
        messages.success(request, _("Your address is confirmed."))
        return redirect("notices:choices")
    status = 422 if form.errors else 200
    return render(request, "notices/own/confirm.html", {"own": "notices", "form": form}, status=status)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed link is what shows who asks
@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """From a mail, without signing in: no more of this kind."""
    read = read_token(token)
    if read is None:
        raise Http404
    member_id, topic = read
    if request.method == "POST":
        with opened(Reach(member_id=member_id)):
            member = Member.objects.filter(pk=member_id, is_active=True).first()
            if member:
                actions.leave_topic(member, topic, by=None)
    given = {"topic": Topic(topic).label, "token": token, "is_done": request.method == "POST"}
    return render(request, "notices/own/unsubscribe.html", given)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
