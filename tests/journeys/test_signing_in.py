"""Staff sign in for the first time and set up what only they have; afterwards they come in with it."""

import time

import pyotp
import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey
STEP = 30
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def gives_password(one: Visitor, name: str, password: str) -> None:
    one.page.fill("[name=username]", name)
    one.page.fill("[name=password]", password)
    one.page.click("form button.btn-primary")


def signs_out(one: Visitor) -> None:
    one.page.context.clear_cookies()


def at_a_name(one: Visitor) -> str:
    """The site under a name: browsers make no passkeys for bare addresses."""
    return one.site.url.replace("127.0.0.1", "localhost")


def test_an_app_is_set_up_at_the_first_sign_in_and_asked_for_at_the_next(visitor):
    one = visitor("phone")
    page, password = one.page, one.site.newcomers["newcomer-1"]
    one.goes_to("/sign-in/")
    gives_password(one, "newcomer-1", password)
    page.wait_for_url("**/sign-in/set-up/")
    page.click("a[href='/sign-in/set-up/app/']")
    page.click("details summary")
    app = pyotp.TOTP(page.inner_text(".secret").strip())
    one.sees_no_overflow()
    page.fill("[name=code]", app.now())
    page.click("form button.btn-primary")
    page.wait_for_selector(".spare-codes")
    assert page.locator(".spare-codes li").count() == 10
    page.click("a.btn-primary")
    page.wait_for_url(lambda url: "/sign-in/" not in url)

    signs_out(one)
    one.goes_to("/sign-in/")
    gives_password(one, "newcomer-1", password)
    page.wait_for_url("**/sign-in/second/")
    page.fill("[name=answer]", app.at(time.time() + STEP))  # the code from before opens nothing twice
    page.click("form button.btn-primary")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    one.goes_to("/me/devices/")
    assert page.locator(".list-row").count() == 2
    one.sees_no_overflow()


def test_a_passkey_is_set_up_and_then_lets_in_alone(visitor):
    one = visitor("desktop")
    page, here = one.page, at_a_name(one)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(f"{here}/sign-in/")
    gives_password(one, "newcomer-2", one.site.newcomers["newcomer-2"])
    page.wait_for_url("**/sign-in/set-up/")
    page.click("a[href='/sign-in/set-up/passkey/']")
    page.fill("[name=name]", "办公电脑")
    page.click("form button.btn-primary")
    page.wait_for_selector(".spare-codes")

    signs_out(one)
    page.goto(f"{here}/sign-in/")
    page.click("a[href^='/sign-in/passkey/']")
    page.click("form button.btn-primary")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto(f"{here}/me/sign-in/")
    assert "办公电脑" in page.content()
