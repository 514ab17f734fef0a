from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from jingwei.kernel.public import WHOLE, NotPermitted, Refused, clock, entered, publish
from jingwei.kernel.testing import settle
from jingwei.offline import actions
from jingwei.offline.models import Phone
from jingwei.offline.retention import forget_phones
from jingwei.people.public import SessionsEnded, load_member, reach_of
from jingwei.people.testing import a_member, a_resident, let_in, the_cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
KEYS = [UUID(int=number) for number in range(1, 9)]


def opened(member, key=KEYS[0], now=NOW, **more):
    return actions.open_phone(member, key, agent="Chrome/140 Android", by=member, now=now, **more)


def kept(member):
    with entered(WHOLE):
        return {row.pk: row.withdrawn_at is None for row in Phone.objects.filter(member=member)}


@pytest.fixture
def worker():
    return the_cast().grid_worker


def test_a_phone_gets_the_same_key_each_time_and_another_phone_another(worker):
    first, second = opened(worker), opened(worker, now=NOW + timedelta(hours=1))

    assert first.key == second.key
    assert second.seen_at == NOW + timedelta(hours=1)
    assert opened(worker, KEYS[1]).key != first.key


def test_nobody_opens_the_phone_of_another(worker):
    opened(worker)

    with pytest.raises(Refused):
        opened(a_resident())
    with pytest.raises(NotPermitted):
        actions.open_phone(worker, KEYS[0], agent="", by=a_resident())


def test_a_withdrawn_phone_never_gets_its_key_again(worker):
    opened(worker)
    assert actions.withdraw_phone(worker, KEYS[0], by=worker, now=NOW)

    with pytest.raises(Refused):
        opened(worker)
    assert not actions.withdraw_phone(worker, KEYS[0], by=worker, now=NOW)
    with entered(WHOLE):
        assert Phone.objects.get().key == ""


def test_one_phone_too_many_takes_the_place_of_the_most_silent(worker):
    for hour, key in enumerate(KEYS[: actions.MOST + 1]):
        opened(worker, key, now=NOW + timedelta(hours=hour))

    assert [key for key, is_good in kept(worker).items() if not is_good] == [KEYS[0]]


def test_silent_phones_are_forgotten(worker):
    opened(worker)

    assert list(forget_phones(NOW + timedelta(days=89))) == [0]
    assert list(forget_phones(NOW + timedelta(days=90))) == [1]


def test_the_key_is_for_workers_and_for_the_phone_alone(client, worker):
    address = reverse("field:offline-key", args=[KEYS[0]])
    assert client.post(address).status_code == 302
    assert let_in(client, a_resident()).post(address).status_code == 404

    answer = let_in(client, worker).post(address)
    assert answer.json()["lives"] == actions.LIVES.total_seconds()
    assert "no-store" in answer["Cache-Control"]

    client.post(reverse("offline:withdraw", args=[KEYS[0]]))
    assert client.post(address).status_code == 410


def test_own_phones_are_listed_and_can_be_locked_and_signed_out(client, worker):
    other = Client()
    with clock.frozen(NOW):
        opened(worker)
        page = let_in(client, worker).get(reverse("offline:phones"), headers={"accept-language": "en"})
        assert "Chrome · Android" in page.content.decode()
        let_in(other, worker)
        client.post(reverse("offline:withdraw", args=[KEYS[0]]))
        signed_in = [one.get(reverse("field:offline-who")).json()["member"] for one in (client, other)]

    assert kept(worker) == {KEYS[0]: False}
    assert signed_in == [worker.pk, None]


def test_who_is_told_and_nobody_is_nobody(client, worker):
    assert client.get(reverse("field:offline-who")).json()["member"] is None
    assert let_in(client, worker).get(reverse("field:offline-who")).json()["member"] == worker.pk


def test_the_reach_of_another_does_not_show_a_phone(worker):
    opened(worker)

    with entered(reach_of(load_member(a_resident().pk))):
        assert not Phone.objects.exists()
    with entered(reach_of(load_member(worker.pk))):
        assert Phone.objects.exists()


@pytest.mark.parametrize("is_own", [True, False])
def test_sessions_that_the_administration_ends_lock_the_phones_and_one_s_own_do_not(worker, is_own):
    opened(worker)
    publish(SessionsEnded(member_id=worker.pk), by=worker if is_own else a_member())
    settle()

    assert kept(worker) == {KEYS[0]: is_own}
