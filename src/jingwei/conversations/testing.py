"""Builders of conversations, for the tests of every module."""

from datetime import datetime
from uuid import uuid4

from jingwei.conversations.actions import open_conversation, say
from jingwei.conversations.models import Conversation, Message
from jingwei.people.public import Member


def a_conversation(resident: Member, grid: int, *, now: datetime | None = None) -> Conversation:
    """Of a resident with a grid that is there."""
    return open_conversation(grid, by=resident, now=now)


def a_message(
    conversation: Conversation, by: Member, text: str = "The lamp is out", *, now: datetime | None = None
) -> Message:
    return say(conversation, text, key=uuid4(), by=by, now=now)
