"""What a reporter says since in other software, as FixMyStreet sends it; and the examples of the guide."""

import re
import shlex
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from jingwei.cases.public import Case
from jingwei.cases.testing import MONDAY, a_case, a_condition, verbs_of
from jingwei.kernel.public import clock
from jingwei.people.testing import a_key
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).parents[5] / "docs/guides/open311.md"
UPDATES = "/open311/v2/servicerequestupdates"


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(MONDAY + timedelta(days=1)):
        yield


@pytest.fixture
def sent(client, cast, key):
    """The number of a request that the key has posted."""
    fields = {"api_key": key, "service_code": "0101", "description": "Dark", "address_id": codes.write(cast.grid)}
    return client.post("/open311/v2/requests.json", fields).json()[0]["service_request_id"]


def update(client, key, number, words="It is dark again", form="json", **given):
    fields = {"api_key": key, "service_request_id": number, "description": words, **given}
    return client.post(f"{UPDATES}.{form}", fields)


def test_an_update_is_an_urging_with_these_words(client, key, sent):
    extras = {
        "update_id": "638344",
        "status": "OPEN",
        "updated_datetime": "2026-11-17T09:00:00+08:00",
        "email": "a@b.example",
    }
    answer = update(client, key, sent, **extras)

    case = Case.objects.get(number=sent)
    step = case.steps.latest("pk")
    assert answer.status_code == 201
    assert answer.json() == [{"update_id": str(step.pk)}]
    assert (step.verb, step.words.get().text) == ("urge", "It is dark again")


def test_an_update_in_xml_has_the_form_that_fixmystreet_reads(client, key, sent):
    tree = ET.fromstring(update(client, key, sent, form="xml").content)
    assert tree.tag == "service_request_updates"
    assert tree.findtext("request_update/update_id")


def test_the_same_words_again_are_the_same_update_and_others_wait_a_day(client, key, sent):
    first, again = update(client, key, sent), update(client, key, sent)
    assert (again.status_code, again.json()) == (201, first.json())
    assert verbs_of(Case.objects.get(number=sent)) == ["report", "urge"]
    assert update(client, key, sent, words="And wet").status_code == 400
    with clock.frozen(MONDAY + timedelta(days=2)):
        assert update(client, key, sent, words="And wet").status_code == 201


def test_only_the_key_that_posted_may_and_a_word_is_needed(client, cast, key, seeing, sent):
    other = a_key(["cases.report"], [cast.street]).removeprefix("Bearer ")
    assert update(client, "", sent).status_code == 403
    assert update(client, other, sent).status_code == 404
    assert update(client, seeing, a_case("filed", cast=cast).number).status_code == 404
    assert update(client, key, "").status_code == 400
    assert update(client, key, sent, words=" ").status_code == 400
    assert verbs_of(Case.objects.get(number=sent)) == ["report"]


def guided():
    """The curl commands of the guide."""
    return re.findall(r"^curl .*$", GUIDE.read_text(), re.MULTILINE)


def a_picture():
    file = BytesIO()
    Image.new("RGB", (32, 24), "navy").save(file, "JPEG")
    return SimpleUploadedFile("lamp.jpg", file.getvalue(), content_type="image/jpeg")


@pytest.mark.parametrize("command", guided())
def test_the_examples_of_the_guide_work(command, client, cast, key, sent):
    a_condition("0101", "02")
    known = {"SITE": "", "KEY": key, "AREA": codes.write(cast.grid), "NUMBER": sent, "PHOTO": "lamp.jpg"}
    words = [re.sub(r"\$([A-Z]+)", lambda found: known[found[1]], word) for word in shlex.split(command)]
    address = next(word for word in words if word.startswith("/open311"))
    fields = dict(words[place + 1].split("=", 1) for place, word in enumerate(words) if word in {"-d", "-F"})
    for name, value in fields.items():
        if value.startswith("@"):
            fields[name] = a_picture()

    answer = client.post(address, fields) if "POST" in words else client.get(address)

    assert answer.status_code == (201 if "POST" in words else 200), answer.content.decode()
