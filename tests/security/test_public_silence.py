"""No public answer says a word, a name, a number or a door: of cases of every kind and in every state."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from jingwei.cases.public import Case
from jingwei.cases.testing import WAY, a_case, make
from jingwei.kernel.public import environment
from jingwei.people.testing import Cast, the_cast
from jingwei.places.public import Area
from jingwei.publication.public import reckon_figures, refresh
from tests.security.table import ROUTES
from tests.security.world import World

pytestmark = pytest.mark.django_db

WORDS, NAME, PHONE, PLACE = "Leaking over Mrs Quill", "Quill Adderley", "13912345678", "Lotus Road 5, door 302"
SECRETS = (WORDS, "Quill", NAME, PHONE, PLACE, "door 302", "Lotus Road")
HERE = {"longitude": 114.30123, "latitude": 30.50123}


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path):
    """Files of open data are made for this test alone."""
    monkeypatch.setenv("JINGWEI_HOME", str(tmp_path))
    environment.cache_clear()
    yield
    monkeypatch.undo()
    environment.cache_clear()


def cases_of_every_state(cast: Cast) -> list[Case]:
    """A case for each state on the way, each with words, name, number and place that nobody else is to know."""
    made = []
    for length in range(len(WAY) + 1):
        case = a_case(cast=cast, words=WORDS, name=NAME, phone=PHONE, place=PLACE, **HERE)
        for verb in WAY[:length]:
            case = make(verb, case, cast)
        made.append(case)
    return made


def addresses(cast: Cast, cases: list[Case]) -> Iterator[str]:
    """Every public page of the areas and of the cases."""
    for area in Area.objects.all():
        for name in ("cases", "map", "figures", "data", "feed"):
            yield reverse(f"public:{name}", args=[area.code])
        yield reverse("public:map", args=[area.code], query={"at": "114.301,30.501", "metres": 4000})
        for kind in ("csv", "json"):
            yield reverse("public:file", args=[area.code, kind])
    for case in cases:
        yield reverse("public:case", args=[case.number])


def test_every_public_route_is_walked_here():
    walked = {"home", "cases", "map", "figures", "data", "feed", "file", "case", "photo", "wish"}

    assert {route.name.partition(":")[2] for route in ROUTES if route.name.startswith("public:")} == walked


def test_no_public_answer_says_what_nobody_is_to_know():
    cast = the_cast()
    cases = cases_of_every_state(cast)
    refresh([case.pk for case in cases])
    reckon_figures()
    client, shown = Client(), 0

    for address in addresses(cast, cases):
        answer = client.get(address)
        said = (answer.getvalue() if answer.streaming else answer.content).decode()
        shown += "Lamp is out" in said
        for secret in (*SECRETS, "114.30123", "30.50123", cast.resident.phone or PHONE):
            assert secret not in said, (address, secret)

    assert shown > len(WAY)


def test_private_cases_are_in_no_public_answer():
    world = World()
    private = world.cases["private"]
    client = Client()

    for address in addresses(world.home, [private]):
        answer = client.get(address)
        said = (answer.getvalue() if answer.streaming else answer.content).decode()
        assert "Meter" not in said, address
        assert private.number not in said.replace(address, ""), address
