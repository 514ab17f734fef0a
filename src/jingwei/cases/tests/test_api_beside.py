"""What stands beside a case, as other software reads and adds to it: photos, course, dates, moves, working lists."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from jingwei.cases.actions import dispatch_case, file_case, report_in_case
from jingwei.cases.models import Case, Photo
from jingwei.cases.testing import a_case, a_condition, a_draft
from jingwei.people.public import Read
from jingwei.people.testing import a_key, the_cast
from jingwei.places.public import Area
from jingwei.places.testing import a_building

pytestmark = pytest.mark.django_db
ALL = ["cases.report", "cases.see", "cases.contact", "cases.file", "cases.dispatch", "cases.handle", "cases.check"]
NEEDS_PHOTO = ("0101", "01")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast():
    cast = the_cast()
    a_draft(cast.grid)  # builds the areas
    return cast


@pytest.fixture
def key(cast):
    return a_key(ALL, [cast.street])


@pytest.fixture
def ask(client, key):
    def send(method, path, data=None, **headers):
        given = {"HTTP_AUTHORIZATION": key, **headers}
        body = json.dumps(data).encode() if data is not None else b""
        return client.generic(method, f"/api/v1{path}", body, "application/json", **given)

    return send


def a_picture(colour="navy"):
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return SimpleUploadedFile("lamp.jpg", out.getvalue(), "image/jpeg")


def upload(client, key, case, picture):
    return client.post(f"/api/v1/cases/{case.number}/photos", {"photo": picture}, HTTP_AUTHORIZATION=key)


def test_a_condition_that_asks_for_a_photo_is_handled_after_one_came_in(client, ask, key, cast):
    case = file_case(a_case(cast=cast), condition=a_condition(*NEEDS_PHOTO), title="Cover", by=cast.community_officer)
    case = dispatch_case(case, department=cast.department, by=cast.dispatcher)
    case = report_in_case(case, by=cast.department_handler)
    assert ask("POST", f"/cases/{case.number}/moves/handle", {"words": "Closed it"}).status_code == 409

    added = upload(client, key, case, a_picture())

    assert (added.status_code, added.json()["moment"]) == (201, "after")
    handled = ask("POST", f"/cases/{case.number}/moves/handle", {"words": "Closed it"})
    assert (handled.status_code, handled.json()["status"]) == (200, "handled")


def test_the_same_photo_twice_is_one(client, key, cast, ask):
    case = a_case(cast=cast)
    first, again = upload(client, key, case, a_picture()), upload(client, key, case, a_picture())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert [one["id"] for one in ask("GET", f"/cases/{case.number}/photos").json()["items"]] == [first.json()["id"]]


def test_a_photo_comes_back_as_a_picture_without_metadata(client, key, cast):
    case = a_case(cast=cast)
    photo_id = upload(client, key, case, a_picture()).json()["id"]
    answer = client.get(f"/api/v1/photos/{photo_id}", HTTP_AUTHORIZATION=key)
    assert answer["Content-Type"] == "image/jpeg"
    with Image.open(BytesIO(b"".join(answer.streaming_content))) as kept:
        assert (kept.size, dict(kept.getexif())) == ((64, 48), {})
    elsewhere = a_key(ALL, [cast.street + 10**9])
    assert client.get(f"/api/v1/photos/{photo_id}", HTTP_AUTHORIZATION=elsewhere).status_code == 404


@pytest.mark.parametrize("bytes_sent", [b"", b"no picture", b"\xff\xd8\xff\xe0 broken"])
def test_what_is_no_photo_is_refused(client, key, cast, bytes_sent):
    case = a_case(cast=cast)
    answer = upload(client, key, case, SimpleUploadedFile("a.jpg", bytes_sent))
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert not Photo.objects.exists()


def test_software_adds_photos_to_what_it_reported_and_sees_no_more_of_it(client, cast):
    sender = a_key(["cases.report"], [cast.street])
    given = {"id": "0193482f-7b1c-7cc8-9a2b-3f1f5a6b7c8d", "words": "Lamp", "area": str(cast.grid)}
    body = json.dumps(given).encode()
    number = client.generic("POST", "/api/v1/reports", body, "application/json", HTTP_AUTHORIZATION=sender).json()[
        "number"
    ]
    case = Case.objects.get(number=number)
    assert upload(client, sender, case, a_picture()).json()["moment"] == "before"
    assert client.get(f"/api/v1/cases/{number}/photos", HTTP_AUTHORIZATION=sender).status_code == 404
    assert upload(client, sender, a_case(cast=cast), a_picture()).status_code == 404


def test_a_version_that_is_known_is_not_sent_again_and_an_old_one_moves_nothing(ask, cast):
    case = a_case("dispatched", cast=cast)
    tag = ask("GET", f"/cases/{case.number}")["ETag"]
    assert ask("GET", f"/cases/{case.number}", HTTP_IF_NONE_MATCH=tag).status_code == 304
    stale = ask("POST", f"/cases/{case.number}/moves/report_in", {}, HTTP_IF_MATCH='"1"')
    assert (stale.status_code, stale["Content-Type"]) == (412, "application/problem+json")
    moved = ask("POST", f"/cases/{case.number}/moves/report_in", {}, HTTP_IF_MATCH=tag)
    assert (moved.status_code, moved.json()["status"]) == (200, "in_hand")
    assert moved["ETag"] == f'"{case.version + 1}"' != tag


def test_the_course_of_a_case_is_told_without_words_or_people(ask, cast):
    case = a_case("handled", cast=cast)
    items = ask("GET", f"/cases/{case.number}/steps").json()["items"]
    assert [one["verb"] for one in items] == ["report", "file", "dispatch", "report_in", "handle"]
    assert items[2]["department"] == cast.department.pk
    assert set(items[0]) == {"verb", "before", "after", "level", "department", "occurred_at", "recorded_at"}


def test_dates_are_explained_line_by_line(ask, cast):
    case = a_case("dispatched", cast=cast)
    promise, *stages = ask("GET", f"/cases/{case.number}/dates").json()["items"]
    assert promise["lines"][-1]["end"] == promise["due_at"]
    assert {line["kind"] for line in promise["lines"]} <= {"counted", "skipped", "pause"}
    assert len(stages) == 3


def test_every_move_is_offered_or_says_why_not(ask, cast):
    case = a_case("in_hand", cast=cast)
    items = {one["verb"]: one["why_not"] for one in ask("GET", f"/cases/{case.number}/moves").json()["items"]}
    assert items["handle"] == ""
    assert items["file"] != ""
    assert items["escalate"] != ""


def test_words_and_number_are_for_keys_with_the_duty_and_leave_a_trace(ask, client, cast):
    case = a_case(cast=cast, name="Li", phone="13900000001")
    said = ask("GET", f"/cases/{case.number}/reporter").json()
    assert said["words"] == "The lamp is out"
    assert "13900000001" not in json.dumps(said)
    number = ask("POST", f"/cases/{case.number}/contact", {"reason": "call_back"})
    assert number.json() == {"phone": "13900000001"}
    assert sorted(Read.objects.values_list("kind", flat=True)) == ["cases.phone", "cases.words"]
    assert ask("POST", f"/cases/{case.number}/contact", {"reason": "mood"}).status_code == 409
    looker = a_key(["cases.see"], [cast.street])
    for path in ("reporter", "contact"):
        method = "get" if path == "reporter" else "post"
        answer = getattr(client, method)(
            f"/api/v1/cases/{case.number}/{path}",
            **({"data": {"reason": "call_back"}, "content_type": "application/json"} if method == "post" else {}),
            HTTP_AUTHORIZATION=looker,
        )
        assert answer.status_code == 403


def test_working_lists_are_those_of_the_key_and_paged_by_due_time(ask, cast):
    cases = [a_case("filed", cast=cast) for _ in range(3)]
    lists = {one["docket"]: one for one in ask("GET", "/dockets").json()["items"]}
    assert lists[f"a{cast.street}"]["queues"]["dispatch"] == 3
    first = ask("GET", f"/dockets/a{cast.street}?queue=dispatch&limit=2").json()
    second = ask("GET", f"/dockets/a{cast.street}?queue=dispatch&limit=2&cursor={first['next']}").json()
    numbers = [one["number"] for page in (first, second) for one in page["items"]]
    assert sorted(numbers) == sorted(case.number for case in cases)
    assert second["next"] is None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/dockets/x", 404),
        ("/dockets/a99", 404),
        (f"/dockets/a{10**30}", 404),
        ("/dockets/m1", 404),
        ("/cases/20200101-999999/photos", 404),
        ("/cases/%00/dates", 404),
        ("/nothing", 404),
    ],
)
def test_what_is_not_there_is_a_problem_of_the_same_form(ask, path, status):
    answer = ask("GET", path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


@pytest.mark.parametrize(("query", "status"), [("queue=moon", 409), ("cursor=x", 409), ("cursor=%00", 422)])
def test_odd_pages_of_a_list_are_answered(ask, cast, query, status):
    assert ask("GET", f"/dockets/a{cast.street}?{query}").status_code == status


def test_errors_below_the_api_are_problems_whoever_asks(client):
    for answer in (client.get("/api/"), client.get("/api/v2/x"), client.put("/api/v1/cases")):
        assert answer["Content-Type"] == "application/problem+json"
    assert client.put("/api/v1/cases").status_code == 405
    assert client.get("/no-such-page/")["Content-Type"].startswith("text/html")


def test_places_and_classes_are_found_while_one_types(ask, cast):
    a_condition()
    grid = Area.objects.get(pk=cast.grid)
    a_building(grid, 114.3, 30.5, name="荷塘小区5栋")

    assert [one["title"] for one in ask("GET", "/places?q=荷塘小区").json()] == ["荷塘小区5栋"]
    assert [one["title"] for one in ask("GET", "/places?q=荷").json()] == ["荷塘小区5栋"]
    assert ask("GET", "/places?q=h").json() == []
    assert ask("GET", "/places?longitude=0&latitude=0").json() == []
    found = ask("GET", "/suggestions?words=路灯不亮").json()
    assert "0201" in [one["code"] for one in found]


def test_the_tables_that_moves_name_are_listed(ask, cast):
    a_condition()
    listed = ask("GET", "/categories").json()["items"]
    assert {"code", "name", "group", "conditions"} <= set(listed[0])
    departments = ask("GET", "/departments").json()["items"]
    assert cast.department.pk in {one["id"] for one in departments}
