"""Photos: read for place and time, made anew, kept once."""

from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from PIL import ExifTags, Image

from jingwei.attachments.public import LARGEST, read_picture
from jingwei.cases import actions
from jingwei.cases.models import Photo
from jingwei.cases.testing import a_case
from jingwei.kernel.public import NotPermitted, Refused
from jingwei.kernel.testing import settle
from jingwei.people.testing import a_resident, the_cast

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_photo(*, size=(800, 600), kind="JPEG", exif=None, colour="navy"):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **({"exif": exif} if exif else {}))
    return out.getvalue()


def an_exif():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Camera of Mrs Li"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:16 09:00:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (30.0, 33.0, 0.0)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (114.0, 18.0, 36.0)
    return exif


def test_place_and_time_are_read_and_then_nothing_is_left_of_the_metadata():
    picture = read_picture(a_photo(exif=an_exif()), SHANGHAI)
    assert (round(picture.longitude, 4), picture.latitude) == (114.31, 30.55)
    assert picture.taken_at == datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
    assert (picture.width, picture.height) == (600, 800)  # turned upright
    with Image.open(BytesIO(picture.data)) as kept:
        assert not kept.getexif()
        assert b"Mrs Li" not in picture.data


def test_a_large_photo_is_made_smaller():
    picture = read_picture(a_photo(size=(4000, 1000)), SHANGHAI)
    assert (picture.width, picture.height) == (2560, 640)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_become_jpeg(kind):
    assert read_picture(a_photo(kind=kind), SHANGHAI).data.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + b"0" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        a_photo()[:400],
        b"\xff\xd8\xff" + b"0" * 100,
        b"0" * (LARGEST + 1),
    ],
    ids=["empty", "gif", "svg", "pdf", "cut off", "noise", "too large"],
)
def test_what_is_no_photo_is_refused_with_a_sentence(data):
    with pytest.raises(Refused) as refused:
        read_picture(data, SHANGHAI)
    assert refused.value.message


def test_a_photo_with_too_many_pixels_is_refused():
    with pytest.raises(Refused):
        read_picture(a_photo(size=(9000, 8000), kind="PNG"), SHANGHAI)


@pytest.mark.django_db
def test_the_same_photo_is_kept_once_and_gets_its_small_copy():
    cast = the_cast()
    case = a_case(cast=cast)
    first = actions.add_photo(case, a_photo(), by=cast.resident)
    again = actions.add_photo(case, a_photo(), by=cast.resident)
    settle()
    assert first.pk == again.pk
    photo = Photo.objects.get()
    assert (photo.moment, photo.has_thumbnail) == ("before", True)
    with default_storage.open(actions.thumbnail_name(photo)) as file, Image.open(file) as small:
        assert max(small.size) == 360


@pytest.mark.django_db
def test_what_a_photo_shows_follows_from_where_the_case_is():
    cast = the_cast()
    assert actions.add_photo(a_case("in_hand", cast=cast), a_photo(), by=cast.department_handler).moment == "after"
    with pytest.raises(NotPermitted):
        actions.add_photo(a_case("in_hand", cast=cast), a_photo(), by=a_resident())


@pytest.mark.django_db
def test_a_case_takes_twelve_photos():
    cast = the_cast()
    case = a_case(cast=cast)
    for number in range(12):
        actions.add_photo(case, a_photo(size=(40, 30), colour=(number, 0, 0), kind="PNG"), by=cast.resident)
    with pytest.raises(Refused):
        actions.add_photo(case, a_photo(size=(40, 30), colour="white"), by=cast.resident)


def test_photo_in_which_the_scanner_finds_something_is_refused_before_it_is_read(monkeypatch):
    def found(data):
        raise Refused(f"{len(data)} bytes were scanned")

    monkeypatch.setattr("jingwei.attachments.pictures.require_clean", found)

    with pytest.raises(Refused, match="7 bytes were scanned"):
        read_picture(b"harmful", ZoneInfo("Asia/Shanghai"))
