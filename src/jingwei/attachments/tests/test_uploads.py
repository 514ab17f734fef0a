"""Files in pieces: they go on where they ended, are nobody else's, and are thrown away when nobody uses them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jingwei.attachments.models import Upload
from jingwei.attachments.retention import forget
from jingwei.attachments.uploading import BEGUN, LARGEST_PIECE, add_piece, begin_upload, path_of, read_upload
from jingwei.kernel.public import Refused, clock
from jingwei.people.testing import a_resident, let_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def owner():
    return a_resident()


def test_pieces_come_together_in_order(owner):
    key = begin_upload(uuid4(), 10, by=owner).pk
    assert add_piece(key, 0, b"01234", by=owner).received == 5
    with pytest.raises(Refused):
        read_upload(key, by=owner)
    assert add_piece(key, 0, b"01234", by=owner).received == 5  # sent twice: nothing is written again
    assert add_piece(key, 7, b"789", by=owner).received == 5
    assert add_piece(key, 5, b"56789", by=owner).is_whole
    assert read_upload(key, by=owner) == b"0123456789"


def test_what_a_lost_try_wrote_is_written_over(owner):
    key = begin_upload(uuid4(), 4, by=owner).pk
    path_of(key).parent.mkdir()
    path_of(key).write_bytes(b"rubbish")
    add_piece(key, 0, b"good", by=owner)

    assert read_upload(key, by=owner) == b"good"


@pytest.mark.parametrize(("offset", "data"), [(0, b"12345"), (3, b"12"), (0, bytes(LARGEST_PIECE + 1))])
def test_pieces_that_do_not_fit_are_refused(owner, offset, data):
    key = begin_upload(uuid4(), 4, by=owner).pk
    with pytest.raises(Refused):
        add_piece(key, offset, data, by=owner)


@pytest.mark.parametrize("size", [0, -1, 101 * 1024 * 1024])
def test_sizes_that_are_none_are_refused(owner, size):
    with pytest.raises(Refused):
        begin_upload(uuid4(), size, by=owner)


def test_an_id_is_one_file_of_one_member(owner):
    key = begin_upload(uuid4(), 4, by=owner).pk
    assert begin_upload(key, 4, by=owner).pk == key
    with pytest.raises(Refused):
        begin_upload(key, 5, by=owner)
    with pytest.raises(Refused):
        begin_upload(key, 4, by=a_resident())
    with pytest.raises(Upload.DoesNotExist):
        add_piece(key, 0, b"1234", by=a_resident())
    with pytest.raises(Refused):
        read_upload(key, by=a_resident())


def test_uploads_are_counted(owner):
    for _number in range(BEGUN.limit):
        begin_upload(uuid4(), 4, by=owner)
    with pytest.raises(Refused):
        begin_upload(uuid4(), 4, by=owner)


def test_what_nobody_uses_goes_after_a_day(owner):
    now = clock.now()
    old = begin_upload(uuid4(), 4, by=owner, now=now - timedelta(hours=25)).pk
    add_piece(old, 0, b"1234", by=owner, now=now - timedelta(hours=24))
    fresh = begin_upload(uuid4(), 4, by=owner, now=now - timedelta(hours=23)).pk

    assert sum(forget(now)) == 1
    assert not path_of(old).exists()
    assert list(Upload.objects.values_list("pk", flat=True)) == [fresh]


def test_the_protocol(owner):
    client, key = let_in(Client(), owner), uuid4()
    piece = reverse("attachments:piece", args=[key])
    begun = client.post(reverse("attachments:begin"), {"id": key, "size": 6})
    assert (begun.status_code, begun.json()["offset"]) == (201, 0)
    first = client.patch(piece, b"abc", content_type="application/octet-stream", headers={"Upload-Offset": "0"})
    assert (first.status_code, first.headers["Upload-Offset"]) == (200, "3")
    again = client.patch(piece, b"abc", content_type="application/octet-stream", headers={"Upload-Offset": "0"})
    assert (again.status_code, again.json()["offset"]) == (200, 3)
    gap = client.patch(piece, b"f", content_type="application/octet-stream", headers={"Upload-Offset": "5"})
    assert (gap.status_code, gap.json()["offset"]) == (409, 3)
    assert client.patch(piece, b"def").status_code == 422
    assert client.get(piece).json() == {"id": str(key), "offset": 3, "size": 6}
    assert let_in(Client(), a_resident()).get(piece).status_code == 404
    assert client.delete(piece).status_code == 204
    assert client.get(piece).status_code == 404
    assert client.post(reverse("attachments:begin"), {"id": "x", "size": 6}).status_code == 422
    assert client.post(reverse("attachments:begin"), {"id": key, "size": 0}).status_code == 409
