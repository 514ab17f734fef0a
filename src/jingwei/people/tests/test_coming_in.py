import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pyotp
import pytest

from jingwei.kernel.public import FactRow, clock
from jingwei.people import actions
from jingwei.people.factors.passkeys import Party, add_passkey, ask_to_make
from jingwei.people.factors.spare import make_spare_codes
from jingwei.people.factors.totp import begin_authenticator, confirm_authenticator
from jingwei.people.models import Authenticator, Member, Passkey, Session, SignInCode, SpareCode
from jingwei.people.sessions import PROOF_LIVES, SessionStore
from jingwei.people.testing import a_member, a_resident, let_in
from jingwei.people.tests.softkey import SoftKey

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
PASSWORD = {"username": "li", "password": "plum tree lane"}
LOCAL = Party(host="localhost", origin="http://localhost", name="Jingwei")
AT = {"SERVER_NAME": "localhost"}


@pytest.fixture
def li():
    return a_member("Li", username="li", password="plum tree lane")


@pytest.fixture
def app(li):
    with clock.frozen(NOON - timedelta(hours=1)):
        authenticator = begin_authenticator(li)
        confirm_authenticator(li, pyotp.TOTP(authenticator.secret).at(clock.now()), by=li)
    return authenticator


def page(response):
    return unescape(response.content.decode())


def shown(authenticator, at=None):
    return pyotp.TOTP(authenticator.secret).at(at or clock.now())


def options_in(response):
    return re.search(r'data-options="([^"]*)"', response.content.decode()).group(1).replace("&quot;", '"')


def a_key_of(member):
    key = SoftKey(origin=LOCAL.origin, host=LOCAL.host)
    question = ask_to_make(member, LOCAL)
    answer = key.make(question.options)
    add_passkey(member, name="phone", answer=answer, challenge=question.challenge, party=LOCAL, by=member)
    return key


def is_in(client):
    return SessionStore(client.cookies["sessionid"].value).member is not None


def test_with_the_password_alone_nobody_is_in(visitor, app):
    asked = visitor.post("/sign-in/", {**PASSWORD, "next": "/desk/"})

    assert asked.url == "/sign-in/second/"
    assert not is_in(visitor)
    assert visitor.get("/me/devices/").url.startswith("/sign-in/")
    assert not FactRow.objects.filter(kind="people.member_signed_in").exists()


def test_password_and_code_let_in_to_where_one_wanted(visitor, app, li):
    visitor.post("/sign-in/", {**PASSWORD, "next": "/desk/?queue=mine"})
    before = visitor.cookies["sessionid"].value
    done = visitor.post("/sign-in/second/", {"answer": shown(app)})

    assert done.url == "/desk/?queue=mine"
    assert visitor.cookies["sessionid"].value != before
    store = SessionStore(visitor.cookies["sessionid"].value)
    assert (store.member, store.ways) == (li, ("password", "totp"))
    assert "trusted" not in visitor.cookies


def test_a_wrong_code_is_told_and_lets_nobody_in(visitor, app):
    visitor.post("/sign-in/", PASSWORD)
    answered = visitor.post("/sign-in/second/", {"answer": "000000"})

    assert answered.status_code == 422
    assert "This code is not right, or was used before." in page(answered)
    assert not is_in(visitor)


def test_after_five_wrong_codes_one_waits_also_after_beginning_anew(visitor, app):
    for _ in range(5):
        visitor.post("/sign-in/", PASSWORD)
        visitor.post("/sign-in/second/", {"answer": "000000"})
    visitor.post("/sign-in/", PASSWORD)

    assert "Too many tries." in page(visitor.post("/sign-in/second/", {"answer": shown(app)}))


def test_half_way_in_ends_after_ten_minutes(visitor, app):
    with clock.frozen(NOON):
        visitor.post("/sign-in/", PASSWORD)
    with clock.frozen(NOON + timedelta(minutes=10)):
        assert visitor.post("/sign-in/second/", {"answer": shown(app)}).url == "/sign-in/"


def test_half_way_in_ends_with_the_password_and_with_the_account(visitor, app, li):
    visitor.post("/sign-in/", PASSWORD)
    actions.set_password(li, "pear tree lane", by=li)
    assert visitor.post("/sign-in/second/", {"answer": shown(app)}).url == "/sign-in/"

    visitor.post("/sign-in/", {**PASSWORD, "password": "pear tree lane"})
    Member.objects.update(is_active=False)
    assert visitor.post("/sign-in/second/", {"answer": shown(app)}).url == "/sign-in/"


def test_without_the_first_step_there_is_no_second(visitor):
    for path in ("/sign-in/second/", "/sign-in/set-up/", "/sign-in/set-up/app/", "/sign-in/set-up/passkey/"):
        assert visitor.get(path).url == "/sign-in/"
        assert visitor.post(path).status_code in (302, 405)


def test_a_trusted_browser_is_asked_for_the_password_only(visitor, client, app):
    visitor.post("/sign-in/", PASSWORD)
    visitor.post("/sign-in/second/", {"answer": shown(app), "trust": "on"})
    visitor.post("/sign-out/")

    assert visitor.cookies["trusted"]["path"] == "/sign-in/"
    assert visitor.post("/sign-in/", PASSWORD).url == "/start/"
    assert SessionStore(visitor.cookies["sessionid"].value).ways == ("password", "trusted")


def test_a_trusted_browser_trusts_one_member_only(visitor, app):
    visitor.post("/sign-in/", PASSWORD)
    visitor.post("/sign-in/second/", {"answer": shown(app), "trust": "on"})
    visitor.post("/sign-out/")
    other = a_member(username="wang", password="plum tree lane")
    with clock.frozen(NOON):
        confirm_authenticator(other, shown(begin_authenticator(other)), by=other)

    assert visitor.post("/sign-in/", {**PASSWORD, "username": "wang"}).url == "/sign-in/second/"


def test_a_spare_code_stands_in_for_the_phone(visitor, app, li):
    code, *_rest = make_spare_codes(li, by=li)
    visitor.post("/sign-in/", PASSWORD)
    asked = visitor.get("/sign-in/second/")
    done = visitor.post("/sign-in/second/", {"way": "spare", "answer": code})

    assert "Use a spare code" in page(asked)
    assert done.url == "/start/"


def test_a_text_message_goes_only_when_its_button_is_pressed(visitor, li, sent, surroundings):
    surroundings(STAFF_SMS="1")
    li.phone = "13812346620"
    li.save()
    visitor.post("/sign-in/", PASSWORD)
    asked = visitor.get("/sign-in/second/")
    assert not SignInCode.objects.exists()
    told = visitor.post("/sign-in/second/", {"way": "sms", "send": "1"})

    assert "138****6620" in page(asked).replace(" ", "")
    assert "The code is on its way." in page(told)
    assert visitor.post("/sign-in/second/", {"way": "sms", "answer": sent()}).url == "/start/"


def test_who_has_no_factor_is_led_to_set_one_up_and_is_in_with_it(visitor, li):
    first = visitor.post("/sign-in/", {**PASSWORD, "next": "/desk/"})
    choice = visitor.get("/sign-in/set-up/")
    asked = visitor.get("/sign-in/set-up/app/")
    authenticator = Authenticator.objects.get()
    done = visitor.post("/sign-in/set-up/app/", {"code": shown(authenticator)})

    assert first.url == "/sign-in/set-up/"
    assert "Authenticator app on a phone" in page(choice)
    assert authenticator.secret in page(asked)
    assert "no-store" in asked["Cache-Control"]
    assert page(done).count("<li>") == SpareCode.objects.count() == 10
    assert 'href="/desk/"' in page(done)
    assert SessionStore(visitor.cookies["sessionid"].value).ways == ("password", "totp")


def test_the_password_alone_sets_up_no_factor_beside_one_that_is_there(visitor, app):
    visitor.post("/sign-in/", PASSWORD)

    for path in ("/sign-in/set-up/", "/sign-in/set-up/app/", "/sign-in/set-up/passkey/"):
        assert visitor.get(path).url == "/sign-in/second/"
    answered = visitor.post("/sign-in/set-up/app/", {"code": "123456"})
    assert answered.url == "/sign-in/second/"
    assert Authenticator.objects.count() == 1


def test_a_passkey_alone_lets_in(visitor, li):
    key = a_key_of(li)
    asked = visitor.get("/sign-in/passkey/", {"next": "/desk/"}, **AT)
    done = visitor.post("/sign-in/passkey/", {"answer": key.show(options_in(asked)), "next": "/desk/"}, **AT)

    assert done.url == "/desk/"
    assert SessionStore(visitor.cookies["sessionid"].value).ways == ("passkey",)


def test_what_a_passkey_answered_opens_nothing_a_second_time(visitor, client, li):
    key = a_key_of(li)
    answer = key.show(options_in(visitor.get("/sign-in/passkey/", **AT)))
    visitor.post("/sign-in/passkey/", {"answer": answer}, **AT)
    visitor.post("/sign-out/")
    visitor.cookies["django_language"] = "en"
    again = visitor.post("/sign-in/passkey/", {"answer": answer}, **AT)

    assert again.status_code == 422
    assert "This page is too old. Try again." in page(again)


def test_a_passkey_is_the_second_step_too(visitor, li):
    key = a_key_of(li)
    visitor.post("/sign-in/", PASSWORD, **AT)
    asked = visitor.get("/sign-in/second/", **AT)
    done = visitor.post("/sign-in/second/", {"way": "passkey", "answer": key.show(options_in(asked))}, **AT)

    assert done.url == "/start/"
    assert SessionStore(visitor.cookies["sessionid"].value).ways == ("password", "passkey")


def test_a_passkey_is_set_up_at_the_first_sign_in(visitor, li):
    visitor.post("/sign-in/", PASSWORD, **AT)
    asked = visitor.get("/sign-in/set-up/passkey/", **AT)
    key = SoftKey(origin=LOCAL.origin, host=LOCAL.host)
    done = visitor.post("/sign-in/set-up/passkey/", {"name": "", "answer": key.make(options_in(asked))}, **AT)

    assert "spare codes" in page(done)
    assert Passkey.objects.get().name == "Passkey"
    assert is_in(visitor)


def test_where_browsers_make_no_passkeys_none_is_offered(visitor, li):
    assert "/sign-in/passkey/" not in page(visitor.get("/sign-in/"))
    assert "data-options" not in page(visitor.get("/sign-in/passkey/"))
    assert "/sign-in/passkey/" in page(visitor.get("/sign-in/", **AT))


def test_a_resident_comes_in_by_the_code_alone(visitor, sent):
    visitor.post("/sign-in/phone/", {"phone": "13812346620"})
    visitor.post("/sign-in/phone/code/", {"code": sent()})

    assert SessionStore(visitor.cookies["sessionid"].value).ways == ("phone",)


def test_a_member_sees_how_they_sign_in(visitor, app, li):
    a_key_of(li)
    let_in(visitor, li)
    shown_page = page(visitor.get("/me/sign-in/"))

    assert "Authenticator app" in shown_page
    assert "phone" in shown_page
    assert "0 are left" in shown_page


def test_a_resident_has_no_such_page_in_the_menu(visitor):
    let_in(visitor, a_resident())

    assert "/me/sign-in/" not in page(visitor.get("/me/devices/"))


@pytest.mark.parametrize(
    "path", ["/me/sign-in/spare-codes/", "/me/sign-in/remove-app/", "/me/sign-in/passkeys/1/remove/"]
)
def test_what_is_delicate_asks_once_more_who_it_is(visitor, app, li, path):
    with clock.frozen(clock.now() - PROOF_LIVES):
        let_in(visitor, li)
    asked = visitor.post(path)
    wrong = visitor.post("/me/confirm/", {"answer": "wrong"})
    right = visitor.post("/me/confirm/", {"answer": "plum tree lane"})

    assert asked.url == "/me/confirm/"
    assert "This is not your password." in page(wrong)
    assert right.url == "/me/sign-in/"
    assert visitor.post(path).status_code == (404 if "passkeys" in path else 200 if "spare" in path else 302)


def test_a_page_that_asks_who_it_is_comes_back_to_itself(visitor, li):
    with clock.frozen(clock.now() - PROOF_LIVES):
        let_in(visitor, li)
    asked = visitor.get("/sign-in/set-up/app/")

    assert asked.url == "/me/confirm/?next=%2Fsign-in%2Fset-up%2Fapp%2F"
    done = visitor.post("/me/confirm/", {"answer": "plum tree lane", "next": "/sign-in/set-up/app/"})
    assert done.url == "/sign-in/set-up/app/"
    assert visitor.get("/sign-in/set-up/app/").status_code == 200


def test_a_member_adds_and_removes_factors(visitor, app, li):
    let_in(visitor, li)
    key = SoftKey(origin=LOCAL.origin, host=LOCAL.host)
    asked = visitor.get("/sign-in/set-up/passkey/", **AT)
    visitor.post("/sign-in/set-up/passkey/", {"name": "my phone", "answer": key.make(options_in(asked))}, **AT)
    visitor.post("/me/sign-in/remove-app/")
    refused = visitor.post(f"/me/sign-in/passkeys/{Passkey.objects.get().pk}/remove/", follow=True)

    assert not Authenticator.objects.exists()
    assert "This is your last second factor." in page(refused)
    assert Passkey.objects.get().name == "my phone"


def test_new_spare_codes_are_shown_once(visitor, app, li):
    let_in(visitor, li)
    told = visitor.post("/me/sign-in/spare-codes/")

    assert page(told).count("<li>") == 10
    assert "no-store" in told["Cache-Control"]


def test_a_new_password_ends_all_other_sessions_and_keeps_this_one_under_a_new_key(visitor, li):
    let_in(visitor, li)
    before = visitor.cookies["sessionid"].value
    SessionStore().begin(li, "elsewhere")
    given = {"current": "plum tree lane", "new": "pear tree lane", "again": "pear tree lane"}
    done = visitor.post("/me/password/", given, follow=True)

    assert "Your password is changed." in page(done)
    assert Session.objects.count() == 1
    assert visitor.cookies["sessionid"].value != before
    assert Member.objects.get().check_password("pear tree lane")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"current": "wrong"}, "This is not your password."),
        ({"again": "another tree"}, "The two are not the same."),
        ({"new": "short", "again": "short"}, "This password is too short."),
        ({"new": "password123", "again": "password123"}, "This password is too common."),
    ],
)
def test_a_new_password_is_refused_in_words(visitor, li, changed, said):
    let_in(visitor, li)
    given = {"current": "plum tree lane", "new": "pear tree lane", "again": "pear tree lane"}
    answered = visitor.post("/me/password/", {**given, **changed})

    assert answered.status_code == 422
    assert said in page(answered)
    assert Member.objects.get().check_password("plum tree lane")


def test_forgetting_trusted_browsers_asks_everywhere_again(visitor, app):
    visitor.post("/sign-in/", PASSWORD)
    visitor.post("/sign-in/second/", {"answer": shown(app), "trust": "on"})
    visitor.post("/me/sign-in/forget-browsers/")
    visitor.post("/sign-out/")

    assert visitor.post("/sign-in/", PASSWORD).url == "/sign-in/second/"
