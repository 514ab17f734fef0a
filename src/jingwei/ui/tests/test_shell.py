from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from jingwei.ui import bell, own, switch
from jingwei.ui.context import page
from jingwei.ui.own import OwnPage, register_own_page
from jingwei.ui.switch import Portal, portals_of, register_portal


@pytest.fixture
def no_portals(monkeypatch, settings):
    settings.ROOT_URLCONF = "jingwei.ui.tests.urls"
    monkeypatch.setattr(switch, "_portals", {})
    monkeypatch.setattr(own, "_pages", {})
    monkeypatch.setattr(bell, "_bells", [])


def asked(cookies: dict[str, str] | None = None, member: object = None):
    request = RequestFactory().get("/desk/")
    request.COOKIES.update(cookies or {})
    request.member = member
    return request


def shell_page(request) -> str:
    return render_to_string("ui/desk.html", page(request) | {"csrf_token": "token"})


def test_a_guest_has_no_menu_and_no_stream(english, no_portals):
    html = shell_page(asked())

    assert "me-menu" not in html
    assert "data-live" not in html


def test_a_member_sees_their_name_and_the_portals_they_may_enter(english, no_portals):
    register_portal(Portal("desk", "Desk", "inbox", "ui:display", lambda member: member.is_clerk))
    register_portal(Portal("field", "Field", "map-2", "ui:display", lambda member: not member.is_clerk))
    clerk = SimpleNamespace(name="Chen Li", is_clerk=True, has_duty=lambda _duty: False)

    html = shell_page(asked(member=clerk))

    assert [door.key for door in portals_of(clerk)] == ["desk"]
    assert "Chen Li" in html
    assert "Desk" in html
    assert "Field" not in html
    assert 'data-live="/live"' in html


def test_a_member_finds_the_pages_of_their_account_that_are_theirs(english, no_portals):
    register_own_page(OwnPage("devices", "Devices", "home", "ui:display", lambda _member: True))
    register_own_page(OwnPage("factors", "Ways of signing in", "key", "ui:display", lambda member: member.is_clerk))

    html = shell_page(asked(member=SimpleNamespace(name="Chen Li", is_clerk=False, has_duty=lambda _duty: False)))

    assert "Devices" in html
    assert "Ways of signing in" not in html


@pytest.mark.parametrize(
    ("cookies", "dark"),
    [
        ({}, 'media="(prefers-color-scheme: dark)"'),
        ({"theme": "auto"}, 'media="(prefers-color-scheme: dark)"'),
        ({"theme": "dark"}, "tokens-dark"),
        ({"theme": "light"}, None),
        ({"theme": "<pink>"}, 'media="(prefers-color-scheme: dark)"'),
    ],
)
def test_the_colours_follow_the_device_unless_chosen(english, no_portals, cookies, dark):
    html = shell_page(asked(cookies))

    assert ("tokens-dark" in html) == (dark is not None)
    assert ("prefers-color-scheme" in html) == (dark is not None and "media" in dark)


def test_care_mode_marks_the_page(english, no_portals):
    assert 'data-care="on"' in shell_page(asked({"care": "on"}))
    assert "data-care" not in shell_page(asked())


def test_every_page_names_its_language(chinese, no_portals):
    assert '<html lang="zh-hans"' in shell_page(asked())
