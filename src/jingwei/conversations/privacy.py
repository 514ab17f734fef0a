"""What conversations tell of a person: taken away in one file, noted when read, erased with the account."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.conversations.models import Conversation, Message
from jingwei.people.public import Chapter, Eraser, Member, register_chapter, register_eraser, register_read_kind

READ = "conversations.messages"


def said(member: Member) -> list[dict[str, Any]]:
    """All that stands in a person's own conversations."""
    rows = Message.objects.filter(member=member).order_by("written_at", "pk")
    return [
        {
            _("Written"): row.written_at,
            _("By"): _("You") if row.side == Message.Side.RESIDENT else _("Grid worker"),
            _("Message"): row.text,
        }
        for row in rows
    ]


def forget_resident(member: Member) -> None:
    """Their threads go as a whole; what they wrote as a worker stays with the resident, without a name."""
    Conversation.objects.filter(member=member).delete()
    Message.objects.filter(author=member).update(author=None)


register_read_kind(READ, pgettext_lazy("what was read", "Messages to the grid worker"))
register_eraser(Eraser(lambda _member: None, forget_resident))
register_chapter(Chapter("conversations", gettext_lazy("My grid worker"), said))
