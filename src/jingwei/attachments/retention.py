"""What attachments let go: files that were sent and never used."""

from collections.abc import Iterator
from datetime import datetime

from jingwei.attachments.personal import UPLOADS
from jingwei.attachments.uploading import forgotten, throw_away_uploads
from jingwei.kernel.public import WHOLE, carries_out, opened


def forget(now: datetime) -> Iterator[int]:
    with opened(WHOLE):
        yield throw_away_uploads(forgotten(now))


carries_out(UPLOADS, due=lambda now: forgotten(now).count(), forget=forget)
