"""The API as other software meets it: through HTTP, with a key, against a real database."""

import json
from urllib.parse import quote
from uuid import uuid4

import pytest
from openapi_spec_validator import validate

from jingwei.cases import api
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
        b"[" * 100_000,
        b'[{"id":' + b"[" * 100_000 + b"]" * 100_000 + b"}]",
        b'{"id":"0193482f-7b1c-7cc8-9a2b-3f1f5a6b7c8d","words":"\\ud800"}',
        b'{"id":"0193482f-7b1c-7cc8-9a2b-3f1f5a6b7c8d","longitude":1e999}',
        b'{"id":"0193482f-7b1c-7cc8-9a2b-3f1f5a6b7c8d","nonsense":1}',
    ],
)
def test_nonsense_is_refused_with_a_sentence(ask, body):
    answer = ask("POST", "/reports", body)
    assert answer.status_code in {200, 409, 422}
    assert "detail" in json.dumps(answer.json())
    assert Case.objects.count() == 0


@pytest.mark.parametrize("field", ["words", "place", "name", "phone", "source", "source_key", "category", "area"])
@pytest.mark.parametrize("value", ["a\0b", "长" * 2001])
def test_a_text_that_cannot_be_kept_is_refused_by_itself(ask, cast, field, value):
    answers = ask("POST", "/reports", [a_report(cast), a_report(cast, **{field: value}), a_report(cast)]).json()[
        "items"
    ]
    assert [answer["result"] for answer in answers] == ["created", "refused", "created"]
    assert answers[1]["id"] is not None
    assert answers[1]["detail"]


@pytest.mark.parametrize(
    "place",
    [
        {"area": "", "longitude": 114.0},
        {"area": "", "latitude": 30.0},
        {"area": "", "longitude": 1e300, "latitude": 300.0},
        {"area": ""},
        {"area": "99"},
        {"area": "1"},
    ],
)
def test_a_place_that_is_none_is_refused(ask, cast, place):
    assert ask("POST", "/reports", a_report(cast, **place)).status_code == 422
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-21T09:00:00", "now", 0, 1e30]
)
def test_a_time_that_cannot_be_is_refused(ask, cast, moment):
    assert ask("POST", "/reports", a_report(cast, occurred_at=moment)).status_code == 422


def test_a_body_that_is_too_large_is_a_problem_with_its_sentence(ask, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = ask("POST", "/reports", b"[" + b" " * 2000 + b"]")
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


def test_501_reports_at_once_are_refused_whole_readable_or_not(ask, cast):
    answer = ask("POST", "/reports", [a_report(cast) for _ in range(500)] + [{}])
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


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=-5", 200),
        ("limit=0", 200),
        (f"limit={10**30}", 200),
        ("limit=x", 422),
        ("status=%00", 422),
        ("level=%00", 422),
        ("category=%00", 422),
        ("status=" + "x" * 500, 422),
        ("status=%ED%A0%80", 200),
        ("area=%00", 409),
        ("area=1", 409),
        ("cursor=~", 409),
        ("cursor=%00", 409),
        ("cursor=2026-01-01~0193482f-7b1c-7cc8-9a2b-3f1f5a6b7c8d", 409),
        ("cursor=0001-01-01T00:00:00.000000Z~0193482f-7b1c-7cc8-9a2b-3f1f5a6b7c8d", 200),
        ("reported_from=0001-01-01T00:00:00%2B14:00", 200),
        ("reported_until=9999-12-31T23:59:59-14:00", 200),
        ("reported_from=2026-01-01T00:00:00-19:30", 200),
        ("reported_from=2026-01-01T00:00:00", 422),
        ("reported_from=1e20", 422),
    ],
)
def test_odd_filters_are_answered(ask, query, status):
    assert ask("GET", f"/cases?{query}").status_code == status


def test_a_cursor_needs_no_escaping(ask, cast):
    for _ in range(2):
        ask("POST", "/reports", a_report(cast))
    cursor = ask("GET", "/cases?limit=1").json()["next"]
    assert quote(cursor, safe=":~") == cursor
    assert len(ask("GET", f"/cases?limit=1&cursor={cursor}").json()["items"]) == 1


@pytest.mark.parametrize("number", ["%00", "x" * 3000, "20261116-999999", "20261116-1", "%F0%9F%98%80", "%ED%A0%80"])
def test_a_number_that_is_none_is_absent(ask, number):
    assert ask("GET", f"/cases/{number}").status_code == 404
    assert ask("POST", f"/cases/{number}/moves/file", {}).status_code == 404


VERBS = sorted(api.VERBS)


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("status", ["reported", "filed", "dispatched", "in_hand", "handled", "closed"])
def test_moves_given_nonsense_are_refused_and_change_nothing(ask, cast, status, half):
    case = a_case(status, cast=cast)
    unreadable = [b"", b"\xff\xfe", b'{"reasons":' + b"[" * 100_000]
    unfit = [
        {"words": "a\0b"},
        {"words": "长" * 2001},
        {"title": "a\0b", "words": "w", "category": "0201", "condition": "01"},
        {"category": "a\0b"},
        {"reasons": ["a\0b"], "grade": 3},
        {"reasons": "slow"},
        {"department": "x"},
        {"grade": None},
        {"worsd": "a field that there is not"},
        [],
        None,
        5,
    ]
    for verb in VERBS[half::2]:  # all of them at once would be a flood
        for body in unreadable + unfit:
            answer = ask("POST", f"/cases/{case.number}/moves/{verb}", body)
            assert answer.status_code in {400, 422}, (verb, body)
    assert Case.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize("status", ["reported", "filed", "closed"])
def test_moves_that_the_rules_do_not_know_are_refused_and_change_nothing(ask, cast, status):
    case = a_case(status, cast=cast)
    given = {"words": "w", "category": "0201", "condition": "01", "level": "moon", "outcome": "x", "reason": "mood"}
    for verb in sorted(set(VERBS) - {"escalate", "withdraw", "recall"}):
        for body in ({**given, "title": "长" * 121, "department": 10**30, "grade": 10**30}, {"version": 10**30}):
            answer = ask("POST", f"/cases/{case.number}/moves/{verb}", body)
            assert answer.status_code in {403, 409}, (verb, answer.content)
    assert Case.objects.get(pk=case.pk).version == case.version


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
    assert {
        "/api/v1/reports",
        "/api/v1/reports/{report_id}",
        "/api/v1/cases",
        "/api/v1/cases/{number}",
        "/api/v1/cases/{number}/moves/{verb}",
        "/api/v1/cases/{number}/photos",
        "/api/v1/cases/{number}/dates",
        "/api/v1/dockets",
    } <= set(spec["paths"])


def test_a_page_is_one_query_in_which_each_branch_stops_at_its_end(client, cast, django_assert_num_queries):
    header = a_key(["cases.see"], [cast.street, cast.grid])
    for status in ("reported", "filed", "in_hand"):
        a_case(status, cast=cast)
    client.get("/api/v1/cases", HTTP_AUTHORIZATION=header)  # the first use of a day is noted
    with django_assert_num_queries(4) as asked:  # the key, the page, around it the savepoint of its transaction
        found = client.get("/api/v1/cases?limit=2", HTTP_AUTHORIZATION=header).json()
    assert len(found["items"]) == 2
    assert asked[2]["sql"].count("LIMIT 3") == asked[2]["sql"].count("UNION ALL") + 2
    with django_assert_num_queries(4):
        client.get(f"/api/v1/cases/{found['items'][0]['number']}", HTTP_AUTHORIZATION=header)


def test_what_was_sent_to_a_department_of_the_key_is_listed(ask, cast):
    sent = a_case("in_hand", cast=cast)
    a_case("filed", cast=cast)
    handler = a_key(["cases.handle"], [cast.street])
    assert [item["number"] for item in ask("GET", "/cases", key=handler).json()["items"]] == [sent.number]


def test_a_report_is_written_by_one_statement(client, cast, settled_calendars, django_assert_num_queries):
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
