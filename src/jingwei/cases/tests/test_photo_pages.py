"""Photos of cases: for those who may see the case, small where the small copy is drawn."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from jingwei.cases.actions import add_photo
from jingwei.cases.testing import a_case
from jingwei.cases.tests.pages import a_jpeg, browser
from jingwei.kernel.testing import settle
from jingwei.people.public import Read
from jingwei.people.testing import a_holder, a_resident, the_cast
from jingwei.places.public import codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def photo(cast):
    return add_photo(a_case("dispatched", cast=cast), a_jpeg(), by=cast.grid_worker)


def body(answer):
    return b"".join(answer.streaming_content)


def test_whoever_may_see_the_case_sees_its_photos(client, cast, photo):
    address = reverse("cases:photo", args=[photo.pk])
    for member in (cast.resident, cast.grid_worker, cast.dispatcher, cast.department_handler, cast.leader):
        answer = browser(client, member).get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg"), member
        assert answer["Cache-Control"].startswith("private")
        assert body(answer)[:3] == b"\xff\xd8\xff"


def test_a_residents_photo_is_not_opened_in_silence(client, cast):
    photo = add_photo(a_case(cast=cast), a_jpeg(), by=cast.resident)
    for name, member in (
        ("photo", cast.dispatcher),
        ("small-photo", cast.dispatcher),
        ("photo", cast.resident),
        ("photo", cast.community_officer),
    ):
        assert body(browser(client, member).get(reverse(f"cases:{name}", args=[photo.pk])))

    assert list(Read.objects.order_by("pk").values_list("kind", "subject", "reader", "thing")) == [
        ("cases.photo", cast.resident.pk, reader.pk, str(photo.case_id))
        for reader in (cast.dispatcher, cast.community_officer)
    ]


def test_for_others_there_is_no_photo(client, cast, photo):
    neighbour = a_holder("grid_worker", codes.child(cast.community, 2))
    for name in ("photo", "small-photo"):
        address = reverse(f"cases:{name}", args=[photo.pk])
        for member in (a_resident(), neighbour, cast.security_officer):
            assert browser(client, member).get(address).status_code == 404, member
        client.cookies.clear()
        assert client.get(address).url.startswith(reverse("people:sign-in"))


def test_the_small_copy_stands_in_once_it_is_drawn(client, cast):
    photo = add_photo(a_case(cast=cast), a_jpeg(size=(1200, 1200)), by=cast.grid_worker)
    small = reverse("cases:small-photo", args=[photo.pk])
    visitor = browser(client, cast.resident)
    before = visitor.get(small)
    assert before["Cache-Control"] == "private, no-store"
    whole = body(before)
    settle()

    after = visitor.get(small)
    assert after["Cache-Control"].endswith("immutable")
    assert len(body(after)) < len(whole)


def test_a_file_that_was_lost_is_not_there(client, cast, photo):
    default_storage.delete(photo.file)

    assert browser(client, cast.resident).get(reverse("cases:photo", args=[photo.pk])).status_code == 404
