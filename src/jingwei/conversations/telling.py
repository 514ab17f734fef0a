"""Who is told that something was written, or was not answered. The texts hold places and dates, and nothing said."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.conversations.attending import at_work_with
from jingwei.conversations.models import Conversation
from jingwei.conversations.policy import ANSWER, WATCH
from jingwei.kernel.public import FactRow, clock
from jingwei.notices.public import Kind, Text, To, Topic, Value, notify, register_text
from jingwei.places.public import name_of

GRID = Value("grid", "7th grid")
DUE = Value("due", "2026-11-24T08:00:00+00:00", Kind.MOMENT)
THREAD = Value("thread", "01a1f4a0-0000-7000-8000-000000000001")


def _thread(values: Mapping[str, Any]) -> str:
    return reverse("conversations:thread", args=[values["thread"]]) if values["thread"] else ""


def _raised(values: Mapping[str, Any]) -> str:
    return reverse("conversations:raised", args=[values["thread"]]) if values["thread"] else ""


ASKED = Text(
    "conversations.asked",
    Topic.WORK,
    pgettext_lazy("notice", "Whoever works in the grid"),
    _("A resident has written to you"),
    _("Somebody in %(grid)s has written to you. An answer is due by: %(due)s."),
    (GRID, DUE, THREAD),
    url=_thread,
)
ANSWERED = Text(
    "conversations.answered",
    Topic.REPORT,
    pgettext_lazy("notice", "Whoever wrote to their grid worker"),
    _("Your grid worker has written to you"),
    _("There is an answer for you from %(grid)s."),
    (GRID,),
    sms=_("Your grid worker has answered you. Read it:"),
    url=lambda _values: reverse("conversations:mine"),
)
MISSED = Text(
    "conversations.missed",
    Topic.LIMITS,
    pgettext_lazy("notice", "The community of the grid"),
    _("A resident waits for an answer"),
    _("Nobody in %(grid)s has answered a resident; it was due by: %(due)s. You can answer in their place."),
    (GRID, DUE, THREAD),
    url=_raised,
)


def register() -> None:
    for text in (ASKED, ANSWERED, MISSED):
        register_text(text)


def tell_of_message(fact: FactRow) -> None:
    """The other side, once for all that it has not read yet."""
    conversation = _of(fact)
    if conversation is None or not fact.data["is_first"]:
        return
    grid = name_of(conversation.code)
    key, about = f"written:{fact.seq}", str(conversation.pk)
    if not fact.data["is_from_resident"]:
        notify([To(conversation.member_id)], ANSWERED.key, {"grid": grid}, key=key, about=about)
        return
    people = at_work_with(ANSWER, conversation.code, clock.now())
    to = [To(person.member_id) for person in people]
    notify(to, ASKED.key, _waiting(conversation, grid), key=key, about=about)


def tell_of_missed(fact: FactRow) -> None:
    conversation = _of(fact)
    if conversation is None:
        return
    people = at_work_with(WATCH, conversation.code, clock.now())
    values = _waiting(conversation, name_of(conversation.code))
    to = [To(person.member_id) for person in people]
    notify(to, MISSED.key, values, key=f"missed:{fact.seq}", about=str(conversation.pk))


def _of(fact: FactRow) -> Conversation | None:
    """None where it was erased since."""
    return Conversation.objects.filter(pk=fact.data["conversation_id"]).first()


def _waiting(conversation: Conversation, grid: str) -> dict[str, str]:
    due = conversation.due_at.isoformat() if conversation.due_at else ""
    return {"grid": grid, "due": due, "thread": str(conversation.pk)}
