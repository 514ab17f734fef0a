from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from django.db import connection

from jingwei.kernel.public import FactRow, Refused
from jingwei.people import actions
from jingwei.people.factors import trust
from jingwei.people.factors.proving import prove, send_factor_code
from jingwei.people.factors.rules import Step, Way, factors_of, step_for
from jingwei.people.factors.spare import make_spare_codes
from jingwei.people.factors.totp import (
    address_of,
    begin_authenticator,
    confirm_authenticator,
    drawn,
    remove_authenticator,
)
from jingwei.people.models import Member, SpareCode, TrustedBrowser
from jingwei.people.signin import sign_in_by_code
from jingwei.people.testing import a_member, a_resident

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
STEP, MINUTE, DAY = timedelta(seconds=30), timedelta(minutes=1), timedelta(days=1)
PHONE = "13812346620"


def shown(authenticator, at=NOON):
    return pyotp.TOTP(authenticator.secret).at(at)


def with_app(member=None):
    member = member or a_member()
    authenticator = begin_authenticator(member, now=NOON)
    return confirm_authenticator(member, shown(authenticator), by=member, now=NOON)


def with_phone(member):
    Member.objects.get(pk=member.pk)
    member.phone = PHONE
    member.save()
    return member


def test_what_the_app_scans_names_site_and_account_and_holds_the_secret():
    authenticator = begin_authenticator(a_member(username="li"))
    address = urlsplit(address_of(authenticator))

    assert (address.scheme, address.netloc, address.path) == ("otpauth", "totp", "/Jingwei:li")
    assert parse_qs(address.query)["secret"] == [authenticator.secret]
    assert "<svg" in drawn(address_of(authenticator))
    assert "style" not in drawn(address_of(authenticator))


def test_the_secret_is_not_readable_in_the_table():
    authenticator = begin_authenticator(a_member())
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM authenticator")
        kept = bytes(cursor.fetchone()[0])

    assert authenticator.secret.encode() not in kept


def test_setting_up_twice_shows_the_same_and_counts_only_once_confirmed():
    member = a_member()
    first, second = begin_authenticator(member), begin_authenticator(member)

    assert first == second
    assert factors_of(member) == []
    confirm_authenticator(member, shown(first), by=member, now=NOON)
    assert factors_of(member) == [Way.TOTP]
    assert FactRow.objects.filter(kind="people.factor_added", actor_id=member.pk).count() == 1


def test_a_wrong_first_code_confirms_nothing():
    member = a_member()
    authenticator = begin_authenticator(member)

    with pytest.raises(Refused, match="clock right"):
        confirm_authenticator(member, shown(authenticator, NOON + 9 * STEP), by=member, now=NOON)
    assert factors_of(member) == []


def test_replacing_the_app_ends_the_old_one_only_when_the_new_one_is_confirmed():
    old = with_app()
    member = old.member
    new = begin_authenticator(member)
    assert prove(member, Way.TOTP, shown(old, NOON + STEP), now=NOON + STEP)
    confirm_authenticator(member, shown(new, NOON + 2 * STEP), by=member, now=NOON + 2 * STEP)

    with pytest.raises(Refused):
        prove(member, Way.TOTP, shown(old, NOON + 3 * STEP), now=NOON + 3 * STEP)
    assert prove(member, Way.TOTP, shown(new, NOON + 3 * STEP), now=NOON + 3 * STEP)


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_clock_of_the_phone_may_be_wrong_by_half_a_minute(steps, is_taken):
    authenticator = with_app()
    now = NOON + 10 * STEP
    code = shown(authenticator, now + steps * STEP)

    if is_taken:
        assert prove(authenticator.member, Way.TOTP, code, now=now) is Way.TOTP
    else:
        with pytest.raises(Refused, match="not right, or was used before"):
            prove(authenticator.member, Way.TOTP, code, now=now)


def test_a_code_is_taken_once_and_none_before_it():
    authenticator = with_app()
    now = NOON + 10 * STEP
    prove(authenticator.member, Way.TOTP, shown(authenticator, now), now=now)

    for at in (now, now - STEP):
        with pytest.raises(Refused, match="used before"):
            prove(authenticator.member, Way.TOTP, shown(authenticator, at), now=now)
    assert prove(authenticator.member, Way.TOTP, shown(authenticator, now + STEP), now=now)


def test_the_code_that_confirmed_the_app_does_not_open_anything_as_well():
    authenticator = with_app()

    with pytest.raises(Refused, match="used before"):
        prove(authenticator.member, Way.TOTP, shown(authenticator), now=NOON)


def test_after_five_wrong_codes_the_right_one_waits_from_wherever_it_comes():
    authenticator = with_app()
    now = NOON + 10 * STEP
    for _ in range(5):
        with pytest.raises(Refused, match="not right"):
            prove(authenticator.member, Way.TOTP, "000000", now=now)

    with pytest.raises(Refused, match=r"Try again in 1 minute\."):
        prove(authenticator.member, Way.TOTP, shown(authenticator, now), now=now)
    later = now + MINUTE
    assert prove(authenticator.member, Way.TOTP, shown(authenticator, later), now=later)


def test_spare_codes_are_ten_and_each_is_good_once_however_it_is_typed():
    member = with_app().member
    codes = make_spare_codes(member, by=member)

    assert len(set(codes)) == 10
    assert prove(member, Way.SPARE, codes[0].upper().replace("-", " ")) is Way.SPARE
    with pytest.raises(Refused):
        prove(member, Way.SPARE, codes[0])
    assert prove(member, Way.SPARE, codes[1])
    assert member.spare_codes.filter(used_at=None).count() == 8


def test_new_spare_codes_end_the_old_ones_and_none_is_kept_in_plain():
    member = a_member()
    old = make_spare_codes(member, by=member)
    new = make_spare_codes(member, by=member)

    with pytest.raises(Refused):
        prove(member, Way.SPARE, old[0])
    kept = set(SpareCode.objects.values_list("digest", flat=True))
    assert len(kept) == 10
    assert not any(code in digest for code in new for digest in kept)


def test_a_spare_code_belongs_to_its_member():
    member, other = a_member(), a_member()
    (code, *_rest) = make_spare_codes(member, by=member)

    with pytest.raises(Refused):
        prove(other, Way.SPARE, code)


def test_a_text_message_is_a_factor_only_where_the_site_says_so(sent, surroundings):
    member = with_phone(a_member())
    assert factors_of(member) == []
    surroundings(STAFF_SMS="1")

    assert factors_of(member) == [Way.SMS]
    send_factor_code(member, address="192.0.2.1", now=NOON)
    assert prove(member, Way.SMS, sent(), now=NOON) is Way.SMS


def test_a_code_for_the_second_factor_opens_nothing_else_and_the_other_way_round(sent, surroundings):
    surroundings(STAFF_SMS="1")
    member = with_phone(a_member())
    send_factor_code(member, address="", now=NOON)

    with pytest.raises(Refused, match="not right, or no longer"):
        sign_in_by_code(PHONE, sent(), now=NOON)


def test_the_last_factor_stays_where_one_is_needed_and_goes_where_not(surroundings):
    member = with_app().member
    with pytest.raises(Refused, match="last second factor"):
        remove_authenticator(member, by=member)
    assert factors_of(member) == [Way.TOTP]

    surroundings(STAFF_FACTOR="optional")
    member.set_password("plum tree lane")
    remove_authenticator(member, by=member)
    assert factors_of(member) == []
    assert FactRow.objects.filter(kind="people.factor_removed").count() == 1


def test_factors_are_one_s_own():
    member, other = a_member(), a_member()
    authenticator = begin_authenticator(member)

    with pytest.raises(Refused, match="their own"):
        confirm_authenticator(member, shown(authenticator), by=other, now=NOON)
    with pytest.raises(Refused, match="their own"):
        remove_authenticator(member, by=other)


def test_a_trusted_browser_is_known_for_a_week_to_its_member():
    member, other = a_member(), a_member()
    token = trust.trust_browser(member, NOON)

    assert trust.is_trusted(member, token, NOON + 7 * DAY - STEP)
    assert not trust.is_trusted(member, token, NOON + 7 * DAY)
    assert not trust.is_trusted(other, token, NOON)
    assert not trust.is_trusted(member, "guess", NOON)
    assert not trust.is_trusted(member, None, NOON)
    assert TrustedBrowser.objects.get().pk != token


def test_a_new_password_ends_trust_in_browsers():
    member = a_member()
    token = trust.trust_browser(member)
    actions.set_password(member, "plum tree lane", by=member)

    assert not trust.is_trusted(member, token)


@pytest.mark.parametrize(
    ("ways", "factors", "step"),
    [
        ([Way.PASSWORD], [], Step.SET_UP),
        ([Way.PASSWORD], [Way.TOTP], Step.PROVE),
        ([Way.PASSWORD, Way.TOTP], [Way.TOTP], None),
        ([Way.PASSWORD, Way.TRUSTED], [Way.TOTP], None),
        ([Way.PASSKEY], [Way.PASSKEY], None),
        ([Way.SSO], [], Step.SET_UP),
        ([Way.SSO], [Way.TOTP], Step.PROVE),
        ([Way.SSO_STRONG], [], None),
        ([Way.RECOVERY], [], Step.SET_UP),
    ],
)
def test_staff_need_a_second_factor_and_set_it_up_where_they_have_none(ways, factors, step):
    assert step_for(a_member(), ways, factors) == step


def test_where_it_is_optional_only_those_who_have_one_are_asked(surroundings):
    surroundings(STAFF_FACTOR="optional")

    assert step_for(a_member(), [Way.PASSWORD], []) is None
    assert step_for(a_member(), [Way.PASSWORD], [Way.TOTP]) is Step.PROVE


def test_residents_and_demo_accounts_need_none():
    demo = a_member()
    demo.is_demo = True

    assert step_for(demo, [Way.PASSWORD], []) is None
    assert step_for(a_resident(), [Way.PHONE], []) is None
