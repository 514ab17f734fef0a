from datetime import UTC, datetime, timedelta

import pytest

from jingwei.kernel.public import clock
from jingwei.people.jobs import forget_expired
from jingwei.people.models import RateCounter, Session, SignInCode
from jingwei.people.sessions import SessionStore
from jingwei.people.signin import send_code
from jingwei.people.testing import a_member

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.mark.django_db
def test_what_has_run_out_is_forgotten_and_the_rest_is_kept(sent):
    for begun_at, phone in ((NOON, "13800000000"), (NOON + timedelta(days=7, minutes=-5), "13900000000")):
        with clock.frozen(begun_at):
            SessionStore().begin(a_member(), "Firefox")
            send_code(phone, address=phone)

    with clock.frozen(NOON + timedelta(days=7)):
        forget_expired(0)

    assert Session.objects.get().created_at > NOON
    assert SignInCode.objects.get() == SignInCode.objects.of("13900000000").get()
    assert set(RateCounter.objects.values_list("latest_at", flat=True)) == {NOON + timedelta(days=7, minutes=-5)}
