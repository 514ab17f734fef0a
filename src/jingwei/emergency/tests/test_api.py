"""Emergencies as other software raises, reads and works on them."""

import json
from uuid import uuid4

import pytest

from jingwei.cases.public import Case
from jingwei.cases.testing import a_case, a_condition
from jingwei.emergency.models import Call, Incident
from jingwei.emergency.testing import FIRE, an_incident, cast_and_areas, on_duty
from jingwei.kernel.public import clock
from jingwei.people.testing import a_key
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
DANGER = dict(zip(("category", "condition"), FIRE, strict=True))


@pytest.fixture
def cast():
    found = cast_and_areas()
    a_condition(*FIRE)
    return found


@pytest.fixture
def officer(cast):
    return on_duty(cast.street, at=clock.now())


@pytest.fixture
def ask(client, cast):
    centre = a_key(["cases.see", "cases.alarm"], [cast.street])

    def send(method, path, data=None, key=centre):
        body = json.dumps(data).encode() if data is not None else b""
        given = {"HTTP_AUTHORIZATION": key, "HTTP_ACCEPT_LANGUAGE": "en"}
        answer = client.generic(method, f"/api/v1{path}", body, "application/json", **given)
        return answer.status_code, answer.json()

    return send


def kinds(sheet):
    return [entry["kind"] for entry in reversed(sheet["log"])]


def test_an_alarm_from_its_call_to_its_end(ask, cast, officer):
    number = a_case(cast=cast, at=clock.now()).number
    status, raised = ask("POST", f"/cases/{number}/alarm", DANGER | {"title": "Smoke in block 5"})
    assert (status, raised["number"], raised["title"]) == (201, number, "Smoke in block 5")
    assert raised["next_call_at"] is not None
    assert "log" not in raised

    status, sheet = ask("GET", f"/emergencies/{number}")
    assert [call["called"] for call in sheet["calls"]] == [officer.name]
    status, sheet = ask("POST", f"/emergencies/{number}/answer")
    assert (status, bool(sheet["lead"]), sheet["next_call_at"]) == (200, True, None)
    assert ask("POST", f"/emergencies/{number}/answer")[0] == 200
    assert ask("POST", f"/emergencies/{number}/end", {"outcome": "handled", "words": "Out"})[0] == 409
    ask("POST", f"/emergencies/{number}/log", {"words": "Two engines are here"})
    assert ask("POST", f"/emergencies/{number}/steps/1", {"answer": "not_needed"})[0] == 409
    for step in sheet["steps"]:
        status, sheet = ask("POST", f"/emergencies/{number}/steps/{step['number']}", {"answer": "done"})
        assert status == 200
    status, sheet = ask("POST", f"/emergencies/{number}/end", {"outcome": "handled", "words": "Put out"})

    assert (status, sheet["outcome"]) == (200, "handled")
    assert sheet["ended_at"] is not None
    assert kinds(sheet) == ["raised", "called", "answered", "note", *["step"] * 6, "stood_down"]
    assert Case.objects.get(number=number).status == "handled"


@pytest.mark.usefixtures("officer")
def test_software_that_reported_it_may_raise_the_alarm_and_sees_nothing_else(ask, cast):
    app, other = (a_key(["cases.report"], [cast.street]) for _ in range(2))
    report = {"id": str(uuid4()), "words": "Smoke", "area": codes.write(cast.grid)}
    number = ask("POST", "/reports", report, key=app)[1]["number"]

    assert ask("POST", f"/cases/{number}/alarm", DANGER, key=other)[0] == 404
    assert ask("POST", f"/cases/{number}/alarm", DANGER, key=app)[0] == 201
    assert ask("GET", f"/emergencies/{number}", key=app)[0] == 404
    assert ask("POST", f"/emergencies/{number}/answer", key=app)[0] == 404
    assert ask("GET", "/emergencies", key=app)[1]["items"] == []
    assert Call.objects.count() == 1


def test_an_alarm_that_is_on_is_not_raised_again_and_not_without_a_danger(ask, cast, officer):
    running = an_incident(cast).case
    status, said = ask("POST", f"/cases/{running.number}/alarm", DANGER)
    assert (status, said["status"]) == (409, 409)
    status, said = ask("POST", f"/cases/{a_case(cast=cast).number}/alarm", {})
    assert (status, "what the danger is" in said["detail"]) == (409, True)
    assert Incident.objects.count() == 1


def test_lists_come_in_pages_the_newest_first(ask, cast, officer):
    numbers = [an_incident(cast).case.number for _ in range(3)]
    ask("POST", f"/emergencies/{numbers[0]}/answer")

    first = ask("GET", "/emergencies?limit=2")[1]
    rest = ask("GET", f"/emergencies?limit=2&cursor={first['next']}")[1]
    assert [one["number"] for one in first["items"] + rest["items"]] == numbers[::-1]
    assert rest["next"] is None
    assert ask("GET", "/emergencies?is_on=false")[1]["items"] == []


def test_a_key_of_another_place_finds_nothing(ask, cast, officer):
    number = an_incident(cast).case.number
    elsewhere = a_key(["cases.see", "cases.alarm"], [990901001000000000])
    for method, path, data in (
        ("GET", f"/emergencies/{number}", None),
        ("POST", f"/emergencies/{number}/answer", None),
        ("POST", f"/emergencies/{number}/log", {"words": "x"}),
        ("GET", "/emergencies/%00", None),
    ):
        assert ask(method, path, data, key=elsewhere)[0] == 404
