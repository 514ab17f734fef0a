"""The pages of sets, as an administrator uses them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jingwei.cases.public import condition_of
from jingwei.cases.testing import MONDAY, PLAIN, a_case
from jingwei.exchange.configuration.actions import bring_set
from jingwei.exchange.configuration.files import pack, unpack, written
from jingwei.exchange.configuration.models import ConfigurationSet
from jingwei.exchange.configuration.testing import files_with
from jingwei.exchange.configuration.tests.test_sets import a_day_longer, administrator
from jingwei.kernel.public import clock
from jingwei.people.testing import let_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast):
    return let_in(Client(headers={"accept-language": "en"}), administrator(cast))


def upload(data, name="set.zip"):
    return {"file": SimpleUploadedFile(name, data, "application/zip"), "note": "Longer for lamps"}


def test_what_holds_can_be_taken_away(client, cast):
    response = client.get(reverse("configuration:now"))
    assert "attachment" in response["Content-Disposition"]
    assert unpack(response.content) == written()


def test_a_set_is_brought_looked_at_tried_and_put_into_force(client, cast):
    with clock.frozen(MONDAY):
        case = a_case("filed", cast=cast)
    sent = client.post(reverse("configuration:sets"), upload(pack(files_with("categories.csv", a_day_longer))))
    assert sent.status_code == 302
    page = client.get(sent["Location"], {"day": "2026-11-16"}).text
    assert "limit_amount" in page
    assert case.number in page
    assert "4 working days" in page
    done = client.post(reverse("configuration:adopt", args=[1]), follow=True)
    assert "Set 1 holds from now on." in done.text
    assert condition_of(*PLAIN).limit_amount == 4
    assert "holds now" in client.get(reverse("configuration:sets")).text


def test_a_wrong_file_is_told_at_its_field(client, cast):
    response = client.post(reverse("configuration:sets"), upload(b"a photo", "photo.jpg"))
    assert response.status_code == 422
    assert "not a ZIP archive" in response.text
    assert not ConfigurationSet.objects.exists()


def test_faults_are_listed_by_file_and_row_and_nothing_can_be_put_into_force(client, cast):
    files = files_with("roles.csv", lambda rows: rows[3].update(duties="cases.fly"))
    bring_set(files, by=administrator(cast))
    page = client.get(reverse("configuration:set", args=[1])).text
    assert "1 fault to mend first" in page
    assert "cases.fly" in page
    assert reverse("configuration:adopt", args=[1]) not in page
    assert client.post(reverse("configuration:adopt", args=[1])).status_code == 409


def test_a_day_that_is_none_shows_the_form_again(client, cast):
    bring_set(files_with("categories.csv", a_day_longer), by=administrator(cast))
    assert client.get(reverse("configuration:set", args=[1]), {"day": "yesterday"}).status_code == 200
