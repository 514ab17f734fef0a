"""The inbox of a member: what stands in it, newest first. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from jingwei.notices.models import Notice
from jingwei.notices.texts import Topic, text_of
from jingwei.people.public import Member

AT_ONCE = 30
MOST_COUNTED = 99


@dataclass(frozen=True)
class Message:
    """A notice as its reader sees it. `url` leads to what it is about, "" for nowhere."""

    id: UUID
    title: str
    body: str
    url: str
    topic: str
    is_urgent: bool
    is_new: bool
    written_at: datetime


def unread_count(member: Member) -> int:
    """At most one more than is shown: an index holds the unread ones alone. One query."""
    return Notice.objects.of(member).unread()[: MOST_COUNTED + 1].count()


def messages_of(member: Member, *, before: UUID | None = None, only_new: bool = False) -> tuple[list[Message], bool]:
    """Those before the one with the id `before`, and whether there are more. One query."""
    rows = Notice.objects.of(member).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if only_new:
        rows = rows.unread()
    found = list(rows[: AT_ONCE + 1])
    return [_message(row) for row in found[:AT_ONCE]], len(found) > AT_ONCE


def message(member: Member, key: UUID) -> Message | None:
    row = Notice.objects.of(member).filter(pk=key).first()
    return _message(row) if row else None


def _message(row: Notice) -> Message:
    text = text_of(row.text)
    said = text.said(row.values) if text else None
    return Message(
        id=row.pk,
        title=said.title if said else _("A message of an earlier version"),
        body=said.body if said else "",
        url=said.url if said else "",
        topic=str(Topic(row.topic).label),
        is_urgent=row.urgency == "emergency",
        is_new=row.read_at is None,
        written_at=row.written_at,
    )
