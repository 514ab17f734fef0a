"""The leaders' portal: three numbers, what is stuck, and the standings."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.cases.testing import a_case
from jingwei.kernel.public import clock
from jingwei.people.testing import a_holder, let_in, the_cast
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = the_cast()
    an_area(cast.grid)
    return cast


@pytest.fixture
def visitor(client):
    client.cookies["django_language"] = "en"
    return client


def test_a_leader_begins_with_what_is_overdue_and_may_act_at_once(visitor, cast):
    case = a_case("in_hand", cast=cast, at=clock.now() - timedelta(days=40))
    let_in(visitor, cast.leader)

    assert visitor.get("/start/").url == "/supervise/"
    page = visitor.get("/supervise/").text
    assert case.number in page
    assert "Stuck in handling." in page
    for verb in ("urge", "supervise"):
        assert f"{reverse('desk:move', args=[case.number, verb])}?next=/supervise/" in page
    assert visitor.get("/desk/").status_code == 302  # the desk stays open


def test_an_empty_day_says_what_will_stand_there(visitor, cast):
    page = let_in(visitor, cast.leader).get("/supervise/").text

    assert "Nothing is overdue" in page


def test_standings_name_places_and_offices_and_nobody_who_works_there(visitor, cast):
    a_case("in_hand", cast=cast, at=clock.now() - timedelta(days=40))
    page = let_in(visitor, cast.leader).get("/supervise/standings/").text

    assert cast.department.title in page
    assert "100.0%" in page
    assert cast.department_handler.name not in page


def test_an_area_that_one_does_not_lead_is_absent(visitor, cast):
    let_in(visitor, cast.leader)

    assert visitor.get(f"/supervise/?area={cast.street}").status_code == 200
    for code in (cast.community, cast.street + 10**9, "x"):
        assert visitor.get(f"/supervise/?area={code}").status_code == 404


def test_who_leads_nothing_has_no_such_portal(visitor, cast):
    for member in (cast.dispatcher, cast.grid_worker, cast.resident, a_holder("inspector", cast.street)):
        let_in(visitor, member)
        assert [visitor.get(f"/supervise/{page}").status_code for page in ("", "standings/", "me/")] == [404] * 3
