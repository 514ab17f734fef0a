import re
from datetime import timedelta
from html import unescape

import pytest

from jingwei.kernel.public import clock
from jingwei.people.key_list import State, areas_for_keys, keys_of, running_out
from jingwei.people.keys import authenticate_key, create_key
from jingwei.people.models import ApiKey, Member
from jingwei.people.sessions import PROOF_LIVES
from jingwei.people.testing import STREET, a_holder, a_member, a_posting, a_software, let_in
from jingwei.places.public import codes
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
DISTRICT = STREET - STREET % 10**12
DAY = timedelta(days=1)


@pytest.fixture
def officer():
    return a_holder("security_officer", DISTRICT)


@pytest.fixture
def desk(visitor, officer):
    an_area(STREET)
    return let_in(visitor, officer)


def page(response):
    return unescape(response.content.decode())


def a_key(name, days=200, at=STREET):
    expires_at = clock.now() + days * DAY
    return create_key(a_software(), name=name, duties=["cases.see"], codes=[at], expires_at=expires_at, by=None)


def typed(**changed):
    given = {"software": "Hotline", "name": "", "duties": ["cases.report"], "days": "90", "area_1": str(STREET)}
    return {**given, **changed}


def test_keys_are_listed_by_what_is_to_be_done_about_them(officer):
    a_key("later")
    a_key("soon", days=5)
    gone, _token = a_key("gone", days=1)
    ApiKey.objects.filter(pk=gone.pk).update(expires_at=clock.now() - DAY)
    a_key("elsewhere", at=codes.make(990102, 1))

    assert [(row.name, row.state) for row in keys_of(officer)] == [
        ("soon", State.SOON),
        ("later", State.GOOD),
        ("gone", State.EXPIRED),
    ]
    assert running_out(officer) == 1


def test_the_list_costs_the_same_for_many(desk, django_assert_max_num_queries):
    for number in range(10):
        a_key(f"key {number}")
    with django_assert_max_num_queries(10):
        assert page(desk.get("/desk/keys/")).count("jw_") == 10


def test_a_key_is_made_shown_once_and_opens(desk):
    made = desk.post("/desk/keys/new/", typed())
    token = re.search(r"jw_[0-9a-f]+_[\w-]+", page(made)).group()
    software = authenticate_key(f"Bearer {token}")

    assert "no-store" in made["Cache-Control"]
    assert (software.name, software.posts[0].first, software.posts[0].duties) == ("Hotline", STREET, {"cases.report"})
    assert timedelta(days=89) < ApiKey.objects.get().expires_at - clock.now() < timedelta(days=91)
    assert token not in page(desk.get("/desk/keys/"))


def test_software_that_is_known_gets_one_more_key(desk):
    desk.post("/desk/keys/new/", typed())
    desk.post("/desk/keys/new/", typed(name="second"))

    assert Member.objects.filter(name="Hotline").count() == 1
    assert ApiKey.objects.count() == 2


def test_areas_are_offered_by_name_where_the_officer_gives_keys(desk, officer):
    an_area(codes.make(990102, 1))
    offered = list(areas_for_keys(officer))
    street = next(area for area in offered if area.code == STREET)

    assert {area.code for area in offered} == {DISTRICT, STREET}
    assert desk.post("/desk/keys/new/", typed(area_1=street.title)).status_code == 200
    assert ApiKey.objects.get().codes == [STREET]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"area_1": "Nowhere"}, "There is no area of this name or code here."),
        ({"area_1": ""}, "This field is required."),
        ({"duties": []}, "This field is required."),
        ({"duties": ["people.keys"]}, "Select a valid choice."),
        ({"days": "9999"}, "Select a valid choice."),
    ],
)
def test_a_key_that_makes_no_sense_is_told_why(desk, changed, said):
    answered = desk.post("/desk/keys/new/", typed(**changed))

    assert answered.status_code == 422
    assert said in page(answered)
    assert not ApiKey.objects.exists()


def test_a_key_for_another_district_is_not_given(desk):
    answered = desk.post("/desk/keys/new/", typed(area_1="990102001"))

    assert answered.status_code == 403
    assert not ApiKey.objects.exists()
    assert not Member.objects.filter(name="Hotline").exists()


def test_a_key_is_revoked(desk):
    key, token = a_key("old")
    done = desk.post(f"/desk/keys/{key.pk}/revoke/", follow=True)

    assert "The key “old” is revoked." in page(done)
    assert authenticate_key(f"Bearer {token}") is None


def test_a_key_elsewhere_is_not_there(desk):
    key, _token = a_key("elsewhere", at=codes.make(990102, 1))

    assert desk.post(f"/desk/keys/{key.pk}/revoke/").status_code == 404
    assert ApiKey.objects.get().revoked_at is None


def test_making_and_revoking_asks_the_officer_once_more(visitor, officer):
    key, _token = a_key("old")
    with clock.frozen(clock.now() - PROOF_LIVES):
        let_in(visitor, officer)

    assert visitor.get("/desk/keys/new/").url.startswith("/me/confirm/")
    assert visitor.post(f"/desk/keys/{key.pk}/revoke/", {"back": "/desk/keys/"}).url.startswith("/me/confirm/")
    assert ApiKey.objects.get().revoked_at is None


def test_who_manages_keys_hears_when_they_sign_in_that_one_runs_out(visitor, surroundings):
    surroundings(STAFF_FACTOR="optional")
    member = a_member(username="li", password="plum tree lane")
    a_posting("security_officer", DISTRICT, member=member)
    a_key("soon", days=5)
    member.language = "en"
    member.save()
    visitor.post("/sign-in/", {"username": "li", "password": "plum tree lane"})

    assert "1 API key expires soon." in page(visitor.get("/me/devices/"))
