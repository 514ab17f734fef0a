"""Work lists as other software issues, answers, sorts and strikes them off."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jingwei.attachments.testing import a_jpeg
from jingwei.cases.public import Case
from jingwei.kernel.public import clock
from jingwei.people.public import Department, Read
from jingwei.people.testing import a_key
from jingwei.places.public import codes
from jingwei.places.testing import an_area
from jingwei.worklists.models import WorkList
from jingwei.worklists.testing import a_list, the_task

pytestmark = pytest.mark.django_db
DUTIES = ["worklists.issue", "worklists.answer", "worklists.sort", "cases.report"]


@pytest.fixture
def ask(client, cast):
    ours = a_key(DUTIES, [cast.street])

    def send(method, path, data=None, key=ours):
        body = json.dumps(data).encode() if data is not None else b""
        given = {"HTTP_AUTHORIZATION": key, "HTTP_ACCEPT_LANGUAGE": "en"}
        answer = client.generic(method, f"/api/v1{path}", body, "application/json", **given)
        return answer.status_code, answer.json()

    send.key = ours
    return send


def a_draft(cast, **more):
    items = [{"title": "Free?", "kind": "choice", "choices": ["Yes", "No"]}, {"title": "Why not?", "is_needed": False}]
    due_on = str(clock.local(clock.now()).date())
    given = {"office": codes.write(cast.street), "title": "Doors", "due_on": due_on, "items": items}
    return given | {"areas": [codes.write(cast.community)], **more}


def test_a_list_goes_out_and_comes_back_through_the_api(ask, cast):
    an_area(cast.grid)
    status, sheet = ask("POST", "/work-lists", a_draft(cast))
    assert (status, sheet["tasks"]["assigned"], sheet["asks"][0]["choices"]) == (201, 1, ["Yes", "No"])
    path = f"/work-lists/{sheet['number']}"
    (task,) = ask("GET", f"{path}/tasks")[1]["items"]
    here = f"/work-tasks/{task['id']}"

    assert ask("POST", f"{here}/answers", {"answers": [{"place": 2, "text": "Bikes"}], "is_whole": True})[0] == 409
    status, task = ask("POST", f"{here}/answers", {"answers": [{"place": 1, "text": "No"}], "is_whole": True})
    assert (status, task["status"]) == (200, "reported")
    assert ask("POST", f"{here}/send_back", {})[0] == 409
    assert ask("POST", f"{here}/answers/1/case")[1] == {"number": Case.objects.get().number}
    assert ask("POST", f"{here}/accept", {})[1]["status"] == "sorted"
    assert ask("POST", f"{here}/strike_off", {})[1]["status"] == "done"

    assert ask("GET", path)[1]["stage"] == "done"
    assert [one["number"] for one in ask("GET", "/work-lists?stage=done")[1]["items"]] == [sheet["number"]]
    assert ask("GET", "/work-lists?stage=open")[1]["items"] == []
    assert Read.objects.filter(kind="worklists.answers").count() == 1


def test_a_photo_joins_the_words_and_is_read_back(ask, cast, client, media):
    row = a_list(cast, now=clock.now())
    here = f"/work-tasks/{the_task(row, cast).pk}/answers"
    ask("POST", here, {"answers": [{"place": 3, "text": "Bikes"}]})

    sent = client.post(
        f"/api/v1{here}/3/photo",
        {"photo": SimpleUploadedFile("stairs.jpg", a_jpeg())},
        headers={"authorization": ask.key},
    )

    assert sent.status_code == 200
    (answer,) = sent.json()["answers"]
    assert (answer["place"], answer["text"], answer["has_photo"]) == (3, "Bikes", True)
    picture = client.get(f"/api/v1{here}/3/photo", headers={"authorization": ask.key})
    assert (picture.headers["Content-Type"], picture.headers["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert b"".join(picture.streaming_content)[:2] == b"\xff\xd8"
    assert Read.objects.filter(kind="worklists.answers").count() == 1
    assert ask("GET", f"{here}/1/photo")[0] == 404
    assert ask("POST", f"{here}/3/photo")[0] == 422


def test_a_key_that_handles_cases_asks_in_the_name_of_a_department(ask, cast):
    an_area(cast.grid)
    draft = a_draft(cast, office="", department=cast.department.pk)

    assert ask("POST", "/work-lists", draft)[0] == 403
    handling = a_key([*DUTIES, "cases.handle"], [cast.street])
    status, sheet = ask("POST", "/work-lists", draft, key=handling)

    assert (status, sheet["department"], sheet["office"]) == (201, cast.department.pk, codes.write(cast.street))
    assert ask("POST", "/work-lists", a_draft(cast, department=cast.department.pk), key=handling)[0] == 409
    Department.objects.update(closed_on=clock.now().date())
    assert ask("POST", "/work-lists", draft, key=handling)[0] == 409


def test_a_key_of_another_place_finds_nothing_and_issues_nothing(ask, cast):
    row = a_list(cast, now=clock.now())
    beside = a_key(DUTIES, [cast.street + codes.Level.STREET.step])
    task = the_task(row, cast)

    assert ask("GET", f"/work-lists/{row.number}", key=beside)[0] == 404
    assert ask("GET", f"/work-lists/{row.number}/tasks", key=beside)[0] == 404
    assert ask("POST", f"/work-tasks/{task.pk}/answers", {"answers": []}, key=beside)[0] == 404
    assert ask("GET", "/work-lists", key=beside)[1] == {"items": [], "next": None}
    assert ask("POST", "/work-lists", a_draft(cast), key=beside)[0] == 403
    assert WorkList.objects.count() == 1


def test_the_street_does_not_strike_off_what_a_department_asked(ask, cast):
    row = a_list(cast, now=clock.now())

    assert ask("POST", f"/work-lists/{row.number}/withdraw", {"reason": "x"})[0] == 403
    assert ask("POST", f"/work-tasks/{the_task(row, cast).pk}/fly", {})[0] == 409
    assert ask("POST", f"/work-tasks/{the_task(row, cast).pk}/answers", {"answers": [{"place": 9}]})[0] == 409
    assert ask("POST", "/work-lists", a_draft(cast, areas=["12x"]))[0] == 409


def test_pages_follow_each_other_without_losing_any(ask, cast):
    row = a_list(cast, now=clock.now())
    first = ask("GET", f"/work-lists/{row.number}/tasks?limit=1")[1]

    second = ask("GET", f"/work-lists/{row.number}/tasks?limit=1&cursor={first['next']}")[1]

    assert {one["code"] for one in first["items"] + second["items"]} == set(
        map(codes.write, row.tasks.values_list("code", flat=True))
    )
    assert second["next"] is None
