"""Pictures as they arrive: known by their content, read for place and time, then made anew without metadata."""

import warnings
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pi_heif
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from jingwei.kernel.public import Refused, require_clean

LARGEST = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2560
THUMBNAIL = 360
QUALITY = 84
TAKEN = ("JPEG", "PNG", "WEBP", "HEIF")

pi_heif.register_heif_opener()  # the pictures of iPhones; read only, by libheif


@dataclass(frozen=True)
class Picture:
    """A picture ready to keep: JPEG bytes without metadata, and what its metadata said. Degrees are WGS-84."""

    data: bytes
    width: int
    height: int
    longitude: float | None = None
    latitude: float | None = None
    taken_at: datetime | None = None


def picture_bytes(file: "UploadedFile[bytes]") -> bytes:
    """What was sent as a picture; Refused, before it is in memory, where it is too large."""
    _check_size(file.size or 0)
    return bytes(file.read())


def _check_size(size: int) -> None:
    if size > LARGEST:
        raise Refused(_("The photo is larger than %(n)d MB. Send a smaller one.") % {"n": LARGEST // 1024**2})


def read_picture(data: bytes, zone: ZoneInfo) -> Picture:
    """Check, show to the scanner, read and re-encode; Refused where that fails.

    `zone` is that of a camera that names none.
    """
    _check_size(len(data))
    require_clean(data)
    return decode_picture(data, zone)


def decode_picture(data: bytes, zone: ZoneInfo) -> Picture:
    """Read and re-encode what has been shown to the scanner; Refused where that fails."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _read(data, zone)
    except UnidentifiedImageError:
        raise Refused(_("This file is not a photo that we can read. Send a JPEG, PNG, WebP or HEIC picture.")) from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(_("This photo is damaged or too large in pixels. Take it again, or send another.")) from None


def _read(data: bytes, zone: ZoneInfo) -> Picture:
    with Image.open(BytesIO(data), formats=TAKEN) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        exif = image.getexif()
        place, taken_at = _place(exif), _taken_at(exif, zone)
        plain = ImageOps.exif_transpose(image).convert("RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    longitude, latitude = place or (None, None)
    return Picture(encode(plain), plain.width, plain.height, longitude, latitude, taken_at)


def encode(image: Image.Image) -> bytes:
    """JPEG bytes of the pixels alone."""
    clean = Image.frombytes(image.mode, image.size, image.tobytes())
    out = BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def thumbnail(data: bytes) -> bytes:
    """A small copy, its longer side 360 px."""
    with Image.open(BytesIO(data), formats=("JPEG",)) as image:
        image.thumbnail((THUMBNAIL, THUMBNAIL))
        return encode(image.convert("RGB"))


def _place(exif: Image.Exif) -> tuple[float, float] | None:
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    try:
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], gps.get(ExifTags.GPS.GPSLatitudeRef, "N"))
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], gps.get(ExifTags.GPS.GPSLongitudeRef, "E"))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    is_place = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)
    return (longitude, latitude) if is_place else None


def _degrees(parts: tuple[float, float, float], half: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if half in {"S", "W"} else value


def _taken_at(exif: Image.Exif, zone: ZoneInfo) -> datetime | None:
    details = exif.get_ifd(ExifTags.IFD.Exif)
    text = details.get(ExifTags.Base.DateTimeOriginal)
    offset = details.get(ExifTags.Base.OffsetTimeOriginal)
    try:
        taken = datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone)
        if offset:
            taken = taken.replace(tzinfo=datetime.strptime(str(offset), "%z").tzinfo)
        return taken.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
