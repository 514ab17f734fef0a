"""The API as other software meets it: through HTTP, with a key, against a real database."""

import json
from uuid import uuid4

import pytest
from openapi_spec_validator import validate

from jingwei.cases.models import Case, Report
from jingwei.cases.testing import a_case, a_condition, a_draft
from jingwei.people.testing import a_key, the_cast

pytestmark = pytest.mark.django_db
ALL = ["cases.report", "cases.see", "cases.file", "cases.answer", "cases.dispatch", "cases.handle", "cases.check"]


@pytest.fixture
def cast():
    cast = the_cast()
    a_draft(cast.grid)  # builds the areas
    return cast


@pytest.fixture
def ask(client, cast):
    header = a_key(ALL, [cast.street])

    def send(method, path, data=None, key=header):
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        return client.generic(
            method, f"/api/v1{path}", body if data is not None else b"", "application/json", HTTP_AUTHORIZATION=key
        )

    return send


def a_report(cast, **fields):
    return {"id": str(uuid4()), "words": "The lamp is out", "area": str(cast.grid), **fields}


def test_a_report_is_created_once_and_answered_again(ask, cast):
    body = json.dumps(a_report(cast)).encode()
    first, again = ask("POST", "/reports", body), ask("POST", "/reports", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["number"] == again.json()["number"]
    assert Case.objects.count() == 1


def test_the_same_id_with_other_bytes_is_409(ask, cast):
    given = a_report(cast)
    ask("POST", "/reports", given)
    answer = ask("POST", "/reports", {**given, "words": "Another thing"})
    assert answer.status_code == 409
    assert answer.json()["result"] == "conflict"


def test_a_batch_is_answered_item_by_item(ask, cast):
    given = [a_report(cast), {"id": "x"}, a_report(cast, area="999999999999999999"), a_report(cast)]
    answer = ask("POST", "/reports", given)
    assert answer.status_code == 200
    assert [item["result"] for item in answer.json()["items"]] == ["created", "refused", "refused", "created"]
    assert Report.objects.count() == 2


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[",
        b"",
        b"[1,2]",
        b'{"id":1}',
        b"\xff\xfe",
        b'{"id":"0193482f-7b1c-7cc8-9a2b-3f1f5a6b7c8d","nonsense":1}',
    ],
)
def test_nonsense_is_refused_with_a_sentence(ask, body):
    answer = ask("POST", "/reports", body)
    assert answer.status_code in {200, 409, 422}
    assert "detail" in json.dumps(answer.json())
    assert Case.objects.count() == 0


def test_a_body_that_is_too_large_is_a_problem_with_its_sentence(ask, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = ask("POST", "/reports", b"[" + b" " * 2000 + b"]")
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


def test_501_reports_at_once_are_refused_whole(ask, cast):
    answer = ask("POST", "/reports", [a_report(cast) for _ in range(501)])
    assert answer.status_code == 409
    assert Case.objects.count() == 0


def test_a_sender_sees_what_became_of_its_report(ask, cast):
    given = a_report(cast)
    number = ask("POST", "/reports", given).json()["number"]
    answer = ask("GET", f"/reports/{given['id']}")
    assert answer.json()["case"]["number"] == number
    assert answer.json()["case"]["status"] == "reported"


def test_what_lies_outside_the_key_is_absent(ask, cast):
    case = a_case(cast=cast)
    elsewhere = a_key(ALL, [cast.street + 10**9])
    report = Report.objects.get(case=case)
    for path in (f"/cases/{case.number}", f"/reports/{report.pk}"):
        assert ask("GET", path, key=elsewhere).status_code == 404
        assert ask("GET", path.replace("2", "9", 1), key=elsewhere).status_code == 404
    assert ask("GET", "/cases", key=elsewhere).json()["items"] == []
    assert ask("POST", "/reports", a_report(cast), key=elsewhere).status_code == 422


def test_without_a_key_nothing_opens(client):
    answer = client.get("/api/v1/cases")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_cases_are_listed_newest_first_and_by_pages(ask, cast):
    numbers = [ask("POST", "/reports", a_report(cast)).json()["number"] for _ in range(5)]
    first = ask("GET", "/cases?limit=2").json()
    second = ask("GET", f"/cases?limit=2&cursor={first['next'].replace('+', '%2B')}").json()
    third = ask("GET", f"/cases?limit=2&cursor={second['next'].replace('+', '%2B')}").json()
    listed = [item["number"] for page in (first, second, third) for item in page["items"]]
    assert listed == numbers[::-1]
    assert third["next"] is None
    assert set(first["items"][0]) >= {
        "number", "status", "level", "code", "category", "longitude", "latitude", "reported_at", "due_at"
    }  # fmt: skip


def test_filters_narrow_the_list(ask, cast):
    filed = a_case("filed", cast=cast)
    a_case(cast=cast)
    for query in ("status=filed", "category=0201", "level=street", f"area={cast.grid}&status=filed"):
        assert [item["number"] for item in ask("GET", f"/cases?{query}").json()["items"]] == [filed.number]
    assert ask("GET", "/cases?reported_from=2030-01-01T00:00:00Z").json()["items"] == []
    assert ask("GET", "/cases?cursor=nonsense").status_code == 409


def test_moves_go_through_the_rules(ask, cast):
    number = ask("POST", "/reports", a_report(cast)).json()["number"]
    condition = a_condition()
    filed = ask(
        "POST",
        f"/cases/{number}/moves/file",
        {"category": condition.category.code, "condition": condition.number, "title": "Lamp is out"},
    ).json()
    assert (filed["status"], filed["level"]) == ("filed", "street")
    sent = ask("POST", f"/cases/{number}/moves/dispatch", {"department": cast.department.pk})
    assert sent.json()["status"] == "dispatched"
    again = ask("POST", f"/cases/{number}/moves/dispatch", {"department": cast.department.pk})
    assert again.status_code == 409
    assert again["Content-Type"] == "application/problem+json"
    assert ask("POST", f"/cases/{number}/moves/fly", {}).status_code == 409
    stale = ask("POST", f"/cases/{number}/moves/recall", {"version": 1})
    assert stale.status_code == 409


def test_a_key_without_the_duty_may_not_move(ask, cast):
    number = ask("POST", "/reports", a_report(cast)).json()["number"]
    looker = a_key(["cases.see"], [cast.street])
    answer = ask("POST", f"/cases/{number}/moves/reject", {"reason": "not_here", "words": "No"}, key=looker)
    assert answer.status_code == 403


def test_the_description_is_valid_openapi(client):
    spec = client.get("/api/v1/openapi.json").json()
    validate(spec)
    assert set(spec["paths"]) == {
        "/api/v1/reports",
        "/api/v1/reports/{report_id}",
        "/api/v1/cases",
        "/api/v1/cases/{number}",
        "/api/v1/cases/{number}/moves/{verb}",
    }


def test_a_report_is_written_by_one_statement(client, cast, django_assert_num_queries):
    header = a_key(["cases.report"], [cast.street])
    body = json.dumps(a_report(cast)).encode()
    client.generic("POST", "/api/v1/reports", body, "application/json", HTTP_AUTHORIZATION=header)
    with django_assert_num_queries(4):  # key, area, savepoint and its release; the rows go by a prepared cursor
        client.generic(
            "POST",
            "/api/v1/reports",
            json.dumps(a_report(cast)).encode(),
            "application/json",
            HTTP_AUTHORIZATION=header,
        )
