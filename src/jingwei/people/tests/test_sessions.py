from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError

from jingwei.kernel.public import clock
from jingwei.people.actions import close_member
from jingwei.people.models import Member, Session
from jingwei.people.sessions import ACTIVITY_STEP, PROOF_LIVES, STAFF_LIFE, SessionStore, digest
from jingwei.people.testing import STREET, a_holder, a_member, a_resident

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def begun(member: Member, user_agent: str = "Firefox") -> str:
    store = SessionStore()
    store.begin(member, user_agent)
    return store.session_key


def test_a_session_brings_member_and_posts_in_one_query(django_assert_num_queries):
    leader = a_holder("leader", STREET)
    key = begun(leader)

    with django_assert_num_queries(1):
        found = SessionStore(key).member
        assert (found, found.posts) == (leader, leader.posts)


def test_without_a_cookie_there_is_nobody_and_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert SessionStore(None).member is None


def test_an_unknown_key_is_nobody_and_is_given_up():
    store = SessionStore("0" * 32)

    assert store.member is None
    assert store.session_key is None


def test_the_key_itself_is_not_in_the_table():
    key = begun(a_member())

    assert Session.objects.get().pk == digest(key) != key


def test_activity_is_noted_only_every_ten_minutes():
    with clock.frozen(NOON):
        key = begun(a_member())
    with clock.frozen(NOON + ACTIVITY_STEP - timedelta(seconds=1)):
        early = SessionStore(key)
        assert early.member is not None
        assert not early.modified
    with clock.frozen(NOON + ACTIVITY_STEP):
        late = SessionStore(key)
        assert late.member is not None
        assert late.modified
        late.save()
    row = Session.objects.get()
    assert (row.created_at, row.active_at, row.expires_at) == (
        NOON,
        NOON + ACTIVITY_STEP,
        NOON + ACTIVITY_STEP + STAFF_LIFE.rest,
    )


def test_a_closed_account_s_session_opens_nothing():
    member = a_member()
    key = begun(member)
    Member.objects.update(is_active=False)

    assert SessionStore(key).member is None


def test_a_demo_account_s_session_opens_nothing_outside_a_demo(surroundings):
    member = a_member()
    key = begun(member)
    Member.objects.update(is_demo=True)

    assert SessionStore(key).member is None
    surroundings(DEMO="1")
    assert SessionStore(key).member == member


def test_beginning_anew_changes_the_key_and_drops_what_was_kept():
    visitor = SessionStore()
    visitor["sign-in.phone"] = "13900000000"
    visitor.create()
    before = visitor.session_key
    visitor.begin(a_member(), "Firefox")

    assert visitor.session_key != before
    assert "sign-in.phone" not in visitor
    assert Session.objects.count() == 1


def test_what_is_kept_survives_a_new_key():
    visitor = SessionStore()
    visitor["step"] = 2
    visitor.create()
    visitor.cycle_key()
    visitor.save()

    assert SessionStore(visitor.session_key)["step"] == 2
    assert Session.objects.count() == 1


def test_a_session_that_was_ended_elsewhere_cannot_be_saved():
    store = SessionStore()
    store.begin(a_member(), "Firefox")
    SessionStore(store.session_key).delete()

    with pytest.raises(UpdateError):
        store.save()


def test_saving_without_a_key_makes_one():
    store = SessionStore()
    store["step"] = 1
    store.save()

    assert store.exists(store.session_key)
    assert not store.exists("0" * 32)


def test_a_long_user_agent_is_cut():
    begun(a_member(), "x" * 500)

    assert Session.objects.get().user_agent == "x" * 250


def test_flushing_forgets_the_member_and_the_row():
    store = SessionStore()
    store.begin(a_member(), "Firefox")
    store.flush()

    assert store.member is None
    assert not Session.objects.exists()


def test_deleting_nothing_is_no_error():
    SessionStore().delete()


def test_expired_sessions_are_cleared_and_others_kept():
    with clock.frozen(NOON):
        begun(a_member())
    with clock.frozen(NOON + timedelta(hours=1)):
        kept = begun(a_member())
    with clock.frozen(NOON + STAFF_LIFE.rest):
        SessionStore.clear_expired()

    assert Session.objects.get().pk == digest(kept)


def test_closing_an_account_ends_its_sessions():
    member = a_member()
    begun(member)
    close_member(member, by=None)

    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("builder", "rest", "whole"),
    [(a_member, timedelta(hours=12), timedelta(days=7)), (a_resident, timedelta(days=30), timedelta(days=180))],
)
def test_a_session_rests_and_lives_as_long_as_its_kind_of_member_may(builder, rest, whole):
    with clock.frozen(NOON):
        key = begun(builder())
    last = NOON
    while last + rest < NOON + whole:
        last += rest - timedelta(minutes=1)
        with clock.frozen(last):
            store = SessionStore(key)
            assert store.member is not None
            store.save()

    with clock.frozen(NOON + whole - timedelta(seconds=1)):
        assert SessionStore(key).member is not None
    with clock.frozen(NOON + whole):
        assert SessionStore(key).member is None


def test_a_session_knows_how_and_when_its_member_showed_who_they_are():
    store = SessionStore()
    with clock.frozen(NOON):
        store.begin(a_member(), "Firefox", ["password", "totp"])
    again = SessionStore(store.session_key)

    with clock.frozen(NOON + PROOF_LIVES - timedelta(seconds=1)):
        assert again.ways == ("password", "totp")
        assert again.is_proved()
    with clock.frozen(NOON + PROOF_LIVES):
        assert not again.is_proved()
        again.prove()
        again.save()
        assert SessionStore(store.session_key).is_proved()


def test_nobody_has_shown_anything_before_signing_in():
    visitor = SessionStore()
    visitor["step"] = 1
    visitor.create()

    assert not SessionStore(visitor.session_key).is_proved()
    assert SessionStore(visitor.session_key).ways == ()
