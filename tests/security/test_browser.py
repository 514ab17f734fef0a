"""What every answer tells the browser, and forms that another site sends in somebody's name."""

import re

import pytest
from django.test import Client

from jingwei.people.testing import let_in, the_cast
from tests.addresses import addresses

pytestmark = pytest.mark.django_db

TOLD = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Reporting-Endpoints": 'policy="/policy-reports/"',
}
NEVER = ("'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*")
BY_KEY = "/api/"
SPOKEN = re.compile(r"^(?:/field)?/report/[0-9a-f-]{36}/$")
"""Where the words of a report may be spoken: the browser turns them into text. Messages are walked elsewhere."""
UNASKED = "/policy-reports/"
"""Browsers report without a page of ours, and nobody's account is touched."""


def client_of(who: str, **options: bool) -> Client:
    client = Client(raise_request_exception=False, **options)
    return client if who == "nobody" else let_in(client, getattr(the_cast(), who))


@pytest.mark.parametrize("who", ["nobody", "dispatcher"])
def test_every_answer_carries_the_headers(who, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    client = client_of(who)
    for address in addresses():
        for answer in (client.get(address), client.post(address)):
            wrong = {name: answer.get(name) for name, value in TOLD.items() if answer.get(name) != value}
            assert not wrong, f"{address}: {wrong}"
            assert answer["Cache-Control"], address
            assert "geolocation=(self)" in answer["Permissions-Policy"]
            is_spoken_to = SPOKEN.search(address) is not None and answer.status_code in {200, 422}
            assert ("microphone=(self)" if is_spoken_to else "microphone=()") in answer["Permissions-Policy"], address
            policy = answer["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert {"report-uri /policy-reports/", "report-to policy"} <= set(policy.split("; "))
            assert not [word for word in NEVER if word in policy.split()], address


def test_form_that_another_site_sends_is_refused_everywhere(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    client = client_of("dispatcher", enforce_csrf_checks=True)
    for address in addresses():
        answer = client.post(address, {"words": "x"}, headers={"origin": "https://elsewhere.example"})
        if address == UNASKED:
            assert answer.status_code == 204
        elif address.startswith(BY_KEY):
            assert answer.status_code in {401, 403, 404, 405}, (
                address
            )  # no cookie opens it, so no other site can use one
        else:
            # An address that these words do not make is nowhere; no page is reached without the token.
            assert answer.status_code in {403, 404}, address


def test_session_of_a_browser_does_not_open_the_api(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    client = client_of("dispatcher")

    assert client.get("/api/v1/cases").status_code == 401
