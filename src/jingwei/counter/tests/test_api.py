"""Calls, scripts and tickets as other software handles them."""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jingwei.cases.public import Case
from jingwei.cases.testing import a_case, report_of, words_of
from jingwei.counter.actions import begin_call, hand_call, publish_script
from jingwei.counter.jobs import run_ticket_sheet
from jingwei.counter.models import Call, Script, TicketSheet
from jingwei.people.public import ApiKey, Read, revoke_key
from jingwei.people.testing import a_holder, a_key, a_resident
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
MOBILE = "13900001111"
CENTRE = ["counter.take", "counter.import", "counter.scripts", "cases.report", "cases.see"]
TICKETS = "工单编号,诉求内容,电话\nGZ-1,路灯不亮,13900001111\nGZ-2,井盖松动,12\n"


@pytest.fixture
def centre(cast):
    return a_key(CENTRE, [cast.street])


@pytest.fixture
def ask(client, centre):
    def send(method, path, data=None, key=centre):
        body = json.dumps(data).encode() if data is not None else b""
        given = {"HTTP_AUTHORIZATION": key, "HTTP_ACCEPT_LANGUAGE": "en"}
        answer = client.generic(method, f"/api/v1{path}", body, "application/json", **given)
        return answer.status_code, answer.json()

    return send


@pytest.fixture
def open_call(ask, cast):
    """The path of a call in which all has been said that a report needs."""
    key = str(uuid4())
    ask("POST", "/calls", {"id": key, "phone": MOBILE})
    ask("POST", f"/calls/{key}", {"words": "The lamp is out", "area": codes.write(cast.grid), "name": "Chen"})
    return f"/calls/{key}"


@pytest.fixture
def hand_in(client, centre):
    def send(key, content=TICKETS):
        given = {"id": key, "source": "12345", "file": SimpleUploadedFile("a.csv", content.encode(), "text/csv")}
        answer = client.post("/api/v1/ticket-files", given, HTTP_AUTHORIZATION=centre, HTTP_ACCEPT_LANGUAGE="en")
        return answer.status_code, answer.json()

    return send


def test_a_call_from_its_beginning_to_its_wrap_up(ask, open_call):
    status, written = ask("GET", open_call)
    assert (status, written["phone"], written["words"], written["is_mine"]) == (200, MOBILE, "The lamp is out", True)

    first, again = ask("POST", f"{open_call}/report"), ask("POST", f"{open_call}/report")
    assert (first[0], first[1]["outcome"], again[1]["case"]) == (200, "reported", first[1]["case"])
    case = Case.objects.get(number=first[1]["case"])
    assert (case.channel, words_of(case), report_of(case).name) == ("hotline", ["The lamp is out"], "Chen")

    status, done = ask("POST", f"{open_call}/wrap", {"note": "Call back at nine"})
    assert (status, done["state"]) == (200, "done")
    assert [one["state"] for one in ask("GET", "/calls?state=done")[1]["items"]] == ["done"]
    assert ask("GET", "/calls?state=open")[1]["items"] == []


def test_a_call_begun_twice_is_one_and_an_id_of_somebody_else_is_refused(ask, cast, clerk):
    key = str(uuid4())
    assert [ask("POST", "/calls", {"id": key})[0] for _ in range(2)] == [201, 200]
    theirs = begin_call("phone", by=clerk)
    assert ask("POST", "/calls", {"id": str(theirs.pk)})[0] == 409
    assert Call.objects.count() == 2


def test_what_is_left_out_stays_and_what_cannot_be_is_refused(ask, open_call):
    written = ask("POST", open_call, {"for_name": "Grandmother Li"})[1]
    assert (written["words"], written["is_on_behalf"]) == ("The lamp is out", True)
    for wrong in ({"phone": "call me"}, {"category": "9999"}, {"area": "1"}, {"longitude": 0, "latitude": 0}):
        assert ask("POST", open_call, wrong)[0] == 409
    assert ask("GET", open_call)[1] == written


def test_looking_up_shows_numbers_and_titles_and_is_noted(ask, cast, open_call):
    resident = a_resident(phone=MOBILE)
    case = a_case(cast=cast, member_id=resident.pk)

    status, found = ask("POST", f"{open_call}/look-up", {"phone": MOBILE})
    assert (status, found["has_account"], [one["number"] for one in found["cases"]]) == (200, True, [case.number])
    assert Read.objects.filter(subject=resident, kind="counter.caller").count() == 1


def test_a_case_that_is_known_is_followed_and_no_second_one_made(ask, cast, open_call):
    case = a_case("filed", cast=cast)
    given = {"case": case.number, "wants_news": True}
    assert [ask("POST", f"{open_call}/follow", given)[1]["case"] for _ in range(2)] == [case.number] * 2
    assert Case.objects.count() == 1
    assert ask("POST", f"{open_call}/follow", {"case": "20260101-000009"})[0] == 404


def test_an_answered_call_is_closed_and_a_dropped_one_keeps_nothing(ask, open_call):
    assert ask("POST", f"{open_call}/answer", {"answer": " "})[0] == 409
    assert ask("POST", f"{open_call}/answer", {"answer": "At nine"})[1]["outcome"] == "answered"
    assert ask("POST", f"{open_call}/drop")[0] == 409

    other = str(uuid4())
    ask("POST", "/calls", {"id": other, "phone": MOBILE})
    assert ask("POST", f"/calls/{other}/drop")[1]["outcome"] == "dropped"
    assert ask("GET", f"/calls/{other}")[1]["phone"] == ""


def test_a_caller_waits_and_the_call_goes_to_somebody_who_is_there(ask, cast, open_call):
    assert ask("POST", f"{open_call}/park")[1]["parked_at"] is not None
    assert ask("POST", f"{open_call}/resume")[1]["parked_at"] is None
    takers = ask("GET", f"{open_call}/takers")[1]
    assert {"id": cast.dispatcher.pk, "name": cast.dispatcher.name} in takers["members"]
    assert ask("POST", f"{open_call}/hand", {"member": 0, "note": "x"})[0] == 409
    assert ask("POST", f"{open_call}/hand", {"member": cast.dispatcher.pk, "note": "x"})[1]["is_handed"]
    assert not ask("POST", f"{open_call}/keep")[1]["is_handed"]
    assert ask("POST", f"{open_call}/fly")[0] == 409


def test_software_of_an_office_takes_what_was_handed_to_it(ask, cast, clerk):
    office = a_key([*CENTRE, "cases.handle"], [cast.street])
    call = begin_call("phone", by=clerk)
    hand_call(call, department=cast.department, note="A leak", by=clerk)
    path = f"/calls/{call.pk}"

    assert ask("GET", path)[0] == 404
    assert [one["id"] for one in ask("GET", "/calls?handed=true", key=office)[1]["items"]] == [str(call.pk)]
    assert ask("GET", path, key=office)[1]["handed_note"] == "A leak"
    assert ask("POST", path, {"words": "Mine"}, key=office)[0] == 403
    assert ask("POST", f"{path}/take", key=office)[1]["is_mine"]
    assert ask("POST", path, {"words": "Mine"}, key=office)[0] == 200


def test_a_script_is_published_once_for_the_same_words_and_ended(ask, cast):
    given = {"opening": "Hello", "questions": ["Where?"], "answers": [{"title": "Hours", "text": "At nine"}]}
    given["reason"] = "First"
    assert [ask("POST", "/call-scripts/all", given)[0] for _ in range(2)] == [201, 200]
    assert ask("POST", "/call-scripts/99", given)[0] == 409
    assert [one["kind"] for one in ask("GET", "/call-scripts")[1]] == ["all"]

    assert ask("POST", "/call-scripts/all/end")[1]["edition"] == 2
    assert ask("POST", "/call-scripts/all/end")[1]["edition"] == 2
    assert ask("GET", "/call-scripts")[1] == []
    assert [one["edition"] for one in ask("GET", "/call-scripts/all")[1]] == [2, 1]
    assert ask("GET", "/call-scripts/99")[0] == 404


def test_whoever_takes_calls_reads_scripts_and_does_not_write_them(ask, cast):
    publish_script(
        "",
        opening="Hello",
        reason="First",
        by=a_holder("administrator", codes.ancestor(cast.street, codes.Level.DISTRICT)),
    )
    other = a_key(["counter.take"], [cast.street])
    assert ask("GET", "/call-scripts", key=other)[1][0]["opening"] == "Hello"
    assert ask("POST", "/call-scripts/all", {"opening": "Bye", "reason": "x"}, key=other)[0] == 403
    assert ask("GET", "/call-scripts", key=a_key(["cases.see"], [cast.street]))[0] == 403
    assert Script.objects.count() == 1


def test_a_file_of_tickets_is_looked_at_before_it_runs(ask, hand_in):
    key = str(uuid4())
    status, sheet = hand_in(key)
    assert (status, sheet["counts"]) == (201, {"new": 1, "already": 0, "bad": 1})
    assert [(one["row"], one["field"]) for one in sheet["troubles"]] == [(3, "phone")]
    assert (hand_in(key)[0], Case.objects.count(), TicketSheet.objects.count()) == (200, 0, 1)

    assert ask("POST", f"/ticket-files/{key}/columns", {"key": 0, "words": 0})[0] == 409
    assert ask("POST", f"/ticket-files/{key}/columns", {"key": 0, "words": 1})[1]["counts"]["new"] == 2
    assert [ask("POST", f"/ticket-files/{key}/begin")[1]["state"] for _ in range(2)] == ["running"] * 2
    run_ticket_sheet(key)
    done = ask("GET", f"/ticket-files/{key}")[1]
    assert (done["state"], done["counts"]) == ("done", {"new": 2, "already": 0, "bad": 0})
    assert Case.objects.filter(channel="hotline").count() == 2
    assert [one["id"] for one in ask("GET", "/ticket-files")[1]] == [key]


def test_a_file_that_runs_after_its_key_was_revoked_brings_nothing(ask, hand_in):
    key = str(uuid4())
    hand_in(key)
    ask("POST", f"/ticket-files/{key}/begin")
    revoke_key(ApiKey.objects.get(), by=None)
    run_ticket_sheet(key)
    assert Case.objects.count() == 0
    assert TicketSheet.objects.get().refused.keys() == {"2", "3"}


def test_what_cannot_be_read_is_refused(hand_in):
    assert hand_in(str(uuid4()), "")[0] == 409
    assert hand_in("no id")[0] == 422
