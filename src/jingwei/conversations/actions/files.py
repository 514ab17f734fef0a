"""Photos, voice messages and videos of a message: kept when it is said, held while the scanner is away, let go."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jingwei.attachments.public import Kept, drop_upload, is_found_harmful, keep, read_upload, throw_away
from jingwei.conversations.facts import AttachmentLookedAt
from jingwei.conversations.models import Attachment, Message
from jingwei.kernel.public import WHOLE, Refused, clock, opened, publish, uuid7
from jingwei.people.public import Member

MOST_FILES = 6
BATCH = 20


def keep_all(files: Sequence[bytes], uploads: Sequence[UUID], *, by: Member, now: datetime) -> dict[UUID, Kept]:
    """All of them by new ids, or none: what was kept before one is refused is thrown away."""
    if len(files) + len(uploads) > MOST_FILES:
        raise Refused(_("A message takes %(n)d files at most.") % {"n": MOST_FILES})
    kept: dict[UUID, Kept] = {}
    try:
        for data in (*files, *(read_upload(key, by=by) for key in uploads)):
            key = uuid7(now)
            kept[key] = keep(data, key, now)
    except Refused:
        throw_away_kept(kept.values())
        raise
    return kept


def throw_away_kept(kept: Iterable[Kept]) -> None:
    for one in kept:
        throw_away(one.file)


def attach(message: Message, kept: dict[UUID, Kept], uploads: Sequence[UUID], *, by: Member) -> None:
    """What was kept belongs to the message; the uploads are used up."""
    Attachment.objects.bulk_create(
        Attachment(
            id=key,
            message=message,
            kind=one.format.kind,
            content_type=one.format.content_type,
            state=Attachment.State.HELD if one.is_held else Attachment.State.THERE,
            file=one.file,
            digest=one.digest,
            size=one.size,
            width=one.width,
            height=one.height,
        )
        for key, one in kept.items()
    )
    for key in uploads:
        drop_upload(key, by=by)


def look_again(now: datetime | None = None) -> int:
    """Show to the scanner what is held. Gives how many it had a word for; what it found harmful is removed."""
    with opened(WHOLE):
        held = Attachment.objects.filter(state=Attachment.State.HELD).select_related("message").order_by("pk")
        rows = list(held.select_for_update(of=("self",), skip_locked=True)[:BATCH])
        looked = 0
        for row in rows:
            is_harmful = is_found_harmful(row.file)
            if is_harmful is None:
                break
            _settle(row, now or clock.now(), is_harmful=is_harmful)
            looked += 1
    return looked


def _settle(row: Attachment, now: datetime, *, is_harmful: bool) -> None:
    row.state = Attachment.State.REMOVED if is_harmful else Attachment.State.THERE
    row.save(update_fields=["state"])
    if is_harmful:
        throw_away(row.file)
    about = {"conversation_id": str(row.message.conversation_id), "code": row.message.code}
    fact = AttachmentLookedAt(**about, attachment_id=str(row.pk), member_id=row.message.member_id)
    publish(fact, by=None, at=now)


def delete_files(attachments: QuerySet[Attachment]) -> None:
    """Files before rows: if it breaks off, the rows still name them."""
    for name in attachments.values_list("file", flat=True):
        throw_away(name)
