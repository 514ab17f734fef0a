"""What conversations let go: messages after a year, and conversations in which nothing is left."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from jingwei.conversations.actions.files import delete_files
from jingwei.conversations.models import Attachment, Conversation, Message
from jingwei.conversations.personal import MESSAGES
from jingwei.kernel.public import WHOLE, carries_out, in_batches, opened


def old_messages(now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(written_at__lte=now - MESSAGES.period)


def empty_conversations(now: datetime) -> QuerySet[Conversation]:
    """Nothing was said for so long, and the grid was not chosen since either."""
    left = Message.objects.filter(conversation_id=OuterRef("pk"))
    return Conversation.objects.filter(~Exists(left), chosen_at__lte=now - MESSAGES.period)


def forget(now: datetime) -> Iterator[int]:
    yield from in_batches(old_messages(now), _throw_away)
    with opened(WHOLE):
        yield empty_conversations(now).delete()[0]


def _throw_away(keys: list[UUID]) -> None:
    delete_files(Attachment.objects.filter(message__in=keys))
    Message.objects.filter(pk__in=keys).delete()


carries_out(MESSAGES, due=lambda now: old_messages(now).count(), forget=forget)
