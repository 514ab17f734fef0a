"""Whatever stands in an address or a form: every screen answers, and none breaks."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import get_resolver

from jingwei.cases.testing import a_case
from jingwei.people.testing import let_in, the_cast

pytestmark = pytest.mark.django_db
NAMES = [
    *("after", "area", "at", "case", "category", "condition", "cursor", "docket", "key", "latitude", "listed"),
    *("longitude", "look", "next", "number", "page", "party", "phone", "photo", "pick", "queue", "reason", "seen"),
    *("spot", "title", "username", "words"),
]
SOME_ID = "0193482f-7b1c-7cc8-9a2b-3f1f5a6b7c8d"
VALUES = ("a\0b", "9" * 25, f"2026-01-01~{SOME_ID}", "𠮷" * 300)


def addresses(patterns: Any, before: str = "") -> Iterator[str]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, address)
        elif not address.startswith("api/"):
            yield address


def filled(address: str, number: str) -> str:
    """The address with a case's number, a move and ids where it has places for them."""

    def fill(place: re.Match[str]) -> str:
        kind, _colon, name = place[1].rpartition(":")
        return SOME_ID if kind == "uuid" else {"number": quote(number), "verb": "file"}.get(name, quote(number))

    return "/" + re.sub(r"<([^>]+)>", fill, address)


def is_closed(client: Client, path: str) -> bool:
    """Whether nothing is there for whoever is signed in, whatever else they send."""
    return {client.get(path).status_code, client.post(path).status_code} <= {403, 404}


@pytest.mark.parametrize("who", ["dispatcher", "grid_worker", "resident"])
def test_odd_addresses_and_forms_are_answered(client, who):
    cast = the_cast()
    case = a_case("filed", cast=cast)
    answered = 0
    for address in sorted(set(addresses(get_resolver().url_patterns)) - {"sign-out/"}):
        let_in(client, getattr(cast, who))
        path, odd_path = filled(address, case.number), filled(address, "a\0b")
        if odd_path != path:
            assert {client.get(odd_path).status_code, client.post(odd_path).status_code} <= {404, 429}, odd_path
        if is_closed(client, path):
            continue
        for value in VALUES:
            odd = dict.fromkeys(NAMES, value)
            for answer in (client.get(path, odd), client.post(path, odd)):
                assert answer.status_code < 500, (path, value, answer.request["REQUEST_METHOD"])
                answered += 1
    assert answered > 300
