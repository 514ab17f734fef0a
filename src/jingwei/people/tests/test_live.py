import pytest
from django.test import Client

from jingwei.kernel.public import Happening, audience_for
from jingwei.people.live import listener
from jingwei.people.testing import STREET, a_department, a_holder, a_resident, let_in
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
GRID = codes.make(990101, 1, 1, 1)
ELSEWHERE = codes.make(990102)


def happening(code=ELSEWHERE, actor_id=None, **data) -> Happening:
    return Happening(seq=1, kind="case.moved", code=code, actor_id=actor_id, data=data)


def test_a_member_hears_of_their_areas_and_below_only():
    ears = listener(a_holder("dispatcher", STREET))

    assert ears.wants(happening(STREET))
    assert ears.wants(happening(GRID))
    assert not ears.wants(happening(codes.ancestor(STREET, codes.Level.DISTRICT)))
    assert not ears.wants(happening(ELSEWHERE))


def test_a_member_hears_of_their_departments_and_below_wherever_that_is():
    department = a_department()
    part, other = a_department(parent=department), a_department()
    ears = listener(a_holder("department_handler", department))

    assert ears.wants(happening(department_id=department.pk))
    assert ears.wants(happening(department_id=part.pk))
    assert not ears.wants(happening(department_id=other.pk))
    assert not ears.wants(happening(STREET, department_id=None))


def test_a_resident_hears_of_what_they_did_and_of_what_concerns_them():
    resident = a_resident()
    ears = listener(resident)

    assert ears.wants(happening(actor_id=resident.pk))
    assert ears.wants(happening(reporter_id=resident.pk))
    assert ears.wants(happening(member_id=resident.pk))
    assert not ears.wants(happening(actor_id=resident.pk + 1, reporter_id=resident.pk + 1))
    assert not ears.wants(happening(code=0))


def test_the_browser_s_cookie_says_who_listens(client):
    leader = a_holder("leader", STREET)
    key = let_in(client, leader).cookies["sessionid"].value

    assert audience_for({"cookie": f"theme=dark; sessionid={key}"}) == listener(leader)


@pytest.mark.parametrize("headers", [{}, {"cookie": "theme=dark"}, {"cookie": "sessionid=" + 32 * "0"}])
def test_nobody_listens_without_a_session(headers):
    assert audience_for(headers) is None


def test_a_stream_ends_with_its_session():
    client = let_in(Client(), a_holder("leader", STREET))
    cookie = {"cookie": f"sessionid={client.cookies['sessionid'].value}"}
    assert audience_for(cookie) is not None

    client.post("/sign-out/")

    assert audience_for(cookie) is None
