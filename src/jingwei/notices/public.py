"""The door to notices for the modules above."""

from jingwei.notices.actions import mark_read
from jingwei.notices.answering import register_answer
from jingwei.notices.choosing import without_digest
from jingwei.notices.inbox import unread_count
from jingwei.notices.models import Notice
from jingwei.notices.sending import To, notify
from jingwei.notices.texts import Kind, Text, Topic, Urgency, Value, register_text

__all__ = [
    "Kind",
    "Notice",
    "Text",
    "To",
    "Topic",
    "Urgency",
    "Value",
    "mark_read",
    "notify",
    "register_answer",
    "register_text",
    "unread_count",
    "without_digest",
]
