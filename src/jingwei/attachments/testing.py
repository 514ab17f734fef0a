"""Small files of each format that phones send, made here: as much of each as says what it is."""

from io import BytesIO
from pathlib import Path
from uuid import UUID

from PIL import Image

from jingwei.attachments.uploading import add_piece, begin_upload
from jingwei.kernel.public import uuid7
from jingwei.people.public import Member

HEIC = (Path(__file__).parent / "tests" / "data" / "phone.heic").read_bytes()
"""A picture of 64 × 48 as an iPhone writes them, with the place 30.25 N, 120.5 E in its notes."""
AMR = b"#!AMR\n" + b"\x3c" + bytes(31)
OGG = b"OggS\x00\x02" + bytes(22) + b"OpusHead\x01\x01" + bytes(40)
WEBM_VOICE = b"\x1aE\xdf\xa3\x93B\x82\x84webm" + bytes(30) + b"A_OPUS" + bytes(60)
WEBM = b"\x1aE\xdf\xa3\x93B\x82\x84webm" + bytes(30) + b"V_VP9" + b"A_OPUS" + bytes(60)


def a_jpeg(colour: str = "olive", size: tuple[int, int] = (640, 480)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


def a_box(kind: bytes, *inside: bytes) -> bytes:
    data = b"".join(inside)
    return (8 + len(data)).to_bytes(4) + kind + data


def a_track(handler: bytes) -> bytes:
    return a_box(b"trak", a_box(b"mdia", a_box(b"hdlr", bytes(8), handler, bytes(12))))


def a_film(*handlers: bytes, brand: bytes = b"isom", place: bytes = b"+30.2500+120.5000/") -> bytes:
    """In boxes, with the place where it was made in its notes. Handlers: `vide`, `soun`."""
    notes = a_box(b"udta", a_box(b"\xa9xyz", place), a_box(b"\xa9mod", b"Phone 12"))
    moov = a_box(b"moov", a_box(b"mvhd", bytes(100)), *(a_track(one) for one in handlers), notes)
    return a_box(b"ftyp", brand, bytes(4)) + a_box(b"mdat", b"streams", bytes(64)) + moov


def a_voice() -> bytes:
    """As iPhones record it."""
    return a_film(b"soun", brand=b"M4A ")


def an_upload(data: bytes, by: Member) -> UUID:
    """A file of `by` that has arrived in pieces, and the id under which it did."""
    key = begin_upload(uuid7(), len(data), by=by).pk
    add_piece(key, 0, data, by=by)
    return key
