"""What a file is, known by its content: its name and what a browser says of it count for nothing."""

import re
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

HEAD = 4096
"""Bytes in which a file says what it is."""


class Kind(TextChoices):
    PHOTO = "photo", pgettext_lazy("attachment", "Photo")
    VOICE = "voice", pgettext_lazy("attachment", "Voice message")
    VIDEO = "video", pgettext_lazy("attachment", "Video")


@dataclass(frozen=True)
class Format:
    """`plays`: in the browsers of today; what does not is offered as a file."""

    kind: Kind
    content_type: str
    suffix: str
    plays: bool = True


PICTURE = Format(Kind.PHOTO, "image/jpeg", "jpg")
AMR = Format(Kind.VOICE, "audio/amr", "amr", plays=False)
AMR_WIDE = Format(Kind.VOICE, "audio/amr-wb", "awb", plays=False)
MP3 = Format(Kind.VOICE, "audio/mpeg", "mp3")
WAVE = Format(Kind.VOICE, "audio/wav", "wav")
AAC = Format(Kind.VOICE, "audio/aac", "aac")
OGG = Format(Kind.VOICE, "audio/ogg", "ogg")
M4A = Format(Kind.VOICE, "audio/mp4", "m4a")
GPP_VOICE = Format(Kind.VOICE, "audio/3gpp", "3gp", plays=False)
WEBM_VOICE = Format(Kind.VOICE, "audio/webm", "weba")
MP4 = Format(Kind.VIDEO, "video/mp4", "mp4")
QUICKTIME = Format(Kind.VIDEO, "video/quicktime", "mov", plays=False)
GPP = Format(Kind.VIDEO, "video/3gpp", "3gp", plays=False)
WEBM = Format(Kind.VIDEO, "video/webm", "webm")

FORMATS = {
    one.content_type: one
    for one in (
        PICTURE, AMR, AMR_WIDE, MP3, WAVE, AAC, OGG, M4A, GPP_VOICE, WEBM_VOICE, MP4, QUICKTIME, GPP, WEBM,
    )
}  # fmt: skip

STILL = (b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1", b"heim", b"heis")
"""Brands of pictures in the box format that sound and film use, too."""
VIDEO_TRACK = re.compile(rb"hdlr.{8}vide", re.DOTALL)
SOUND_TRACK = re.compile(rb"hdlr.{8}soun", re.DOTALL)
WEBM_VIDEO = re.compile(rb"V_(VP8|VP9|AV1|MPEG4)")
BEGINNINGS = ((b"#!AMR-WB\n", AMR_WIDE), (b"#!AMR\n", AMR), (b"ID3", MP3))
OGG_SOUND = (b"OpusHead", b"\x01vorbis", b"Speex   ")
WEBM_SOUND = re.compile(rb"A_(OPUS|VORBIS)")


def format_of(data: bytes) -> Format | None:
    """None for what is neither picture nor sound nor film."""
    head = data[:16]
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return PICTURE
    if head[4:8] == b"ftyp":
        return _boxes(data)
    if head.startswith(b"\x1aE\xdf\xa3"):
        return _matroska(data)
    return _sound(data)


def _sound(data: bytes) -> Format | None:
    for begins, known in BEGINNINGS:
        if data.startswith(begins):
            return known
    if data.startswith(b"OggS") and any(codec in data[:HEAD] for codec in OGG_SOUND):
        return OGG
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return WAVE
    if data[:1] == b"\xff" and len(data) > 3:
        return AAC if data[1] & 0xF6 == 0xF0 else MP3 if _is_mp3(data) else None
    return None


def _is_mp3(head: bytes) -> bool:
    """A frame header of layer III with a bit rate and a sampling rate that exist."""
    return head[1] & 0xE6 == 0xE2 and head[2] >> 4 not in {0, 15} and head[2] >> 2 & 3 != 3


def _boxes(data: bytes) -> Format | None:
    """MP4 and what grew out of it: the tracks say whether there is something to see."""
    brand = data[8:12]
    if brand in STILL:
        return PICTURE
    has_video, has_sound = VIDEO_TRACK.search(data), SOUND_TRACK.search(data)
    if not (has_video or has_sound):
        return None
    if brand.startswith(b"3g"):
        return GPP if has_video else GPP_VOICE
    if not has_video:
        return M4A
    return QUICKTIME if brand == b"qt  " else MP4


def _matroska(data: bytes) -> Format | None:
    head = data[:HEAD]
    if b"webm" not in head[:64]:
        return None
    if WEBM_VIDEO.search(head):
        return WEBM
    return WEBM_VOICE if WEBM_SOUND.search(head) else None
