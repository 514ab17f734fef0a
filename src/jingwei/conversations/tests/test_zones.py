"""Threads when areas change: they go along, and two with one resident become one."""

from datetime import UTC, datetime, timedelta

import pytest

from jingwei.conversations.actions import raise_overdue
from jingwei.conversations.models import Conversation, Message
from jingwei.conversations.testing import a_conversation, a_message
from jingwei.conversations.zones import Conversations
from jingwei.people.testing import a_resident
from jingwei.places.public import Moment, Moved, codes
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def other(cast):
    return an_area(cast.grid + 10**3).code


def move(old, new):
    """As a change of areas does: what lies in `old` lies in `new` from now on."""
    things = Conversations().things([codes.span(old)], MONDAY.date())
    moved = [Moved(thing.key, old, (new,)) for thing in things]
    Conversations().move(moved, Moment(None, MONDAY.date(), None, MONDAY))
    return len(moved)


def test_thread_goes_along_with_all_that_was_said(cast, other):
    thread = a_conversation(cast.resident, cast.grid, now=MONDAY)
    a_message(thread, cast.resident, now=MONDAY)
    neighbour = a_conversation(a_resident(), other, now=MONDAY)

    assert move(cast.grid, other) == 1
    thread.refresh_from_db()
    assert (thread.code, thread.waiting_since) == (other, MONDAY)
    assert set(Message.objects.values_list("code", "conversation_id")) == {(other, thread.pk)}
    assert Conversation.objects.get(pk=neighbour.pk).last_at is None


def test_two_threads_of_one_resident_become_one_that_waits_since_the_first(cast, other):
    old = a_conversation(cast.resident, cast.grid, now=MONDAY)
    there = a_conversation(cast.resident, other, now=MONDAY + HOUR)
    a_message(old, cast.resident, "first", now=MONDAY)
    a_message(there, cast.resident, "second", now=MONDAY + 2 * HOUR)
    raise_overdue(MONDAY + 24 * HOUR)
    before = Conversation.objects.get(pk=old.pk)

    move(cast.grid, other)
    joined = Conversation.objects.get()
    assert joined.pk == there.pk
    assert list(joined.messages.order_by("written_at").values_list("text", flat=True)) == ["first", "second"]
    assert (joined.waiting_since, joined.due_at, joined.raised_at) == (MONDAY, before.due_at, before.raised_at)
    assert (joined.last_at, joined.chosen_at) == (MONDAY + 2 * HOUR, MONDAY + HOUR)


def test_thread_that_was_answered_takes_no_wait_from_the_one_it_joins(cast, other):
    old = a_conversation(cast.resident, cast.grid, now=MONDAY)
    there = a_conversation(cast.resident, other, now=MONDAY)
    a_message(old, cast.resident, now=MONDAY)
    a_message(old, cast.grid_worker, "I am coming", now=MONDAY + HOUR)
    a_message(there, cast.resident, now=MONDAY + 2 * HOUR)

    move(cast.grid, other)
    joined = Conversation.objects.get()
    assert (joined.waiting_since, joined.messages.count()) == (MONDAY + 2 * HOUR, 3)


def test_whoever_plans_areas_sees_neither_who_writes_nor_what(cast):
    thread = a_conversation(cast.resident, cast.grid, now=MONDAY)
    a_message(thread, cast.resident, "My neighbour drinks", now=MONDAY)
    [line] = Conversations().lines([thread.pk], 10)

    assert cast.resident.name not in str(line)
    assert "drinks" not in str(line)
