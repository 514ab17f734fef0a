"""The web process, as a browser and a reverse proxy meet it."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings

from jingwei.kernel.server.requests import client_of
from jingwei.kernel.tests import urls
from jingwei.kernel.tests.apps import LISTENER
from jingwei.kernel.tests.handlers import PLACE
from jingwei.kernel.tests.web import Server, a_server

MEBIBYTE = 1024 * 1024


@pytest.fixture(scope="module")
def server(django_db_setup) -> Iterator[Server]:
    with a_server(JINGWEI_LARGEST_BODY="2", JINGWEI_TRUSTED_PROXIES="127.0.0.1", JINGWEI_HTTPS="1") as server:
        yield server


def test_address_and_query_reach_the_application(server):
    said = server.ask("/echo/%E4%B8%AD%20a?q=%E8%B7%AF&r=1%2B1").said

    assert said["path"] == "/echo/中 a"
    assert said["QUERY_STRING"] == "q=%E8%B7%AF&r=1%2B1"


def test_repeated_headers_are_joined_and_answered(server):
    page = server.ask("/echo/x", headers=[("Cookie", "a=1"), ("Cookie", "b=2"), ("X-Lamp", "on"), ("X-Lamp", "off")])

    assert page.said["HTTP_COOKIE"] == "a=1; b=2"
    assert page.said["HTTP_X_LAMP"] == "on,off"
    assert [value.split(";")[0] for name, value in page.headers if name == "set-cookie"] == ["first=1", "second=2"]


def test_header_that_would_pass_for_another_is_left_out(server):
    said = server.ask("/echo/x", headers=[("X_Forwarded_For", "10.9.8.7"), ("X_Lamp", "on")]).said

    assert "HTTP_X_LAMP" not in said
    assert said["REMOTE_ADDR"] == "127.0.0.1"


def test_proxy_that_is_trusted_says_who_asks(server):
    said = server.ask("/echo/x", headers=[("X-Forwarded-For", "1.1.1.1, 203.0.113.9")]).said

    assert said["REMOTE_ADDR"] == "203.0.113.9"


def test_site_that_is_reached_by_https_knows_it(server):
    assert server.ask("/echo/x").said["wsgi.url_scheme"] == "https"


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("198.51.100.7:4711", "203.0.113.9", "198.51.100.7"),
        ("10.0.0.2:4711", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.2:4711", "1.1.1.1, 203.0.113.9, 10.0.0.3", "203.0.113.9"),
        ("10.0.0.2:4711", "not an address", "10.0.0.2"),
        ("10.0.0.2:4711", "", "10.0.0.2"),
        ("[2001:db8::2]:4711", "203.0.113.9", "203.0.113.9"),
        ("[2001:db8:1::2]:4711", "203.0.113.9", "2001:db8:1::2"),
    ],
)
def test_client_is_the_nearest_whom_no_trusted_proxy_speaks_for(peer, forwarded, client):
    assert client_of(peer, forwarded, ("10.0.0.0/8", "2001:db8::/64")) == client


def test_body_reaches_the_application_whole(server):
    body = os.urandom(2 * MEBIBYTE)

    said = server.ask("/echo/x", "POST", [("Content-Type", "application/octet-stream")], body).said
    assert said["body"] == sha256(body).hexdigest()
    assert (said["CONTENT_LENGTH"], said["CONTENT_TYPE"]) == (str(2 * MEBIBYTE), "application/octet-stream")


def test_body_in_pieces_of_unknown_number_reaches_the_application_whole(server):
    said = server.ask(
        "/echo/x", "POST", [("Transfer-Encoding", "chunked")], b"4\r\nlamp\r\n6\r\npost 7\r\n0\r\n\r\n"
    ).said

    assert (said["body"], said["CONTENT_LENGTH"]) == (sha256(b"lamppost 7").hexdigest(), "10")


def test_body_that_is_too_large_is_refused_with_a_sentence(django_db_setup):
    body = b"csrfmiddlewaretoken=" + bytes(2 * MEBIBYTE)
    headers = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Cookie", f"csrftoken={'a' * 32}"),
        ("Accept-Language", "en"),
    ]
    site = {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE, "JINGWEI_LARGEST_BODY": "1", "JINGWEI_DEBUG": "0"}
    with a_server(**site) as server:
        page = server.ask("/sign-in/", "POST", headers, body)

    assert page.status == 413
    assert "larger than we can take at once" in page.body.decode()


def test_file_is_sent_from_where_it_lies(server):
    page, head = server.ask("/source"), server.ask("/source", "HEAD")

    assert page.body == Path(urls.__file__).read_bytes()
    assert (head.status, head.body) == (200, b"")
    assert dict(head.headers)["content-length"] == str(len(page.body))


def test_application_that_breaks_answers_500(server):
    assert server.ask("/broken").status == 500
    assert server.ask("/echo/x").status == 200


def test_process_and_database_say_how_they_are(server):
    assert server.ask("/healthz").status == server.ask("/readyz").status == 200


def test_process_without_database_answers_but_is_not_ready(tmp_path):
    with a_server(JINGWEI_DATABASE_URL=f"postgresql://nobody@/nowhere?host={tmp_path}") as server:
        assert server.ask("/healthz").status == 200
        assert server.ask("/readyz").status == 503
        assert server.ask("/live", headers=[(LISTENER, str(PLACE))]).status == 503


def test_stream_is_for_those_who_may_listen(server):
    assert server.ask("/live").status == 204


def test_stream_is_only_for_reading(server):
    assert server.ask("/live", "POST", [(LISTENER, str(PLACE))]).status == 405
