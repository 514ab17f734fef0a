"""Rosters and plans as other software sets them up."""

import json

import pytest

from jingwei.emergency.models import Plan, Shift
from jingwei.emergency.testing import cast_and_areas
from jingwei.people.testing import a_key
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
FROM, UNTIL = "2099-01-05T08:00:00+08:00", "2099-01-05T20:00:00+08:00"


@pytest.fixture
def cast():
    return cast_and_areas()


@pytest.fixture
def ask(client, cast):
    own = a_key(["emergency.manage"], [cast.street])

    def send(method, path, data=None, key=own):
        body = json.dumps(data).encode() if data is not None else b""
        given = {"HTTP_AUTHORIZATION": key, "HTTP_ACCEPT_LANGUAGE": "en"}
        answer = client.generic(method, f"/api/v1{path}", body, "application/json", **given)
        return answer.status_code, answer.json()

    return send


def test_a_shift_sent_twice_is_one_and_can_be_taken_off(ask, cast):
    here = codes.write(cast.street)
    assert [one["code"] for one in ask("GET", "/duty-rosters")[1]] == [here]
    assert {"id": cast.dispatcher.pk, "name": cast.dispatcher.name} in ask("GET", f"/duty-rosters/{here}")[1]["people"]

    given = {"member": cast.dispatcher.pk, "starts_at": FROM, "ends_at": UNTIL}
    first = ask("POST", f"/duty-rosters/{here}/shifts", given)
    again = ask("POST", f"/duty-rosters/{here}/shifts", given)
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]

    gone = ask("POST", f"/duty-rosters/{here}/shifts/{first[1]['id']}/remove")
    assert (gone[0], Shift.objects.count()) == (200, 0)


def test_a_pattern_fills_the_roster_once(ask, cast):
    here = codes.write(cast.street)
    given = {"members": [cast.dispatcher.pk], "pattern": "three", "begins_on": "2099-01-05", "days": 2}
    assert ask("POST", f"/duty-rosters/{here}/fill", given)[0] == 201
    kept = Shift.objects.count()
    assert kept == 6
    status, said = ask("POST", f"/duty-rosters/{here}/fill", given)
    assert (status, "on this roster in that time already" in said["detail"]) == (409, True)
    assert Shift.objects.count() == kept


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"starts_at": FROM[:19], "ends_at": UNTIL}, 422),
        ({"starts_at": "9999-12-31T00:00:00Z", "ends_at": "9999-12-31T23:59:59Z"}, 422),
        ({"starts_at": UNTIL, "ends_at": FROM}, 409),
    ],
)
def test_a_shift_needs_times_with_their_offset_in_order(ask, cast, given, status):
    path = f"/duty-rosters/{codes.write(cast.street)}/shifts"
    assert ask("POST", path, {"member": cast.dispatcher.pk} | given)[0] == status


def test_a_key_of_another_place_finds_no_roster(ask, cast):
    elsewhere = a_key(["emergency.manage"], [990901001000000000])
    assert ask("GET", f"/duty-rosters/{codes.write(cast.street)}", key=elsewhere)[0] == 404
    assert ask("GET", "/duty-rosters/%00")[0] == 404


@pytest.mark.usefixtures("cast")
def test_a_plan_is_laid_down_and_the_standard_one_taken_up_again(ask):
    given = {"title_zh": "火情", "title_en": "Fire", "steps": [{"zh": "疏散\n人群", "en": "Clear the house"}]}
    status, laid = ask("POST", "/emergency-plans/2501", given)
    assert (status, laid["kind"], laid["is_own"]) == (200, "2501", True)
    assert laid["steps"] == [{"zh": "疏散 人群", "en": "Clear the house"}]
    assert laid in ask("GET", "/emergency-plans")[1]

    status, standard = ask("POST", "/emergency-plans/2501/restore")
    assert (status, standard["is_own"], Plan.objects.count()) == (200, False, 0)
    assert ask("POST", "/emergency-plans/2501/restore")[0] == 409


def test_a_key_without_the_duty_prepares_nothing(ask, cast):
    other = a_key(["cases.alarm"], [cast.street])
    assert ask("GET", "/duty-rosters", key=other)[0] == 403
    assert ask("GET", "/emergency-plans", key=other)[0] == 403
    steps = {"title_zh": "火情", "steps": [{"zh": "一"}]}
    assert ask("POST", "/emergency-plans/2501", steps, key=other)[0] == 403
    assert Plan.objects.count() == 0
