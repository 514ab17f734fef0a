"""The first pages of residents and of the field, and what people set for themselves."""

import pytest

from jingwei.cases.testing import a_case
from jingwei.people.testing import a_resident, let_in, the_cast
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = the_cast()
    an_area(cast.community, name="荷塘社区", name_en="Hetang Community")
    return cast


@pytest.fixture
def visitor(client):
    client.cookies["django_language"] = "en"
    return client


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_guest_may_report_and_is_told_how_to_sign_in(visitor):
    page = text(visitor.get("/"))

    assert 'href="/report/"' in page
    assert 'href="/sign-in/phone/?next=/"' in page
    assert "Care mode" in page
    assert "中文" in page


def test_a_guest_costs_no_query(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        visitor.get("/")


def test_a_resident_sees_their_community_and_five_matters(visitor, cast, django_assert_num_queries):
    for number in range(6):
        a_case(cast=cast, words=f"matter no. {number};")
    let_in(visitor, cast.resident)
    visitor.get("/")  # the category table is kept from now on
    with django_assert_num_queries(5):
        page = text(visitor.get("/"))

    assert "Hetang Community" in page
    assert page.count('class="case-row"') == 5
    assert page.count('href="/matters/"') == 2  # the tab, and all of them


def test_a_new_resident_is_told_what_will_stand_there(visitor):
    page = text(let_in(visitor, a_resident()).get("/"))

    assert "Nothing reported yet" in page
    assert "Jingwei" in page


def test_me_says_who_one_is_and_where_one_may_go(visitor, cast):
    assert "You are not signed in" in text(visitor.get("/me/"))
    resident = text(let_in(visitor, cast.resident).get("/me/"))
    assert f"{cast.resident.phone[:3]} **** {cast.resident.phone[-4:]}" in resident
    assert "Sign out" in resident
    assert "Go to" not in resident
    worker = text(let_in(visitor, cast.grid_worker).get("/field/me/"))
    assert ('href="/field/"' in worker, 'href="/"' in worker) == (True, True)


def test_care_mode_holds_on_every_page(visitor):
    answer = visitor.post("/display/", {"care": "on", "next": "/report/"})

    assert answer.url == "/report/"
    assert 'data-care="on"' in text(visitor.get("/report/", follow=True))
    assert "Leave care mode" in text(visitor.get("/"))


def test_today_says_the_day_and_the_place(visitor, cast):
    an_area(cast.grid, name="第七网格")
    page = text(let_in(visitor, cast.grid_worker).get("/field/"))

    assert "第七网格, Hetang Community" in page


@pytest.mark.parametrize(("language", "words"), [("en", "Report a problem"), ("zh-hans", "上报问题")])
def test_both_languages(client, language, words):
    client.cookies["django_language"] = language

    assert words in text(client.get("/"))
