"""So many writes a minute, and no more; reading costs nobody anything."""

from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from jingwei.kernel.public import Buckets, environment
from jingwei.people.web import floods
from jingwei.people.web.floods import FloodMiddleware


class Somebody:
    def __init__(self, pk):
        self.pk = pk


@pytest.fixture
def door(monkeypatch):
    """The middleware of a site that takes three writes a minute."""
    site = replace(environment(), writes_per_minute=3)
    monkeypatch.setattr(floods, "environment", lambda: site)
    return FloodMiddleware(lambda _request: HttpResponse("done"))


def ask(door, method="post", member=None, address="203.0.113.9", **headers):
    request = getattr(RequestFactory(REMOTE_ADDR=address), method)("/", headers=headers)
    request.member = member
    return door(request)


def test_fourth_write_of_a_member_waits_and_others_do_not(door):
    answers = [ask(door, member=Somebody(1)).status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]
    assert ask(door, member=Somebody(2)).status_code == 200
    assert ask(door).status_code == 200


def test_reading_is_not_counted(door):
    assert {ask(door, "get", member=Somebody(1)).status_code for _ in range(9)} == {200}


def test_key_is_told_as_programs_are_told(door):
    for _ in range(3):
        ask(door, authorization="Bearer jw_a_b")
    answer = ask(door, authorization="Bearer jw_a_b")

    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert answer["Retry-After"] == "30"
    assert ask(door, authorization="Bearer jw_a_c").status_code == 200


def test_person_is_told_with_a_page(door):
    for _ in range(3):
        ask(door)
    answer = ask(door, **{"accept-language": "en"})

    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    assert "Wait half a minute" in answer.content.decode()
    assert ask(door, address="203.0.113.10").status_code == 200


def test_what_is_left_comes_back_with_time(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr("jingwei.kernel.buckets.monotonic", lambda: clock[0])
    buckets = Buckets(size=2, rate=0.5)

    assert [buckets.take("a") for _ in range(3)] == [True, True, False]
    clock[0] = 2.0
    assert [buckets.take("a") for _ in range(2)] == [True, False]


def test_only_so_many_senders_are_remembered():
    buckets = Buckets(size=1, rate=0, most=2)

    assert [buckets.take(subject) for subject in ("a", "b", "a", "c", "b")] == [True, True, False, True, True]
