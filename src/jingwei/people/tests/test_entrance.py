from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from jingwei.kernel.public import FactRow
from jingwei.people.models import Member, Session
from jingwei.people.testing import a_member, a_resident, let_in

pytestmark = pytest.mark.django_db
PHONE = "13812346620"
PASSWORD = {"username": "li", "password": "plum tree lane"}
START = "/start/"


@pytest.fixture(autouse=True)
def no_second_factor(surroundings):
    surroundings(STAFF_FACTOR="optional")


@pytest.fixture
def li():
    return a_member("Li", username="li", password="plum tree lane")


def page(response) -> str:
    return unescape(response.content.decode())


def test_staff_sign_in_by_password_and_go_where_they_wanted(visitor, li):
    asked = visitor.get("/sign-in/", {"next": "/desk/?queue=mine"})
    answered = visitor.post("/sign-in/", {**PASSWORD, "next": "/desk/?queue=mine"})

    assert 'name="next" value="/desk/?queue=mine"' in page(asked)
    assert (answered.status_code, answered.url) == (302, "/desk/?queue=mine")
    assert Session.objects.get().member == li
    assert FactRow.objects.filter(kind="people.member_signed_in", actor_id=li.pk).count() == 1


def test_without_a_wish_they_go_to_their_own_portal(visitor, li):
    assert visitor.post("/sign-in/", PASSWORD).url == START


@pytest.mark.parametrize(
    "wish",
    [
        "https://elsewhere.test/",
        "//elsewhere.test/",
        "javascript:alert(1)",
        "/\\elsewhere.test",
        "people:sign-out",
        "12345",
        "a\0b",
    ],
)
def test_nobody_is_sent_to_another_site_or_to_no_address_at_all(visitor, li, wish):
    assert visitor.post("/sign-in/", {**PASSWORD, "next": wish}).url == START


def test_a_wrong_password_and_an_unknown_name_read_the_same(visitor, li):
    wrong = visitor.post("/sign-in/", {**PASSWORD, "password": "wrong"})
    unknown = visitor.post("/sign-in/", {"username": "wang", "password": "wrong"})

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert "User name and password do not match." in page(wrong)
    assert "User name and password do not match." in page(unknown)
    assert not Session.objects.exists()


def test_what_was_typed_stays_but_not_the_password(visitor, li):
    shown = page(visitor.post("/sign-in/", {**PASSWORD, "password": "wrong"}))

    assert 'value="li"' in shown
    assert "wrong" not in shown


def test_too_many_guesses_are_told_to_wait(visitor, li):
    for _ in range(5):
        visitor.post("/sign-in/", {**PASSWORD, "password": "wrong"})

    assert "Too many tries. Try again in 1 minute." in page(visitor.post("/sign-in/", PASSWORD))


def test_empty_fields_are_named(visitor):
    answered = visitor.post("/sign-in/", {"username": "", "password": ""})

    assert answered.status_code == 422
    assert 'id="id_username_error"' in page(answered)
    assert 'id="id_password_error"' in page(answered)


def test_who_is_signed_in_has_no_need_of_the_entrance(visitor, li):
    let_in(visitor, li)

    assert visitor.get("/sign-in/").url == START
    assert visitor.get("/sign-in/phone/", {"next": "/report/"}).url == "/report/"
    assert visitor.get("/sign-in/phone/code/").url == "/sign-in/phone/"


def test_signing_in_takes_a_new_session_key(visitor, li, sent):
    visitor.post("/sign-in/phone/", {"phone": PHONE})
    before = visitor.cookies["sessionid"].value
    visitor.post("/sign-in/", PASSWORD)

    assert visitor.cookies["sessionid"].value != before
    assert Session.objects.get().member == li


def test_the_entrance_refuses_forms_of_other_sites(li):
    assert Client(enforce_csrf_checks=True).post("/sign-in/", PASSWORD).status_code == 403


def test_a_resident_signs_in_with_phone_and_code(visitor, sent):
    first = visitor.post("/sign-in/phone/", {"phone": "138 1234 6620", "next": "/report/"})
    step = visitor.get(first.url)
    done = visitor.post(first.url, {"code": sent()})

    assert "138****6620" in page(step).replace(" ", "")
    assert sent() not in page(step)
    assert (done.status_code, done.url) == (302, "/report/")
    assert Session.objects.get().member == Member.objects.with_phone(PHONE).get()


def test_a_newcomer_keeps_the_language_they_came_in(visitor, sent):
    visitor.post("/sign-in/phone/", {"phone": PHONE})
    done = visitor.post("/sign-in/phone/code/", {"code": sent()})

    assert Member.objects.get().language == "en"
    assert done.cookies["django_language"].value == "en"


def test_a_wish_that_leads_elsewhere_is_dropped_at_the_first_step(visitor, sent):
    visitor.post("/sign-in/phone/", {"phone": PHONE, "next": "//elsewhere.test/"})

    assert visitor.post("/sign-in/phone/code/", {"code": sent()}).url == START


def test_a_wrong_code_is_told_and_the_page_stays(visitor, sent):
    visitor.post("/sign-in/phone/", {"phone": PHONE})
    wrong = "000000" if sent() != "000000" else "000001"
    answered = visitor.post("/sign-in/phone/code/", {"code": wrong})

    assert answered.status_code == 422
    assert "This code is not right, or no longer." in page(answered)
    assert visitor.post("/sign-in/phone/code/", {"code": sent()}).status_code == 302


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_what_is_no_code_costs_no_try(visitor, sent, code):
    visitor.post("/sign-in/phone/", {"phone": PHONE})
    for _ in range(6):
        assert visitor.post("/sign-in/phone/code/", {"code": code}).status_code == 422

    assert visitor.post("/sign-in/phone/code/", {"code": sent()}).status_code == 302


def test_what_is_no_phone_is_named(visitor, sent):
    answered = visitor.post("/sign-in/phone/", {"phone": "12345"})

    assert answered.status_code == 422
    assert "A mobile number has 11 digits and begins with 1." in page(answered)


def test_a_second_code_right_away_is_refused_with_a_word(visitor, sent):
    visitor.post("/sign-in/phone/", {"phone": PHONE})
    first_page = visitor.post("/sign-in/phone/", {"phone": PHONE})
    second_page = visitor.post("/sign-in/phone/code/", {"again": "1"}, follow=True)

    assert first_page.status_code == 422
    assert "Wait a minute before asking for another." in page(first_page)
    assert "Wait a minute before asking for another." in page(second_page)


def test_another_code_is_sent_on_wish(visitor, sent, monkeypatch):
    visitor.post("/sign-in/phone/", {"phone": PHONE})
    monkeypatch.setattr("jingwei.people.signin.RESEND_AFTER", timedelta(0))
    answered = visitor.post("/sign-in/phone/code/", {"again": "1"}, follow=True)

    assert "Another code is on its way." in page(answered)
    assert visitor.post("/sign-in/phone/code/", {"code": sent()}).status_code == 302


def test_the_second_step_needs_the_first(visitor):
    assert visitor.get("/sign-in/phone/code/").url == "/sign-in/phone/"
    assert visitor.post("/sign-in/phone/code/", {"code": "123456"}).url == "/sign-in/phone/"


def test_in_a_demo_the_code_stands_on_the_page(visitor, surroundings):
    surroundings(DEMO="1", SMS_SENDER="console")
    visitor.post("/sign-in/phone/", {"phone": PHONE})

    assert "Demo: the code is 123456" in page(visitor.get("/sign-in/phone/code/"))


def test_without_a_sender_the_entrance_offers_no_phone(visitor):
    assert "/sign-in/phone/" not in page(visitor.get("/sign-in/"))
    assert "Signing in by phone is not set up here." in page(visitor.get("/sign-in/phone/"))
    assert visitor.post("/sign-in/phone/", {"phone": PHONE}).status_code == 422


def test_signing_out_ends_the_session(visitor, li):
    visitor.post("/sign-in/", PASSWORD)
    answered = visitor.post("/sign-out/")

    assert answered.url == "/"
    assert not Session.objects.exists()
    assert visitor.cookies["sessionid"].value == ""
    assert FactRow.objects.filter(kind="people.member_signed_out", actor_id=li.pk).count() == 1


def test_signing_out_twice_is_no_error_and_says_nothing(visitor):
    assert visitor.post("/sign-out/").url == "/"
    assert not FactRow.objects.exists()


def test_a_link_cannot_sign_anybody_out(visitor, li):
    visitor.post("/sign-in/", PASSWORD)

    assert visitor.get("/sign-out/").status_code == 405
    assert Session.objects.exists()


def test_a_guest_chooses_a_language(client):
    answered = client.post("/language/", {"language": "en", "next": "/sign-in/"})

    assert answered.url == "/sign-in/"
    assert "<h1>Sign in</h1>" in page(client.get("/sign-in/"))


def test_a_member_s_language_is_kept_and_comes_back_in_another_browser(visitor, li):
    visitor.post("/sign-in/", PASSWORD)
    visitor.post("/language/", {"language": "en"})
    other = Client()
    other.post("/sign-in/", PASSWORD)

    assert Member.objects.get().language == "en"
    assert other.cookies["django_language"].value == "en"


@pytest.mark.parametrize("language", ["", "fr"])
def test_an_unknown_language_changes_nothing(client, language):
    answered = client.post("/language/", {"language": language, "next": "//elsewhere.test/"})

    assert answered.url == "/"
    assert "django_language" not in client.cookies


def test_each_page_of_the_entrance_is_not_kept_by_caches(visitor, sent):
    visitor.post("/sign-in/phone/", {"phone": PHONE})
    for address in ("/sign-in/", "/sign-in/phone/", "/sign-in/phone/code/"):
        assert "no-store" in visitor.get(address)["Cache-Control"]


def test_a_resident_is_no_staff(visitor):
    a_resident(phone=PHONE)

    assert visitor.post("/sign-in/", {"username": PHONE, "password": "anything at all"}).status_code == 422
