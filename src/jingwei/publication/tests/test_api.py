"""Publicity by the API: what a key with the duty to file reads and decides."""

from functools import partial

import pytest

from jingwei.attachments.testing import a_jpeg
from jingwei.cases.public import Case, add_photo
from jingwei.people.testing import a_key
from jingwei.publication.models import ReleasedPhoto
from jingwei.publication.testing import a_public_case, cast_and_areas

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return cast_and_areas()


@pytest.fixture
def asked(client, cast):
    """Ask below the address of a public case, with a key that sees and files on its street."""
    row = a_public_case(cast=cast)
    key = a_key(["cases.see", "cases.file"], [cast.street])
    given = {"content_type": "application/json", "headers": {"authorization": key}}
    return row, partial(client.get, **given), partial(client.post, **given), f"/api/v1/cases/{row.number}/publicity"


def test_software_hides_a_case_and_shows_it_again(asked):
    row, get, post, address = asked

    assert get(address).json()["state"] == "shown"
    assert post(address, {"is_hidden": True}).status_code == 409
    hidden = post(address, {"is_hidden": True, "because": "inquiry"}).json()
    assert (hidden["state"], hidden["because"], hidden["title"]) == ("hidden", "inquiry", "")
    shown = post(address, {"is_hidden": False}).json()
    assert (shown["state"], shown["because"], shown["title"]) == ("shown", "", row.title)


def test_software_releases_a_photo_and_takes_it_back(asked, media, cast):
    row, get, post, address = asked
    photo = add_photo(Case.objects.get(pk=row.pk), a_jpeg(), by=cast.resident)

    for is_released in (True, False):
        assert post(f"{address}/photos/{photo.pk}", {"is_released": is_released}).status_code == 200
        assert ReleasedPhoto.objects.filter(pk=photo.pk).exists() == is_released
        assert [one["is_released"] for one in get(address).json()["photos"]] == [is_released]


def test_a_key_that_files_elsewhere_or_not_at_all_finds_nothing(asked, client, cast):
    _row, _get, _post, address = asked

    for key in (a_key(["cases.see"], [cast.street]), a_key(["cases.file"], [cast.street + 10**9])):
        assert client.get(address, headers={"authorization": key}).status_code == 404
