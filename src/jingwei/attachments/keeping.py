"""A file that somebody sent becomes a file that is kept: known by its content, without notes, shown to the scanner."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from jingwei.attachments.kinds import PICTURE, Format, Kind, format_of
from jingwei.attachments.pictures import LARGEST, decode_picture, thumbnail
from jingwei.attachments.stripping import without_notes
from jingwei.kernel.public import Refused, Verdict, environment, verdict_on

MEGABYTE = 1024 * 1024
LARGEST_OF = {Kind.PHOTO: LARGEST, Kind.VOICE: 20 * MEGABYTE, Kind.VIDEO: 100 * MEGABYTE}
LARGEST_FILE = max(LARGEST_OF.values())
FOLDER = "attachments"


@dataclass(frozen=True)
class Kept:
    """`is_held`: the scanner did not say, so nobody is shown it until it has."""

    format: Format
    file: str
    size: int
    digest: bytes
    width: int = 0
    height: int = 0
    is_held: bool = False


def keep(data: bytes, key: UUID, now: datetime) -> Kept:
    """Write it down under `key`. Refused for what is too large, damaged, of no use here, or harmful."""
    known = format_of(data)
    if known is None:
        raise Refused(_("This is neither a photo nor a voice message nor a video that we know. Send another file."))
    most = LARGEST_OF[known.kind]
    if len(data) > most:
        raise Refused(_("The file is larger than %(n)d MB. Send a shorter one.") % {"n": most // MEGABYTE})
    verdict = verdict_on(data)
    if verdict is Verdict.INFECTED:
        raise Refused(_("The scanner found something harmful in this file, so it was not taken. Send another one."))
    is_held = verdict is Verdict.UNKNOWN and environment().scanner_down == "refuse"
    digest = sha256(data).digest()
    if known is PICTURE:
        picture = decode_picture(data, environment().zone())
        name = _write(picture.data, key, known, now)
        _save(small_name(name), thumbnail(picture.data))
        return Kept(known, name, len(picture.data), digest, picture.width, picture.height, is_held)
    clean = _stripped(data, known)
    return Kept(known, _write(clean, key, known, now), len(clean), digest, is_held=is_held)


def _stripped(data: bytes, known: Format) -> bytes:
    if data[4:8] != b"ftyp":
        return data
    try:
        return without_notes(data)
    except ValueError:
        words = _("This video is damaged. Record it again.") if known.kind is Kind.VIDEO else ""
        raise Refused(words or _("This voice message is damaged. Record it again.")) from None


def _write(data: bytes, key: UUID, known: Format, now: datetime) -> str:
    return _save(f"{FOLDER}/{now:%Y/%m}/{key}.{known.suffix}", data)


def _save(name: str, data: bytes) -> str:
    """Under this very name: what lies there was written by a try that came to nothing."""
    if default_storage.exists(name):
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(data))


def small_name(name: str) -> str:
    """Where the small copy of a picture lies."""
    return name.removesuffix(".jpg") + ".small.jpg"


def throw_away(name: str) -> None:
    """The file and its small copy; one that is gone already is no error."""
    default_storage.delete(name)
    default_storage.delete(small_name(name))


def is_found_harmful(name: str) -> bool | None:
    """What the scanner says now of a file that is held; None while it does not say. One that is gone is harmless."""
    try:
        with default_storage.open(name) as file:
            verdict = verdict_on(file.read())
    except FileNotFoundError:
        return False
    return None if verdict is Verdict.UNKNOWN else verdict is Verdict.INFECTED
