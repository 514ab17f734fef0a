"""The door to notices for the modules above."""

from jingwei.notices.actions import mark_read
from jingwei.notices.answering import register_answer
from jingwei.notices.choosing import without_digest
from jingwei.notices.inbox import unread_count
from jingwei.notices.models import Notice
from jingwei.notices.sending import Said, To, notify, notify_each
from jingwei.notices.texts import Kind, Text, Topic, Urgency, Value, register_text

__all__ = [
    "Kind",
    "Notice",
    "Said",
    "Text",
    "To",
    "Topic",
    "Urgency",
    "Value",
    "mark_read",
    "notify",
    "notify_each",
    "register_answer",
    "register_text",
    "unread_count",
    "without_digest",
]
