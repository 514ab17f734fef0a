import pytest
from django.http import HttpResponse
from django.urls import include, path

from jingwei.people.public import load_member
from jingwei.people.testing import (
    STREET,
    a_department,
    a_holder,
    a_member,
    a_posting,
    a_resident,
    a_software,
    let_in,
)
from jingwei.places.public import codes
from jingwei.portals.switch import first_page, main_portal
from jingwei.ui.public import portals_of

GRID = codes.make(990101, 1, 1, 1)


def _portal(name):
    home = path("", lambda _request: HttpResponse(name), name="home")
    return path(f"{name}/", include(([home], name)))


urlpatterns = [
    *(_portal(name) for name in ("desk", "field", "supervise", "resident")),
    path("", include("jingwei.people.urls")),
    path("", include("jingwei.portals.urls")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def doors(member) -> list[str]:
    return [door.key for door in portals_of(member)]


def test_the_longest_standing_posting_decides_where_a_member_begins():
    member = a_member()
    a_posting("grid_worker", GRID, member=member)
    a_posting("dispatcher", STREET, member=member)

    assert main_portal(load_member(member.pk)) == "field"
    assert doors(load_member(member.pk)) == ["desk", "field", "resident"]


def test_a_department_s_people_work_at_the_desk():
    handler = a_holder("department_handler", a_department())

    assert first_page(handler) == "/desk/"
    assert doors(handler) == ["desk", "resident"]


def test_a_leader_begins_with_oversight_and_may_go_to_the_desk():
    leader = a_holder("leader", STREET)

    assert first_page(leader) == "/supervise/"
    assert doors(leader) == ["desk", "supervise", "resident"]


def test_a_resident_has_the_residents_portal_only():
    resident = a_resident()

    assert first_page(resident) == "/resident/"
    assert doors(resident) == ["resident"]


def test_software_has_no_portal():
    assert doors(a_software()) == []


def test_starting_leads_to_one_s_own_portal(client):
    answered = let_in(client, a_holder("grid_worker", GRID)).get("/start/", follow=True)

    assert answered.content == b"field"


def test_a_guest_who_starts_signs_in_first(client):
    assert client.get("/start/").url == "/sign-in/?next=%2Fstart%2F"
