from datetime import UTC, datetime, timedelta

import pytest

from jingwei.kernel.public import clock
from jingwei.people.jobs import SET_UP_LIVES, forget_expired
from jingwei.people.models import Authenticator
from jingwei.people.testing import a_member

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.mark.django_db
def test_an_authenticator_whose_setting_up_was_never_finished_is_forgotten():
    for begun_at, confirmed_at in ((NOON, None), (NOON, NOON), (NOON + timedelta(hours=1), None)):
        Authenticator.objects.create(member=a_member(), secret="s", created_at=begun_at, confirmed_at=confirmed_at)

    with clock.frozen(NOON + SET_UP_LIVES):
        forget_expired(0)

    assert Authenticator.objects.count() == 2
