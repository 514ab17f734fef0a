"""The emergency button: the three numbers first, one alarm however often it is pressed."""

import re

import pytest

from jingwei.cases.public import Case
from jingwei.cases.testing import a_condition
from jingwei.emergency.models import Call, Incident
from jingwei.emergency.testing import FIRE, cast_and_areas, on_duty
from jingwei.kernel.public import clock
from jingwei.people.public import Member
from jingwei.people.testing import let_in
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def cast():
    return cast_and_areas()


def pressed(client, cast, portal="", **given):
    page = client.get(f"{portal}/emergency/")
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]
    typed = {"key": key, "condition": a_condition(*FIRE).pk, "area": f"a{codes.write(cast.grid)}", "place": "Block 5"}
    return client.post(f"{portal}/emergency/", typed | given), typed


def test_the_numbers_come_before_everything_else_signed_in_or_not(client, cast):
    for page in (client.get("/emergency/"), let_in(client, cast.resident).get("/emergency/")):
        text = page.content.decode()
        first = text.index("tel:110")
        assert first < text.index("tel:119") < text.index("tel:120")
        assert "<form" not in text[text.index("<main") : first]


def test_pressing_twice_is_one_alarm_and_the_page_says_who_comes(client, cast):
    officer = on_duty(cast.street, at=clock.now())
    a_condition(*FIRE)
    let_in(client, cast.resident)
    answer, typed = pressed(client, cast)
    again = client.post("/emergency/", typed)

    case = Case.objects.get()
    assert answer.url == again.url == f"/emergency/{case.number}/"
    assert (case.status, case.urgency, case.place) == ("dispatched", "emergency", "Block 5")
    assert case.title in {case.category.name_zh, case.category.name_en}
    assert [call.member_id for call in Call.objects.all()] == [officer.pk]
    assert Incident.objects.get().origin == "button"
    page = client.get(answer.url).content.decode()
    assert "Whoever is on duty is being called." in page
    assert officer.name not in page


def test_a_worker_in_the_field_has_the_same_button(client, cast):
    on_duty(cast.street, at=clock.now())
    a_condition(*FIRE)
    answer, _typed = pressed(let_in(client, cast.grid_worker), cast, portal="/field")

    assert answer.url.startswith("/field/emergency/")
    assert Incident.objects.count() == 1


def test_where_nobody_is_on_duty_the_report_is_kept_and_the_page_says_so(client, cast):
    a_condition(*FIRE)
    Member.objects.filter(pk__in=[cast.dispatcher.pk, cast.leader.pk]).update(is_active=False)
    answer, _typed = pressed(let_in(client, cast.resident), cast)

    assert Case.objects.get().status == "reported"
    assert not Incident.objects.exists()
    assert "Nobody is on duty here now" in client.get(answer.url).content.decode()


def test_an_alarm_without_a_place_or_a_danger_is_asked_for_them(client, cast):
    a_condition(*FIRE)
    let_in(client, cast.resident)
    answer, _typed = pressed(client, cast, area="", place="Nowhere at all")
    assert answer.status_code == 422
    answer, _typed = pressed(client, cast, condition="")
    assert answer.status_code == 422
    assert not Case.objects.exists()
