"""A file comes in pieces, each at the place where the last one ended; a lost line or a new page goes on from there.

Pieces are kept for a day. What is whole is taken by whoever uses it, once.
"""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError
from django.db.models import QuerySet
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.attachments.keeping import LARGEST_FILE, MEGABYTE
from jingwei.attachments.models import Upload
from jingwei.kernel.public import Refused, clock
from jingwei.people.public import Allowance, Member

LIVES = timedelta(days=1)
LARGEST_PIECE = 4 * MEGABYTE
BEGUN = Allowance("attachments.upload", 60, timedelta(hours=1))
"""Of one member."""
FOLDER = "uploads"


@atomic
def begin_upload(key: UUID, size: int, *, by: Member, now: datetime | None = None) -> Upload:
    """A file of `size` bytes will come. The same again is the same upload; Refused for one that is somebody else's."""
    if not 0 < size <= LARGEST_FILE:
        raise Refused(_("The file is larger than %(n)d MB. Send a shorter one.") % {"n": LARGEST_FILE // MEGABYTE})
    there = Upload.objects.filter(pk=key, member=by).first()
    if there is None:
        now = now or clock.now()
        BEGUN.require(str(by.pk), now)
        try:
            with atomic():
                return Upload.objects.create(id=key, member=by, size=size, changed_at=now)
        except IntegrityError:
            raise Refused(other_file()) from None
    if there.size != size:
        raise Refused(other_file())
    return there


def other_file() -> str:
    return _("This upload was begun with another file. Choose the file once more.")


@atomic
def add_piece(key: UUID, offset: int, data: bytes, *, by: Member, now: datetime | None = None) -> Upload:
    """Write what comes at `offset`. Gives the upload as it is then: from another offset nothing is written."""
    upload = Upload.objects.select_for_update().get(pk=key, member=by)
    if len(data) > LARGEST_PIECE or offset + len(data) > upload.size:
        raise Refused(_("This piece does not fit into the file. Choose the file once more."))
    if offset != upload.received:
        return upload
    path = path_of(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(offset)  # what a try wrote that came to nothing
        file.seek(offset)
        file.write(data)
    upload.received, upload.changed_at = offset + len(data), now or clock.now()
    upload.save(update_fields=["received", "changed_at"])
    return upload


def keep_upload(data: bytes, *, by: Member) -> Upload:
    """A file that came whole, kept as if it had come in pieces: its form could not be taken, and comes back with it."""
    upload = begin_upload(uuid4(), len(data), by=by)
    for offset in range(0, len(data), LARGEST_PIECE):
        upload = add_piece(upload.pk, offset, data[offset : offset + LARGEST_PIECE], by=by)
    return upload


def is_whole(key: UUID, *, by: Member) -> bool:
    """Whether all of it has arrived."""
    upload = Upload.objects.filter(pk=key, member=by).first()
    return upload is not None and upload.is_whole


def drop_upload(key: UUID, *, by: Member) -> None:
    """Take it back; one that is not there is gone already."""
    throw_away_uploads(Upload.objects.filter(pk=key, member=by))


def read_upload(key: UUID, *, by: Member) -> bytes:
    """What has arrived whole. Refused for what has not, or is gone."""
    upload = Upload.objects.filter(pk=key, member=by).first()
    if upload is None or not upload.is_whole or not path_of(key).exists():
        raise Refused(_("A file has not arrived whole. Wait until it has, or choose it once more."))
    return path_of(key).read_bytes()


def throw_away_uploads(uploads: QuerySet[Upload]) -> int:
    """Files first: if it breaks off, the rows still name them. Gives how many."""
    keys = list(uploads.values_list("pk", flat=True))
    for key in keys:
        path_of(key).unlink(missing_ok=True)
    Upload.objects.filter(pk__in=keys).delete()
    return len(keys)


def forgotten(now: datetime) -> QuerySet[Upload]:
    return Upload.objects.filter(changed_at__lte=now - LIVES)


def path_of(key: UUID) -> Path:
    """Where the pieces of an upload are put together."""
    return Path(settings.MEDIA_ROOT) / FOLDER / str(key)
