"""An alarm from a call: words suggest it, the clerk decides, the report is kept whatever happens."""

import re

import pytest
from django.urls import reverse

from jingwei.cases.public import Case
from jingwei.cases.testing import a_condition
from jingwei.counter.models import Call
from jingwei.counter.testing import a_call
from jingwei.emergency.models import Incident
from jingwei.emergency.testing import FIRE, on_duty
from jingwei.kernel.public import clock
from jingwei.people.public import Member
from jingwei.people.testing import let_in

pytestmark = pytest.mark.django_db
SMOKE = "Smoke from the kitchen"


@pytest.fixture
def fire(cast):
    return a_condition(*FIRE)


@pytest.fixture
def desk(client, clerk):
    client.cookies["django_language"] = "en"
    return let_in(client, clerk)


def a_call_from(clerk, cast, **written):
    return a_call(clerk, **{"words": SMOKE, "place_code": cast.grid, "place": "Grid", **written})


def to_alarm(call):
    return reverse("counter:alarm", args=[call.pk])


def test_words_of_danger_suggest_and_ordinary_ones_do_not(desk, clerk, cast):
    loud = desk.get(reverse("counter:call", args=[a_call_from(clerk, cast).pk])).text
    quiet = desk.get(reverse("counter:call", args=[a_call_from(clerk, cast, words="The fire door").pk])).text

    assert loud.index("tel:119") < loud.index("tel:120") < loud.index("tel:110")
    assert "tel:119" not in quiet


def test_the_button_keeps_what_was_typed_and_asks_for_the_danger_first(desk, clerk, cast, fire):
    call = a_call_from(clerk, cast, words="")
    page = desk.post(to_alarm(call), {"words": SMOKE, "listed": "", "at": f"a{cast.grid}"})

    call.refresh_from_db()
    assert (page.status_code, call.words, call.state) == (200, SMOKE, Call.State.OPEN)
    assert page.text.index("tel:110") < page.text.index(f'value="{fire.pk}"')
    chosen = re.search(rf'<input[^>]*value="{fire.pk}"[^>]*>', page.text)
    assert chosen
    assert "checked" in chosen[0]
    assert not Case.objects.exists()


def test_with_the_danger_it_is_reported_and_whoever_is_on_duty_is_called(desk, clerk, cast, fire):
    officer = on_duty(cast.street, at=clock.now())
    call = a_call_from(clerk, cast)
    answer = desk.post(to_alarm(call), {"alarm": "1", "condition": fire.pk, "title": ""})

    call.refresh_from_db()
    assert answer.url == reverse("counter:call", args=[call.pk])
    assert (call.state, call.outcome, call.case.status) == (Call.State.WRAPPING, Call.Outcome.REPORTED, "dispatched")
    incident = Incident.objects.get(case=call.case)
    assert incident.origin == "button"
    assert [one.member_id for one in incident.calls.all()] == [officer.pk]


def test_where_nobody_is_on_duty_it_is_reported_and_the_clerk_is_told(desk, clerk, cast, fire):
    Member.objects.filter(pk__in=[cast.dispatcher.pk, cast.leader.pk]).update(is_active=False)
    call = a_call_from(clerk, cast)
    page = desk.post(to_alarm(call), {"alarm": "1", "condition": fire.pk, "title": ""}, follow=True)

    call.refresh_from_db()
    assert call.case.status == "reported"
    assert "nobody is on duty here" in page.text
    assert not Incident.objects.exists()


def test_without_a_place_nothing_is_reported(desk, clerk, cast, fire):
    call = a_call(clerk, words=SMOKE)
    assert desk.post(to_alarm(call), {"alarm": "1", "condition": fire.pk, "title": ""}).status_code == 422
    assert not Case.objects.exists()
