"""Conversations go along when areas change. Where two grids become one, so do a resident's threads with both."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from jingwei.conversations.models import Conversation
from jingwei.places.public import Holding, Line, Moment, Moved, Span, Spot, Thing, name_of, register_holding, within
from jingwei.ui.public import exact


class Conversations(Holding):
    key = "conversations"
    title = _("Conversations with residents")
    icon = "message"

    def things(self, spans: Sequence[Span], on: date) -> Sequence[Thing]:  # noqa: ARG002 - a conversation has no days
        rows = Conversation.objects.filter(within(spans)).order_by("pk").values_list("pk", "code")
        return [Thing(key, Spot(code)) for key, code in rows]

    def lines(self, keys: Sequence[Any], limit: int) -> list[Line]:
        """Neither who writes nor what: whoever plans areas is not to know."""
        rows = Conversation.objects.filter(pk__in=list(keys)).order_by("pk")[:limit]
        return [Line(name_of(row.code), exact(row.last_at or row.chosen_at)) for row in rows]

    def move(self, moved: Sequence[Moved], moment: Moment) -> None:  # noqa: ARG002
        for thing in moved:
            _move(Conversation.objects.locked(thing.key), thing.new[0])


def _move(conversation: Conversation, code: int) -> None:
    there = Conversation.objects.select_for_update().filter(member_id=conversation.member_id, code=code).first()
    if there is None:
        Conversation.objects.filter(pk=conversation.pk).update(code=code)
        conversation.messages.update(code=code)
        return
    conversation.messages.update(conversation=there, code=code)
    _join(there, conversation)
    conversation.delete()


def _join(there: Conversation, other: Conversation) -> None:
    """What is there goes on; of both waits the one that began first."""
    there.chosen_at = max(there.chosen_at, other.chosen_at)
    there.last_at = max(filter(None, (there.last_at, other.last_at)), default=None)
    if other.waiting_since and (there.waiting_since is None or other.waiting_since < there.waiting_since):
        there.waiting_since, there.due_at, there.raised_at = other.waiting_since, other.due_at, other.raised_at
    there.save()


def register() -> None:
    register_holding(Conversations())
