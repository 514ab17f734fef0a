"""What people type, and who they are, stands in no line of the log, in no exception and in no label of a metric.

Every route is asked with known words, names, numbers and tokens in its address, query, headers and fields.
"""

import json
import re

import pytest
from django.db import DatabaseError, connection
from django.db.transaction import atomic
from django.test import Client
from django.urls import reverse

from jingwei.kernel.testing import recorded
from jingwei.kernel.watch.exposition import exposition
from jingwei.kernel.watch.statements import SLOW_SECONDS
from jingwei.people.testing import a_member, a_resident, let_in, the_cast
from tests.addresses import PHONE, WORDS, addresses

NAME = "欧阳娜娜"
TOKEN = "jw_0123456789ab_tokenthatnobodyelsehas"
PASSWORD = "a-password-of-hers-9"
AGENT = "HerOwnPhone/1.0"
SECRETS = (PHONE, NAME, WORDS, "tokenthatnobodyelsehas", PASSWORD, AGENT, PHONE[:7], json.dumps(NAME).strip('"'))
HOSTILE = {
    "HTTP_USER_AGENT": AGENT,
    "HTTP_REFERER": f"https://elsewhere.example/{PHONE}?name={PHONE}",
    "HTTP_X_REQUEST_ID": PHONE,
    "HTTP_AUTHORIZATION": f"Bearer {TOKEN}",
}
FIELD = re.compile(r'<(?:input|textarea|select)\b[^>]*\bname="([^"]+)"')


def check_silent(lines: list[dict], *more: str) -> None:
    said = [json.dumps(line, ensure_ascii=False) for line in lines]
    for text in (*said, *more):
        told = [secret for secret in SECRETS if secret in text]
        assert not told, f"{told} stands in {text[:400]}"


@pytest.fixture
def site(db, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    return the_cast()


@pytest.mark.parametrize("who", ["nobody", "resident", "dispatcher", "security_officer"])
def test_no_route_tells_what_it_was_sent(site, who):
    client = Client(raise_request_exception=False)
    if who != "nobody":
        let_in(client, getattr(site, who))
    given = {"phone": PHONE, "username": NAME, "password": PASSWORD, "code": "123456", "words": WORDS, "name": NAME}
    with recorded() as lines:
        for address in addresses():
            page = client.get(f"{address}?q={PHONE}&next=/{NAME}", **HOSTILE)
            fields = FIELD.findall(page.content.decode("utf-8", "replace")) if not page.streaming else []
            client.post(address, {**given, **dict.fromkeys(fields, WORDS)}, **HOSTILE)
            body = json.dumps({**given, "id": PHONE, "area": PHONE})
            client.post(address, body, content_type="application/json", **HOSTILE)
        logged = lines()

    asked = {line["route"] for line in logged if line["event"] == "request"}
    assert len(logged) >= 3 * len(addresses())
    assert {"people:sign-in", "people:phone", "resident:home", "api-1:openapi-json"} <= asked
    check_silent(logged, exposition())


def test_sign_in_that_fails_and_one_that_works_tell_only_the_id(site):
    member = a_member(NAME, username="ouyang", password=PASSWORD)
    a_resident(NAME, phone=PHONE)
    client = Client(**HOSTILE)
    with recorded() as lines:
        client.post(reverse("people:sign-in"), {"username": NAME, "password": PASSWORD})
        client.post(reverse("people:sign-in"), {"username": "ouyang", "password": PASSWORD})
        client.post(reverse("people:phone"), {"phone": PHONE})
        let_in(client, member).get(reverse("people:devices"))
        logged = lines()

    assert logged[-1]["member"] == member.pk
    check_silent(logged, exposition())


def test_forged_form_and_strange_host_are_told_without_what_they_carried(site):
    client = Client(enforce_csrf_checks=True, **HOSTILE)
    with recorded() as lines:
        client.post(reverse("people:phone"), {"phone": PHONE}, HTTP_ORIGIN=f"https://{PHONE}.example", secure=True)
        client.get(f"/{NAME}/", HTTP_HOST=f"{PHONE}.example")
        client.generic(
            "POST", "/sign-in/", b"\xff" + PHONE.encode(), content_type=f"multipart/form-data; boundary={PHONE}"
        )
        logged = lines()

    assert [line["reason"] for line in logged if line["event"] == "csrf_refused"]
    check_silent(logged, exposition())


def test_page_that_breaks_over_what_somebody_typed_does_not_quote_it(site, monkeypatch):
    def breaks(*_args, **_kwargs):
        try:
            with atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT %s::integer", [WORDS])
        except DatabaseError as cause:
            raise LookupError(f"nobody is called {NAME}, {PHONE}") from cause

    monkeypatch.setattr("jingwei.people.signin.send_code", breaks)
    monkeypatch.setattr("jingwei.people.web.entrance.current_sender", lambda: print)
    client = Client(raise_request_exception=False, **HOSTILE)
    with recorded() as lines:
        answer = client.post(reverse("people:phone"), {"phone": PHONE})
        logged = lines()

    assert answer.status_code == 500
    (line,) = [line for line in logged if line["event"] == "request_failed"]
    assert "InvalidTextRepresentation 22P02" in line["exception"]
    assert "LookupError" in line["exception"]
    check_silent(logged, exposition(), answer.content.decode())


def test_slow_statement_is_told_without_what_it_asked_for(site):
    with recorded() as lines, connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_sleep({SLOW_SECONDS}), '{PHONE}', %s", [NAME])
        logged = lines()

    assert [line["event"] for line in logged] == ["slow statement"]
    check_silent(logged, exposition())
