"""GeoReport v2 from outside: the structure of the standard's examples, its codes, and what is never told."""

import json
from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from jingwei.cases.public import Case, Photo, add_photo, reject_case
from jingwei.cases.testing import MONDAY, a_case, a_condition
from jingwei.exchange.open311 import web
from jingwei.kernel.public import Buckets, clock
from jingwei.people.testing import a_key
from jingwei.places.public import codes
from jingwei.places.testing import an_area
from jingwei.publication.public import hide_case, release_photo
from jingwei.publication.testing import published

pytestmark = pytest.mark.django_db
BASE = "/open311/v2"
REQUEST = [
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
    "address", "address_id", "zipcode", "lat", "long", "media_url",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(MONDAY + timedelta(days=1)):
        yield


def shape(element):
    """An XML tree as nested names."""
    return element.tag, [shape(one) for one in element]


def test_answers_have_the_types_and_the_encoding_of_the_standard(client, cast):
    for path in ("services", "requests", "discovery", "servicerequestupdates"):
        xml, plain = client.get(f"{BASE}/{path}.xml"), client.get(f"{BASE}/{path}.json")
        assert (xml.status_code, plain.status_code) == (200, 200)
        assert xml["Content-Type"] == "text/xml; charset=utf-8"
        assert plain["Content-Type"] == "application/json; charset=utf-8"
        assert xml.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
        ET.fromstring(xml.content)


def test_discovery_names_the_endpoint_and_its_formats(client, cast):
    tree = ET.fromstring(client.get("/open311/discovery.xml").content)
    assert [one.tag for one in tree] == ["changeset", "contact", "key_service", "endpoints"]
    endpoint = tree.find("endpoints/endpoint")
    assert [one.tag for one in endpoint] == ["specification", "url", "changeset", "type", "formats"]
    assert endpoint.findtext("url") == "http://testserver/open311/v2"
    assert [one.text for one in endpoint.find("formats")] == ["text/xml", "application/json"]


def test_services_are_our_categories(client, cast):
    names = ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"]
    plain = client.get(f"{BASE}/services.json").json()
    tree = ET.fromstring(client.get(f"{BASE}/services.xml").content)
    assert (tree.tag, {one.tag for one in tree}) == ("services", {"service"})
    assert [one.tag for one in tree[0]] == list(plain[0]) == names
    assert len(tree) == len(plain) > 200
    assert plain[0]["metadata"] is True
    assert tree[0].findtext("metadata") == "true"


def test_a_service_has_its_conditions_as_an_attribute(client, cast):
    plain = client.get(f"{BASE}/services/0101.json").json()
    (attribute,) = plain["attributes"]
    assert list(attribute) == [
        "variable", "code", "datatype", "required", "datatype_description", "order", "description", "values"
    ]  # fmt: skip
    assert (attribute["datatype"], attribute["variable"]) == ("singlevaluelist", True)
    assert [value["key"] for value in attribute["values"]][:2] == ["01", "02"]
    tree = ET.fromstring(client.get(f"{BASE}/services/0101.xml").content)
    assert tree.tag == "service_definition"
    assert [one.tag for one in tree.find("attributes/attribute/values/value")] == ["key", "name"]


def test_a_request_is_told_by_its_public_face_alone(client, cast):
    case = published(a_case("filed", cast=cast, words="My neighbour Li hit it", name="Zhang", phone="13900000001"))
    (told,) = client.get(f"{BASE}/requests.json").json()
    assert list(told) == REQUEST
    assert (told["service_request_id"], told["status"]) == (case.number, "open")
    assert told["requested_datetime"] == "2026-11-16T01:00:00Z"
    assert told["description"] == "Lamp is out"
    xml = client.get(f"{BASE}/requests/{case.number}.xml").content.decode()
    for secret in ("neighbour", "Zhang", "13900000001"):
        assert secret not in json.dumps(told) + xml
    tree = ET.fromstring(xml)
    assert shape(tree) == ("service_requests", [("request", [(name, []) for name in REQUEST])])
    assert tree.findtext("request/status") == "open"


def test_what_is_not_public_is_absent_without_a_key_that_sees_it(client, cast, seeing):
    private = a_case(cast=cast)
    assert client.get(f"{BASE}/requests.json").json() == []
    assert client.get(f"{BASE}/requests/{private.number}.json").status_code == 404
    for query in (f"?api_key={seeing}", f"?service_request_id={private.number}&api_key={seeing}"):
        listed = client.get(f"{BASE}/requests.json{query}").json()
        assert [one["service_request_id"] for one in listed] == [private.number]
    assert client.get(f"{BASE}/requests/{private.number}.json?api_key={seeing}").status_code == 200


def test_a_case_that_is_hidden_is_gone_and_a_photo_is_told_when_released(client, cast):
    case = a_case("filed", cast=cast)
    photo = add_photo(case, a_picture().read(), by=cast.resident)
    published(case)
    (told,) = client.get(f"{BASE}/requests.json").json()
    assert told["media_url"] is None
    release_photo(photo, by=cast.community_officer)
    (told,) = client.get(f"{BASE}/requests.json").json()
    assert told["media_url"] == f"http://testserver/public/photos/{photo.pk}/"
    hide_case(case, because="person", by=cast.community_officer)
    assert client.get(f"{BASE}/requests.json").json() == []
    assert client.get(f"{BASE}/requests/{case.number}.json").status_code == 404
    assert client.get(f"{BASE}/servicerequestupdates.json").json() == []


def test_statuses_are_open_until_the_case_has_ended(client, cast, seeing):
    for status, told in (("reported", "open"), ("in_hand", "open"), ("handled", "open"), ("closed", "closed")):
        number = a_case(status, cast=cast).number
        (one,) = client.get(f"{BASE}/requests/{number}.json?api_key={seeing}").json()
        assert one["status"] == told, status


def post(client, key, form="json", files=None, **fields):
    given = {"api_key": key, "service_code": "0101", "description": "The cover is gone", **fields}
    given = {name: value for name, value in given.items() if value is not None}
    return client.post(f"{BASE}/requests.{form}", {**given, **(files or {})})


def a_picture():
    out = BytesIO()
    Image.new("RGB", (32, 24), "navy").save(out, "JPEG")
    return SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")


def test_a_request_is_posted_with_its_condition_and_found_again_by_token(client, cast, key):
    answer = post(client, key, **{"address_id": codes.write(cast.grid), "attribute[CONDITION]": "02"})
    assert answer.status_code == 201
    (made,) = answer.json()
    case = Case.objects.get(number=made["service_request_id"])
    assert (case.category_code, case.channel) == ("0101", "api")
    said = case.words.get().text.split("\n")
    assert said == ["The cover is gone", a_condition("0101", "02").text]
    (found,) = client.get(f"{BASE}/tokens/{made['token']}.json?api_key={key}").json()
    assert found["service_request_id"] == case.number
    assert client.get(f"{BASE}/tokens/{made['token']}.json").status_code == 404
    assert client.get(f"{BASE}/requests/{case.number}.json?api_key={key}").status_code == 200


def test_a_form_that_is_urlencoded_is_answered_in_xml(client, cast, key):
    answer = client.post(
        f"{BASE}/requests.xml",
        f"api_key={key}&service_code=0101&description=Lid&address_id={codes.write(cast.grid)}",
        content_type="application/x-www-form-urlencoded; charset=utf-8",
    )
    tree = ET.fromstring(answer.content)
    assert [one.tag for one in tree.find("request")] == [
        "service_request_id", "token", "service_notice", "account_id"
    ]  # fmt: skip


def test_photos_come_along_and_a_request_of_photos_needs_no_words(client, cast, key):
    answer = post(client, key, files={"media": a_picture()}, address_id=codes.write(cast.grid), description=None)
    assert answer.status_code == 201
    assert Photo.objects.get().case.number == answer.json()[0]["service_request_id"]
    broken = {"media": SimpleUploadedFile("a.jpg", b"no picture")}
    assert post(client, key, files=broken, address_id=codes.write(cast.grid)).status_code == 400
    assert Case.objects.count() == 1


def test_the_same_request_with_its_own_key_is_made_once(client, cast, key):
    given = {"api_key": key, "service_code": "0101", "description": "Lid", "address_id": codes.write(cast.grid)}
    first = client.post(f"{BASE}/requests.json", given, headers={"Idempotency-Key": "7"})
    again = client.post(f"{BASE}/requests.json", given, headers={"Idempotency-Key": "7"})
    assert first.json() == again.json()
    assert Case.objects.count() == 1
    other = client.post(f"{BASE}/requests.json", {**given, "description": "x"}, headers={"Idempotency-Key": "7"})
    assert other.status_code == 400


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"api_key": None}, 403),
        ({"api_key": "jw_000000000000_x"}, 403),
        ({"service_code": None}, 400),
        ({"service_code": "9999"}, 404),
        ({"jurisdiction_id": "000000"}, 404),
        ({"attribute[CONDITION]": "99"}, 400),
        ({"address_id": "x"}, 400),
        ({"address_id": None}, 400),
        ({"address_id": None, "lat": "30", "long": ""}, 400),
        ({"address_id": None, "lat": "nan", "long": "100"}, 400),
        ({"description": "x" * 2001}, 400),
        ({"description": "a\0b"}, 400),
        ({"phone": "1" * 21}, 400),
        ({"media_url": "http://169.254.169.254/latest/"}, 400),
    ],
)
def test_what_cannot_be_taken_has_the_code_of_the_standard_and_makes_nothing(client, cast, key, fields, status):
    answer = post(client, key, **{"address_id": codes.write(cast.grid), **fields})
    assert answer.status_code == status
    (error,) = answer.json()
    assert list(error) == ["code", "description"]
    assert error["code"] == status
    assert not Case.objects.exists()
    xml = post(client, key, form="xml", **{"address_id": codes.write(cast.grid), **fields})
    assert shape(ET.fromstring(xml.content)) == ("errors", [("error", [("code", []), ("description", [])])])


def test_a_key_takes_reports_in_its_own_areas_only(client, cast):
    elsewhere = a_key(["cases.report"], [cast.street + 10**9]).removeprefix("Bearer ")
    assert post(client, elsewhere, address_id=codes.write(cast.grid)).status_code == 400
    looker = a_key(["cases.see"], [cast.street]).removeprefix("Bearer ")
    assert post(client, looker, address_id=codes.write(cast.grid)).status_code == 400
    assert not Case.objects.exists()


def test_a_jurisdiction_is_a_district_and_needed_where_there_are_two(client, cast):
    case = published(a_case("filed", cast=cast))
    ours, other = codes.write(cast.street)[:6], cast.street + 10**12
    assert len(client.get(f"{BASE}/requests.json?jurisdiction_id={ours}").json()) == 1
    assert client.get(f"{BASE}/requests.json?jurisdiction_id=city.gov").status_code == 404
    an_area(codes.ancestor(other, codes.Level.DISTRICT))
    assert client.get(f"{BASE}/requests.json").status_code == 400
    for path in ("services", f"requests/{case.number}", "servicerequestupdates"):
        assert client.get(f"{BASE}/{path}.json").status_code == 400
        assert client.get(f"{BASE}/{path}.json?jurisdiction_id={ours}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "start_date=yesterday", "start_date=2026-11-01",
        "start_date=2026-01-01T00:00:00Z&end_date=2026-11-01T00:00:00Z",
        "start_date=2026-11-02T00:00:00Z&end_date=2026-11-01T00:00:00Z", "status=shut", "page=0", "page=x",
        "page_size=1001", "bbox=1,2,3", "bbox=3,2,1,4", "bbox=a,b,c,d", "bbox=nan,0,1,1", "radius=5", "lat=1&radius=5",
        "lat=1&long=2&radius=-1", "lat=1&long=2&radius=1e9", "service_code=%00", "service_code=a%20b;c",
        "updated_after=1e99", "start_date=9999-12-31T23:59:59Z",
    ],
)  # fmt: skip
def test_parameters_that_cannot_be_read_are_400(client, cast, query):
    answer = client.get(f"{BASE}/requests.json?{query}")
    assert answer.status_code == 400
    assert answer.json()[0]["code"] == 400


@pytest.mark.parametrize("path", ["", "v2/", "v2/services.html", "v2/requests", "v2/services/x.xml", "nothing.json"])
def test_what_is_not_there_is_an_error_in_its_form(client, cast, path):
    answer = client.get(f"/open311/{path}")
    assert answer.status_code == 404
    wanted = "application/json; charset=utf-8" if path.endswith(".json") else "text/xml; charset=utf-8"
    assert answer["Content-Type"] == wanted


def test_methods_that_are_not_taken_are_405_in_its_form(client, cast):
    answer = client.delete(f"{BASE}/requests.json")
    assert (answer.status_code, answer.json()[0]["code"]) == (405, 405)


def test_whoever_asks_too_much_without_a_key_waits(client, cast, monkeypatch):
    buckets = Buckets(size=2, rate=0.001)
    monkeypatch.setattr(web, "_reads", lambda: buckets)
    answers = [client.get(f"{BASE}/services.json") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "30"


def test_a_list_costs_the_same_however_long_it_is(client, cast):
    for _ in range(2):
        published(a_case("closed", cast=cast))
    client.get(f"{BASE}/requests.json")
    with CaptureQueriesContext(connection) as few:
        assert len(client.get(f"{BASE}/requests.json").json()) == 2
    for _ in range(3):
        published(a_case("filed", cast=cast))
    client.get(f"{BASE}/requests.json")  # the table of categories is read again: building cases went back in time
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(f"{BASE}/requests.json").json()) == 5
    assert len(many) == len(few) <= 10


def test_updates_tell_steps_by_a_sentence_and_no_words(client, cast):
    case = published(a_case("closed", cast=cast))
    a_case(cast=cast)
    tree = ET.fromstring(client.get(f"{BASE}/servicerequestupdates.xml").content)
    assert tree.tag == "service_requests_updates"
    names = ["update_id", "service_request_id", "status", "updated_datetime", "description"]
    assert {tuple(part.tag for part in one) for one in tree} == {tuple(names)}
    assert {one.findtext("service_request_id") for one in tree} == {case.number}
    assert [one.findtext("status") for one in tree] == ["OPEN"] * 4 + ["CLOSED"]
    assert b"Please mend it" not in ET.tostring(tree)
    moment = tree[2].findtext("updated_datetime")
    later = client.get(f"{BASE}/servicerequestupdates.json?start_date={moment}").json()
    assert [one["update_id"] for one in later] == [one.findtext("update_id") for one in tree][2:]


def test_software_follows_what_it_sent_before_it_is_public(client, cast, key):
    number = post(client, key, address_id=codes.write(cast.grid)).json()[0]["service_request_id"]
    assert client.get(f"{BASE}/servicerequestupdates.json?api_key={key}").json() == []
    reject_case(Case.objects.get(number=number), reason="no_trace", words="Nothing", by=cast.community_officer)
    (told,) = client.get(f"{BASE}/servicerequestupdates.json?api_key={key}").json()
    assert (told["service_request_id"], told["status"]) == (number, "CLOSED")
    assert client.get(f"{BASE}/servicerequestupdates.json").json() == []
