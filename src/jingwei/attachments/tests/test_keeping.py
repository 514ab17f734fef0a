"""Files are known by their content, lose their notes, and are held while the scanner is away."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from jingwei.attachments import testing as made
from jingwei.attachments.keeping import is_found_harmful, keep, small_name, throw_away
from jingwei.attachments.kinds import FORMATS, format_of
from jingwei.attachments.pictures import read_picture
from jingwei.attachments.stripping import without_notes
from jingwei.kernel.public import Refused, environment

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def site(monkeypatch):
    def say(**values):
        for name, value in values.items():
            monkeypatch.setenv(f"JINGWEI_{name}", value)
        environment.cache_clear()

    yield say
    monkeypatch.undo()
    environment.cache_clear()


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (made.a_jpeg(), "image/jpeg"),
        (made.HEIC, "image/jpeg"),
        (made.AMR, "audio/amr"),
        (b"#!AMR-WB\n" + bytes(20), "audio/amr-wb"),
        (made.OGG, "audio/ogg"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(20), "audio/wav"),
        (b"ID3\x04" + bytes(20), "audio/mpeg"),
        (b"\xff\xfb\x90\x64" + bytes(20), "audio/mpeg"),
        (b"\xff\xf1\x50\x80" + bytes(20), "audio/aac"),
        (made.WEBM_VOICE, "audio/webm"),
        (made.WEBM, "video/webm"),
        (made.a_voice(), "audio/mp4"),
        (made.a_film(b"soun", brand=b"3gp5"), "audio/3gpp"),
        (made.a_film(b"vide", b"soun", brand=b"3gp5"), "video/3gpp"),
        (made.a_film(b"vide", b"soun"), "video/mp4"),
        (made.a_film(b"vide", brand=b"qt  "), "video/quicktime"),
    ],
)
def test_a_format_is_known_by_content(data, content_type):
    assert format_of(data) is FORMATS[content_type]


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", b"MZ\x90", b"OggS" + bytes(60),
     b"\xff\xff\xff\xff", b"\x1aE\xdf\xa3" + bytes(80), made.a_box(b"ftyp", b"isom", bytes(4)), b"RIFF____AVI "],
)  # fmt: skip
def test_whatever_else_is_refused(data):
    with pytest.raises(Refused):
        keep(data, uuid4(), NOW)
    assert not default_storage.exists("attachments")


def test_a_picture_of_an_iphone_is_read_with_place_and_time_and_made_anew():
    picture = read_picture(made.HEIC, environment().zone())
    assert (picture.latitude, picture.longitude) == (30.25, 120.5)
    assert picture.taken_at == datetime(2026, 11, 21, 1, 30, tzinfo=UTC)

    kept = keep(made.HEIC, uuid4(), NOW)
    assert (kept.format.content_type, kept.width, kept.height) == ("image/jpeg", 64, 48)
    with default_storage.open(kept.file) as file, Image.open(file) as image:
        assert image.format == "JPEG"
        assert not image.getexif()
    assert default_storage.exists(small_name(kept.file))
    throw_away(kept.file)
    assert default_storage.listdir(kept.file.rsplit("/", 1)[0])[1] == []


def test_a_film_loses_its_notes_and_nothing_else():
    film = made.a_film(b"vide", b"soun")
    clean = without_notes(film)

    assert b"+30.2500" in film
    assert b"+30.2500" not in clean
    assert b"Phone 12" not in clean
    assert (len(clean), clean.index(b"mdat"), clean.count(b"hdlr")) == (len(film), film.index(b"mdat"), 2)
    assert without_notes(clean) == clean


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_film_that_is_cut_off_is_refused(cut):
    film = made.a_film(b"vide", b"soun")
    with pytest.raises(Refused):
        keep(film[:-cut], uuid4(), NOW)


def test_a_box_with_a_long_length_is_read():
    film = made.a_film(b"vide")
    long = (1).to_bytes(4) + b"mdat" + (16 + 5).to_bytes(8) + b"bytes"
    assert without_notes(long + film)[: len(long)] == long


def test_while_the_scanner_is_away_a_file_is_held(site):
    site(SCANNER="127.0.0.1:9", SCANNER_DOWN="refuse")
    kept = keep(made.AMR, uuid4(), NOW)
    assert kept.is_held
    assert is_found_harmful(kept.file) is None
    site(SCANNER_DOWN="take")
    assert not keep(made.AMR, uuid4(), NOW).is_held


def test_without_a_scanner_nothing_is_held(site):
    site(SCANNER="")
    kept = keep(made.OGG, uuid4(), NOW)
    assert (kept.is_held, is_found_harmful(kept.file)) == (False, False)


def test_too_large_a_voice_message_is_refused():
    with pytest.raises(Refused):
        keep(made.AMR + bytes(20 * 1024 * 1024), uuid4(), NOW)
