"""Answers by text message reach the grid worker, once, and only signed."""

import hmac
import json
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse

from jingwei.cases.testing import a_case
from jingwei.conversations.models import Message
from jingwei.conversations.testing import a_conversation
from jingwei.kernel.public import clock, environment
from jingwei.people.testing import a_resident

pytestmark = pytest.mark.django_db
KEY = "a-secret-of-the-gateway-and-of-this-site"


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("JINGWEI_SMS_GATEWAY", json.dumps({"url": "https://sms.example.cn", "inbound_key": KEY}))
    environment.cache_clear()
    yield
    monkeypatch.undo()
    environment.cache_clear()


def hand_over(said, *, key=KEY, ago=0):
    body, at = json.dumps(said).encode(), str(int(clock.now().timestamp()) - ago)
    signature = hmac.new(key.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    headers = {"X-Timestamp": at, "X-Signature": signature}
    url = reverse("notices:text-message")
    return Client().post(url, body, content_type="application/json", headers=headers)


def test_an_answer_stands_in_the_thread_once(cast):
    a_conversation(cast.resident, cast.grid)
    said = {"phone": f"+86 {cast.resident.phone}", "text": "还没修好", "id": "17"}
    assert [hand_over(said).json() for _again in range(2)] == [{"taken": True}] * 2

    message = Message.objects.get()
    assert (message.text, message.author_id, message.side) == ("还没修好", cast.resident.pk, "resident")


def test_whoever_only_reported_writes_to_the_grid_of_the_report(cast):
    a_case(cast=cast)

    assert hand_over({"phone": cast.resident.phone, "text": "还没修好", "id": "17"}).json() == {"taken": True}
    assert Message.objects.get().code == cast.grid


def test_nobody_and_nowhere_is_not_taken(cast):
    assert hand_over({"phone": "13800009999", "text": "?", "id": "1"}).json() == {"taken": False}
    assert hand_over({"phone": a_resident().phone, "text": "?", "id": "2"}).json() == {"taken": False}


def test_only_what_is_signed_now_with_our_key_counts(cast, monkeypatch):
    said = {"phone": cast.resident.phone, "text": "x", "id": "1"}
    assert hand_over(said, key="another").status_code == 401
    assert hand_over(said, ago=301).status_code == 401
    assert hand_over({"phone": "12", "text": "x", "id": "1"}).status_code == 422
    assert hand_over(["x"]).status_code == 422
    monkeypatch.setenv("JINGWEI_SMS_GATEWAY", "")
    environment.cache_clear()
    assert hand_over(said).status_code == 404
