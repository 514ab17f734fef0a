from datetime import UTC, datetime, timedelta
from html import unescape
from io import StringIO

import pyotp
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.db.transaction import atomic
from django.test import Client

from jingwei.kernel.public import FactRow, NotPermitted, Refused, clock
from jingwei.people import actions, recovery
from jingwei.people.factors import trust
from jingwei.people.factors.rules import factors_of
from jingwei.people.factors.spare import make_spare_codes
from jingwei.people.factors.totp import begin_authenticator, confirm_authenticator
from jingwei.people.models import Authenticator, Member, Recovery, Session
from jingwei.people.sessions import SessionStore
from jingwei.people.testing import STREET, a_holder, a_member, a_resident, let_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
DISTRICT = STREET - STREET % 10**12
NEW = "pear tree lane"


@pytest.fixture
def li():
    return a_member("Li", username="li", password="plum tree lane")


@pytest.fixture
def first():
    return a_holder("security_officer", DISTRICT)


@pytest.fixture
def second():
    return a_holder("security_officer", DISTRICT)


def asked(member, by, now=None):
    return recovery.open_recovery(member, reason="Phone lost, known by face", by=by, now=now)


def page(response):
    return unescape(response.content.decode())


def told():
    return list(FactRow.objects.filter(kind__contains="recover").order_by("id").values_list("kind", flat=True))


def test_two_officers_give_a_code_with_which_the_member_sets_a_password(li, first, second):
    with clock.frozen(NOON):
        authenticator = begin_authenticator(li)
        confirm_authenticator(li, pyotp.TOTP(authenticator.secret).at(NOON), by=li)
    make_spare_codes(li, by=li)
    token = trust.trust_browser(li)
    SessionStore().begin(li, "Firefox")
    code = recovery.approve_recovery(asked(li, first), by=second)
    member = recovery.use_recovery("li", code.upper(), NEW)

    assert member == li
    assert Member.objects.get(pk=li.pk).check_password(NEW)
    assert factors_of(li) == []
    assert not trust.is_trusted(li, token)
    assert not Session.objects.filter(member=li).exists()
    assert told() == ["people.recovery_opened", "people.recovery_approved", "people.account_recovered"]


def test_until_the_code_is_used_nothing_changes(li, first, second):
    SessionStore().begin(li, "Firefox")
    recovery.approve_recovery(asked(li, first), by=second)

    assert Member.objects.get(pk=li.pk).check_password("plum tree lane")
    assert Session.objects.filter(member=li).exists()


def test_the_code_itself_is_not_kept(li, first, second):
    code = recovery.approve_recovery(asked(li, first), by=second)

    assert code.replace("-", "") not in Recovery.objects.get().digest


def test_nobody_approves_what_they_opened_themselves(li, first):
    with pytest.raises(Refused, match="Another officer"):
        recovery.approve_recovery(asked(li, first), by=first)


def test_nobody_recovers_themselves_nor_approves_it(first, second):
    with pytest.raises(Refused, match="their own account"):
        asked(first, first)
    with pytest.raises(Refused, match="their own account"):
        recovery.approve_recovery(asked(first, second), by=first)


@pytest.mark.parametrize("role", ["administrator", "auditor", "leader"])
def test_only_who_manages_accounts_opens_or_approves(li, first, role):
    other = a_holder(role, DISTRICT)
    with pytest.raises(NotPermitted):
        asked(li, other)
    with pytest.raises(NotPermitted):
        recovery.approve_recovery(asked(li, first), by=other)


def test_the_database_holds_that_two_are_needed(li, first):
    given = {"member": li, "kind": "recovery", "expires_at": NOON, "digest": "x", "approved_at": NOON}
    with pytest.raises(IntegrityError, match="recovery_takes_two"), atomic():
        Recovery.objects.create(opened_by=first, approved_by=first, **given)
    with pytest.raises(IntegrityError, match="recovery_takes_two"), atomic():
        Recovery.objects.create(opened_by=first, approved_by=None, **given)
    with pytest.raises(IntegrityError, match="recovery_is_not_by_its_member"), atomic():
        Recovery.objects.create(opened_by=first, approved_by=li, **given)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_a_recovery_says_why(li, first, reason):
    with pytest.raises(Refused, match="Say in a sentence"):
        recovery.open_recovery(li, reason=reason, by=first)


def test_it_waits_two_days_for_the_second_officer(li, first, second):
    waiting = asked(li, first, NOON)
    with pytest.raises(Refused, match="not waiting"):
        recovery.approve_recovery(waiting, by=second, now=NOON + 48 * HOUR)

    again = asked(li, first, NOON + 48 * HOUR)
    assert recovery.approve_recovery(again, by=second, now=NOON + 49 * HOUR)


def test_one_at_a_time(li, first, second):
    asked(li, first)

    with pytest.raises(Refused, match="under way already"):
        asked(li, second)


def test_the_code_is_good_for_a_day_and_once(li, first, second):
    code = recovery.approve_recovery(asked(li, first, NOON), by=second, now=NOON)
    with pytest.raises(Refused, match="do not match"):
        recovery.use_recovery("li", code, NEW, now=NOON + 24 * HOUR)

    recovery.use_recovery("li", code, NEW, now=NOON + HOUR)
    with pytest.raises(Refused, match="do not match"):
        recovery.use_recovery("li", code, NEW, now=NOON + HOUR)


def test_a_weak_password_does_not_use_the_code_up(li, first, second):
    code = recovery.approve_recovery(asked(li, first), by=second)
    with pytest.raises(ValidationError):
        recovery.use_recovery("li", code, "short")

    assert recovery.use_recovery("li", code, NEW) == li


def test_wrong_code_unknown_name_and_unapproved_recovery_read_the_same(li, first):
    asked(li, first)
    for name, code in (("li", ""), ("li", "aaaaa-aaaaa-aaaaa-aaaaa"), ("nobody", "x")):
        with pytest.raises(Refused, match="User name and code do not match"):
            recovery.use_recovery(name, code, NEW)


def test_guessing_codes_waits_like_guessing_passwords(li):
    for _ in range(5):
        with pytest.raises(Refused, match="do not match"):
            recovery.use_recovery("li", "guess", NEW, address="192.0.2.1", now=NOON)

    with pytest.raises(Refused, match="Too many tries"):
        recovery.use_recovery("li", "guess", NEW, address="192.0.2.1", now=NOON)


def test_a_recovery_is_withdrawn_by_an_officer_or_by_the_member(li, first, second):
    waiting = asked(li, first)
    with pytest.raises(NotPermitted):
        recovery.withdraw_recovery(waiting, by=a_member())
    recovery.withdraw_recovery(waiting, by=li)

    with pytest.raises(Refused, match="not waiting"):
        recovery.approve_recovery(waiting, by=second)
    with pytest.raises(Refused, match="over already"):
        recovery.withdraw_recovery(waiting, by=second)


def test_a_withdrawn_code_opens_nothing(li, first, second):
    waiting = asked(li, first)
    code = recovery.approve_recovery(waiting, by=second)
    recovery.withdraw_recovery(waiting, by=first)

    with pytest.raises(Refused, match="do not match"):
        recovery.use_recovery("li", code, NEW)


def test_residents_and_closed_accounts_have_nothing_to_recover(li, first):
    with pytest.raises(Refused, match="phone number"):
        asked(a_resident(), first)
    actions.close_member(li, by=None)
    with pytest.raises(Refused, match="closed"):
        asked(li, first)


def test_an_account_nobody_came_into_takes_one_officer_and_one_in_use_does_not(li, first):
    fresh = a_member(username="wang")
    old = recovery.invite_member(fresh, by=first)
    code = recovery.invite_member(fresh, by=first)

    with pytest.raises(Refused, match="do not match"):
        recovery.use_recovery("wang", old, NEW)
    assert recovery.use_recovery("wang", code, NEW) == fresh
    for member in (li, fresh):
        with pytest.raises(Refused, match="has a password already"):
            recovery.invite_member(member, by=first)


def test_whoever_runs_the_site_gives_a_code_on_the_command_line(li):
    out = StringIO()
    call_command("recover_account", "li", "--reason", "only one officer, who is li", stdout=out)
    made = Recovery.objects.get()

    assert recovery.use_recovery("li", out.getvalue().strip(), NEW) == li
    assert (made.opened_by, made.approved_by, made.reason) == (None, None, "only one officer, who is li")
    with pytest.raises(CommandError, match="no account “nobody”"):
        call_command("recover_account", "nobody", "--reason", "x")


def test_the_member_hears_of_it_once_and_sees_it_later(visitor, li, first, second, surroundings):
    surroundings(STAFF_FACTOR="optional")
    asked(li, first)
    visitor.post("/sign-in/", {"username": "li", "password": "plum tree lane"})
    visitor.cookies["django_language"] = "en"
    shown = page(visitor.get("/me/sign-in/"))

    assert "Somebody asked for a recovery of your account." in shown
    assert f"asked by {first.name}" in shown
    assert "Phone lost, known by face" in shown
    assert "Somebody asked" not in page(visitor.get("/me/sign-in/"))
    assert visitor.post("/me/recovery/withdraw/").url == "/me/sign-in/"
    assert Recovery.objects.get().withdrawn_at is not None


def test_from_losing_the_phone_to_a_new_one_in_the_browser(client, visitor, li, first, second):
    let_in(client, first)
    client.cookies["django_language"] = "en"
    client.post(f"/desk/accounts/{li.pk}/recover/", {"reason": "Phone lost, known by face"})
    let_in(client, second)
    asked_page = page(client.get("/desk/accounts/"))
    approved = page(client.post(f"/desk/recoveries/{Recovery.objects.get().pk}/approve/"))
    code = approved.split('secret-l">')[1].split("<")[0].strip()

    assert "asks to let Li in anew" in asked_page
    member = Client()
    given = {"username": "li", "code": code, "new": NEW, "again": NEW}
    assert member.post("/sign-in/recover/", given).url == "/sign-in/set-up/"
    member.get("/sign-in/set-up/app/")
    shown = pyotp.TOTP(Authenticator.objects.get().secret).at(clock.now())
    assert member.post("/sign-in/set-up/app/", {"code": shown}).status_code == 200
    assert SessionStore(member.cookies["sessionid"].value).ways == ("recovery", "totp")


def test_a_wrong_code_in_the_browser_is_told_in_words(visitor, li):
    answered = visitor.post("/sign-in/recover/", {"username": "li", "code": "x", "new": NEW, "again": NEW})

    assert answered.status_code == 422
    assert "User name and code do not match" in page(answered)
