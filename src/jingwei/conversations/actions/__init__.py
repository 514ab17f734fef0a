"""Every write of conversations."""

from jingwei.conversations.actions.files import look_again
from jingwei.conversations.actions.reporting import make_case
from jingwei.conversations.actions.talking import mark_read, open_conversation, say
from jingwei.conversations.actions.waiting import raise_overdue, set_terms

__all__ = ["look_again", "make_case", "mark_read", "open_conversation", "raise_overdue", "say", "set_terms"]
