"""What is written in a report suggests an alarm, on every page of it, and raises none."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from jingwei.cases.public import Case
from jingwei.cases.testing import a_condition
from jingwei.emergency.models import Incident
from jingwei.emergency.testing import FIRE, cast_and_areas, on_duty
from jingwei.kernel.public import clock
from jingwei.people.testing import let_in
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
FIRE_WORDS = "Smoke from the kitchen on the third floor"
SUGGESTED = "Somebody in danger? Call first"


@pytest.fixture
def client(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def cast():
    found = cast_and_areas()
    a_condition(*FIRE)
    return found


def what(client, words, portal="resident"):
    """The first step; the address of the second."""
    key = uuid4()
    answer = client.post(reverse(f"{portal}:report-what", args=[key]), {"words": words, "category": "", "listed": ""})
    assert answer.status_code == 302
    return answer.url


@pytest.mark.parametrize("portal", ["resident", "field"])
def test_words_of_danger_suggest_the_numbers_and_the_button_and_raise_nothing(client, cast, portal):
    on_duty(cast.street, at=clock.now())
    let_in(client, cast.grid_worker)
    where = what(client, FIRE_WORDS, portal)
    page = client.get(where).text
    button = reverse(f"{portal}:emergency")

    part = page[page.index(SUGGESTED) : page.index(f'formaction="{button}"')]
    assert re.findall(r'href="tel:(\d+)"', part) == ["119", "120", "110"]
    client.post(where, {"area": f"a{codes.write(cast.grid)}"})
    sending = reverse(f"{portal}:report-send", args=[where.split("/")[-3]])
    assert SUGGESTED in client.get(sending).text
    client.post(sending, {"send": "1"})
    assert Case.objects.get().status == "reported"
    assert not Incident.objects.exists()


def test_the_suggestion_comes_while_one_writes_signed_in_or_not(client, cast):
    guess = reverse("resident:report-guess")
    assert SUGGESTED in client.post(guess, {"words": "三楼着火了"}).text
    assert SUGGESTED not in client.post(guess, {"words": "防火门关不上"}).text
    assert SUGGESTED in let_in(client, cast.resident).post(guess, {"words": FIRE_WORDS}).text


def test_ordinary_words_suggest_nothing(client, cast):
    assert SUGGESTED not in client.get(what(client, "The cover rattles")).text


def test_the_button_takes_over_what_was_written(client, cast):
    danger = a_condition(*FIRE)
    begun = {"begin": "1", "words": FIRE_WORDS, "danger": f"{danger.category.code}-{danger.number}"}
    page = let_in(client, cast.resident).post("/emergency/", begun)

    assert page.status_code == 200
    assert FIRE_WORDS in page.text
    chosen = re.search(rf'<input[^>]*value="{danger.pk}"[^>]*>', page.text)
    assert chosen
    assert "checked" in chosen[0]
    assert not Case.objects.exists()


def test_whoever_has_not_signed_in_gets_the_numbers_and_the_way_to_sign_in(client, cast):
    page = client.post("/emergency/", {"begin": "1", "words": FIRE_WORDS, "danger": "2502-01"})

    assert page.status_code == 200
    assert page.text.index("tel:110") < page.text.index("/sign-in/phone/")
