"""The door to conversations for the modules above."""

from jingwei.conversations.actions import make_case, mark_read, open_conversation, say, set_terms
from jingwei.conversations.models import Conversation, Message
from jingwei.conversations.reading import MyWorker, my_worker, unread_count

__all__ = [
    "Conversation",
    "Message",
    "MyWorker",
    "make_case",
    "mark_read",
    "my_worker",
    "open_conversation",
    "say",
    "set_terms",
    "unread_count",
]
