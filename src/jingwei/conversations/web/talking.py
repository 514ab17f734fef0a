"""What both sides of a conversation share: the thread, and saying something."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jingwei.attachments.public import Kind, send_file, small_name
from jingwei.conversations.actions import make_case, mark_read, say
from jingwei.conversations.attending import attending
from jingwei.conversations.forms import SayForm
from jingwei.conversations.models import Attachment, Conversation, Message
from jingwei.conversations.privacy import READ
from jingwei.conversations.reading import thread
from jingwei.kernel.public import Refused, allowed, clock, let_record
from jingwei.people.public import MemberRequest, attempt, member_required, note_read
from jingwei.places.public import name_of


def visible(request: MemberRequest, key: UUID, permit: str = "conversations.see") -> Conversation:
    """The conversation, if it is there for this member."""
    found = allowed(request.member, permit, Conversation.objects.filter(pk=key)).first()
    if found is None:
        raise Http404
    return found


def page_of(request: MemberRequest, conversation: Conversation) -> str:
    """Where this member reads the conversation."""
    if conversation.member_id == request.member.pk:
        return reverse("conversations:mine")
    if request.member.has_duty("conversations.answer"):
        return reverse("conversations:thread", args=[conversation.pk])
    return reverse("conversations:raised", args=[conversation.pk])


def show(
    request: MemberRequest, conversation: Conversation, template: str, form: SayForm | None = None
) -> HttpResponse:
    """The thread, read from now on; with a form that was refused, that form as it was sent."""
    now, before = clock.now(), _uuid(request.GET.get("before", ""))
    said, earlier = thread(conversation, request.member, before=before)
    _read(request, conversation)
    given = {
        "conversation": conversation,
        "page": page_of(request, conversation),
        "said": said,
        "earlier": earlier,
        "is_newest": before is None,
        "is_resident": conversation.member_id == request.member.pk,
        "case_page": "field:case" if request.member.has_duty("conversations.answer") else "desk:case",
        "grid": name_of(conversation.code),
        "attending": attending(conversation.code, now),
        "is_late": conversation.due_at is not None and conversation.due_at <= now,
        "form": form or SayForm.empty(),
    }
    response = render(request, template, given, status=422 if form else 200)
    let_record(response)
    return response


def _read(request: MemberRequest, conversation: Conversation) -> None:
    """Noted each time that it is opened, and where a page that is open brings something new."""
    fresh = mark_read(conversation, by=request.member)
    if fresh or not request.htmx:
        subject = {"subject_id": conversation.member_id, "code": conversation.code}
        note_read(READ, thing=str(conversation.pk), by=request.member, **subject)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
@member_required
def send(request: MemberRequest, key: UUID) -> HttpResponse:
    """Say something, and go back to the thread."""
    conversation = visible(request, key)
    form = SayForm(request.POST, request.FILES)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    sent = {"key": given["key"], "files": given["attached"], "uploads": form.uploads} if given else {}
    if given and attempt(form, say, conversation, given["text"], by=request.member, **sent):
        return redirect(page_of(request, conversation))
    return show(request, conversation, template_of(request, conversation), form)


def template_of(request: MemberRequest, conversation: Conversation) -> str:
    if conversation.member_id == request.member.pk:
        return "conversations/resident/thread.html"
    if request.member.has_duty("conversations.answer"):
        return "conversations/field/thread.html"
    return "conversations/desk/thread.html"


@require_safe
@member_required
def file(request: MemberRequest, key: UUID, *, is_small: bool = False) -> HttpResponseBase:
    """A file of a message, for whoever is shown the message; while the scanner is away, for nobody."""
    row = get_object_or_404(Attachment.objects.select_related("message"), pk=key, state=Attachment.State.THERE)
    visible(request, row.message.conversation_id)
    is_small = is_small and row.kind == Kind.PHOTO
    return send_file(request, small_name(row.file) if is_small else row.file, row.format, called=str(row.pk)[-8:])


@require_POST
@member_required
def case(request: MemberRequest, key: UUID) -> HttpResponse:
    """A message becomes a case, by one touch."""
    message = get_object_or_404(Message, pk=key)
    conversation = visible(request, message.conversation_id, "conversations.answer")
    try:
        made = make_case(message, by=request.member)
    except Refused as no:
        messages.error(request, no.message)
    else:
        messages.success(request, _("It is case %(number)s now, reported for the resident.") % {"number": made.number})
    return redirect(page_of(request, conversation))
