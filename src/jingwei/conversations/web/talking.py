"""What both sides of a conversation share: the thread, and saying something."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from jingwei.conversations.actions import mark_read, say
from jingwei.conversations.attending import attending
from jingwei.conversations.forms import SayForm
from jingwei.conversations.models import Conversation
from jingwei.conversations.privacy import READ
from jingwei.conversations.reading import thread
from jingwei.kernel.public import allowed, clock
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
    fresh = mark_read(conversation, by=request.member)
    if fresh or not request.htmx:
        subject = {"subject_id": conversation.member_id, "code": conversation.code}
        note_read(READ, thing=str(conversation.pk), by=request.member, **subject)
    given = {
        "conversation": conversation,
        "said": said,
        "earlier": earlier,
        "is_newest": before is None,
        "is_resident": conversation.member_id == request.member.pk,
        "grid": name_of(conversation.code),
        "attending": attending(conversation.code, now),
        "is_late": conversation.due_at is not None and conversation.due_at <= now,
        "form": form or SayForm.empty(),
    }
    return render(request, template, given, status=422 if form else 200)


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
    form = SayForm(request.POST)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if given and attempt(form, say, conversation, given["text"], key=given["key"], by=request.member):
        return redirect(page_of(request, conversation))
    return show(request, conversation, template_of(request, conversation), form)


def template_of(request: MemberRequest, conversation: Conversation) -> str:
    if conversation.member_id == request.member.pk:
        return "conversations/resident/thread.html"
    if request.member.has_duty("conversations.answer"):
        return "conversations/field/thread.html"
    return "conversations/desk/thread.html"
