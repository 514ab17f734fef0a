"""What conversations tell of a person: taken away in one file, noted when read, erased with the account."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.conversations.actions.files import delete_files
from jingwei.conversations.models import Attachment, Conversation, Message
from jingwei.people.public import Chapter, Eraser, Member, register_chapter, register_eraser, register_read_kind

READ = "conversations.messages"


def said(member: Member) -> list[dict[str, Any]]:
    """All that stands in a person's own conversations."""
    rows = Message.objects.filter(member=member).prefetch_related("attachments").order_by("written_at", "pk")
    return [
        {
            _("Written"): row.written_at,
            _("By"): _("You") if row.side == Message.Side.RESIDENT else _("Grid worker"),
            _("Message"): row.text,
            _("Files"): ", ".join(_name(one) for one in row.attachments.all()),
        }
        for row in rows
    ]


def sent(member: Member) -> Iterator[tuple[str, str]]:
    """The files of a person's own conversations that they sent themselves, and where they lie."""
    rows = Attachment.objects.filter(message__author=member, message__member=member, state=Attachment.State.THERE)
    return ((_name(row), row.file) for row in rows.order_by("pk"))


def _name(row: Attachment) -> str:
    return f"messages/{row.pk}.{row.format.suffix}"


def forget_resident(member: Member) -> None:
    """Their threads go as a whole; what they wrote as a worker stays with the resident, without a name."""
    delete_files(Attachment.objects.filter(message__member=member))
    Conversation.objects.filter(member=member).delete()
    Message.objects.filter(author=member).update(author=None)


register_read_kind(READ, pgettext_lazy("what was read", "Messages to the grid worker"))
register_eraser(Eraser(lambda _member: None, forget_resident))
register_chapter(Chapter("conversations", gettext_lazy("My grid worker"), said, sent))
