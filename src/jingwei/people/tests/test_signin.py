from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from jingwei.kernel.public import FactRow, Refused, clock
from jingwei.people import signin
from jingwei.people.models import Member, SignInCode
from jingwei.people.signin import read_phone, send_code, sign_in_by_code
from jingwei.people.testing import a_member, a_resident

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PHONE = "13812346620"


def by_password(username="li", password="plum tree lane", address="192.0.2.1"):
    return authenticate(RequestFactory(REMOTE_ADDR=address).post("/"), username=username, password=password)


def wrong_times(count, **where):
    for _ in range(count):
        assert by_password(password="wrong", **where) is None


def test_the_right_name_and_password_are_a_member():
    member = a_member(username="li", password="plum tree lane")

    assert by_password() == member


@pytest.mark.parametrize(
    ("username", "password"), [("li", "wrong"), ("wang", "plum tree lane"), ("li", None), (None, "x")]
)
def test_anything_else_is_nobody(username, password):
    a_member(username="li", password="plum tree lane")

    assert by_password(username, password) is None


def test_an_account_without_a_password_cannot_be_guessed():
    a_member(username="li")

    assert by_password(password="!") is None


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_demo": True}])
def test_a_closed_account_and_a_demo_account_outside_a_demo_are_nobody(fields):
    a_member(username="li", password="plum tree lane")
    Member.objects.update(**fields)

    assert by_password() is None


def test_a_demo_account_comes_in_where_there_is_a_demo(surroundings):
    a_member(username="li", password="plum tree lane")
    Member.objects.update(is_demo=True)
    surroundings(DEMO="1")

    assert by_password() is not None


def test_after_five_wrong_guesses_even_the_right_password_waits():
    a_member(username="li", password="plum tree lane")
    with clock.frozen(NOON):
        wrong_times(5)
        with pytest.raises(Refused, match=r"Try again in 1 minute\."):
            by_password()
    with clock.frozen(NOON + MINUTE):
        assert by_password() is not None
        wrong_times(4)


def test_an_unknown_name_waits_just_the_same():
    with clock.frozen(NOON):
        wrong_times(5, username="nobody")
        with pytest.raises(Refused, match="Too many tries"):
            by_password(username="NOBODY")


def test_guesses_at_one_name_from_elsewhere_do_not_lock_its_owner_out():
    a_member(username="li", password="plum tree lane")
    wrong_times(5, address="198.51.100.7")

    assert by_password(address="192.0.2.1") is not None


def test_a_name_is_guarded_against_many_addresses(monkeypatch):
    monkeypatch.setattr(signin, "BY_NAME", signin.Allowance("sign-in.name", 3, HOUR))
    for host in range(3):
        wrong_times(1, address=f"198.51.100.{host}")

    with pytest.raises(Refused):
        by_password(address="198.51.100.3")


def test_an_address_is_guarded_against_many_names(monkeypatch):
    monkeypatch.setattr(signin, "BY_ADDRESS", signin.Allowance("sign-in.address", 3, HOUR))
    for number in range(3):
        wrong_times(1, username=f"user{number}")

    with pytest.raises(Refused):
        by_password(username="user3")


def test_those_who_know_their_password_use_up_nothing(monkeypatch):
    a_member(username="li", password="plum tree lane")
    monkeypatch.setattr(signin, "BY_NAME", signin.Allowance("sign-in.name", 1, HOUR))
    monkeypatch.setattr(signin, "BY_ADDRESS", signin.Allowance("sign-in.address", 1, HOUR))

    assert [by_password() is not None for _ in range(3)] == [True, True, True]


@pytest.mark.parametrize("typed", [PHONE, "138 1234 6620", "138-1234-6620", "+86 13812346620", "008613812346620"])
def test_a_phone_is_read_however_it_is_typed(typed):
    assert read_phone(typed) == PHONE


@pytest.mark.parametrize("typed", ["", "12812346620", "1381234662", "138123466201", "+1 13812346620", "１38１2346620"])
def test_what_is_no_mobile_number_is_not_read(typed):
    with pytest.raises(ValidationError, match="11 digits"):
        read_phone(typed)


def test_a_code_registers_whoever_is_new_and_finds_them_again(sent):
    send_code(PHONE, address="", now=NOON)
    member = sign_in_by_code(PHONE, sent(), now=NOON + MINUTE)
    send_code(PHONE, address="", now=NOON + HOUR)

    assert (member.kind, member.phone) == ("resident", PHONE)
    assert sign_in_by_code(PHONE, sent(), now=NOON + HOUR) == member


def test_a_code_is_good_once(sent):
    send_code(PHONE, address="", now=NOON)
    sign_in_by_code(PHONE, sent(), now=NOON)

    with pytest.raises(Refused, match="not right, or no longer"):
        sign_in_by_code(PHONE, sent(), now=NOON)


def test_a_code_is_good_for_ten_minutes(sent):
    send_code(PHONE, address="", now=NOON)

    with pytest.raises(Refused, match="not right, or no longer"):
        sign_in_by_code(PHONE, sent(), now=NOON + 10 * MINUTE)
    assert sign_in_by_code(PHONE, sent(), now=NOON + 10 * MINUTE - SECOND)


def test_a_code_is_good_for_five_tries(sent):
    send_code(PHONE, address="", now=NOON)
    wrong = "000000" if sent() != "000000" else "000001"
    for _ in range(5):
        with pytest.raises(Refused, match="not right, or no longer"):
            sign_in_by_code(PHONE, wrong, now=NOON)

    with pytest.raises(Refused, match="not right, or no longer"):
        sign_in_by_code(PHONE, sent(), now=NOON)


def test_a_code_belongs_to_its_phone(sent):
    send_code(PHONE, address="", now=NOON)
    first = sent()
    send_code("13900000000", address="", now=NOON)

    with pytest.raises(Refused):
        sign_in_by_code("13900000000", first if first != sent() else "000000", now=NOON)


def test_a_phone_that_was_sent_nothing_has_no_code():
    with pytest.raises(Refused, match="not right, or no longer"):
        sign_in_by_code(PHONE, "123456")


def test_the_code_is_not_kept(sent):
    send_code(PHONE, address="", now=NOON)

    assert sent() not in SignInCode.objects.get().digest


def test_another_code_may_be_asked_for_after_a_minute_and_ends_the_first(sent):
    send_code(PHONE, address="", now=NOON)
    first = sent()
    with pytest.raises(Refused, match="Wait a minute"):
        send_code(PHONE, address="", now=NOON + 59 * SECOND)
    send_code(PHONE, address="", now=NOON + MINUTE)

    if first != sent():
        with pytest.raises(Refused):
            sign_in_by_code(PHONE, first, now=NOON + MINUTE)
    assert sign_in_by_code(PHONE, sent(), now=NOON + MINUTE)


def test_a_phone_gets_five_codes_an_hour(sent):
    for n in range(5):
        send_code(PHONE, address=str(n), now=NOON + n * MINUTE)

    with pytest.raises(Refused, match="Try again in 55 minutes"):
        send_code(PHONE, address="", now=NOON + 5 * MINUTE)


def test_an_address_gets_thirty_codes_an_hour(sent):
    for n in range(30):
        send_code(f"139{n:08}", address="192.0.2.1", now=NOON)

    with pytest.raises(Refused, match="Try again in 60 minutes"):
        send_code(PHONE, address="192.0.2.1", now=NOON)


def test_without_a_sender_there_is_no_code():
    with pytest.raises(Refused, match="not set up"):
        send_code(PHONE, address="")


def test_a_staff_account_is_not_opened_by_a_code(sent):
    member = a_member()
    member.phone = PHONE
    member.save()
    send_code(PHONE, address="", now=NOON)

    with pytest.raises(Refused, match="staff account"):
        sign_in_by_code(PHONE, sent(), now=NOON)


def test_a_closed_account_is_not_opened_by_a_code(sent):
    a_resident(phone=PHONE)
    Member.objects.update(is_active=False)
    send_code(PHONE, address="", now=NOON)

    with pytest.raises(Refused, match="account is closed"):
        sign_in_by_code(PHONE, sent(), now=NOON)


def test_in_a_demo_the_code_is_the_one_that_is_shown(surroundings):
    surroundings(DEMO="1", SMS_SENDER="console")
    send_code(PHONE, address="", now=NOON)

    assert sign_in_by_code(PHONE, signin.DEMO_CODE, now=NOON).is_demo
    assert FactRow.objects.filter(kind="people.member_registered").count() == 1
