"""What is said, by whom, by when it is answered, and who is told."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from jingwei.conversations.actions import mark_read, open_conversation, raise_overdue, say, set_terms
from jingwei.conversations.models import Conversation, Message
from jingwei.conversations.testing import a_conversation, a_message
from jingwei.kernel.public import NotPermitted, Refused
from jingwei.kernel.testing import settle
from jingwei.notices.public import Notice
from jingwei.people.public import arrange_absence
from jingwei.people.testing import a_holder, a_resident, check_both_faces
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 on the spot
EVENING = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def conversation(cast):
    return a_conversation(cast.resident, cast.grid, now=MONDAY)


def again(conversation):
    return Conversation.objects.get(pk=conversation.pk)


def told(member):
    return list(Notice.objects.filter(member=member).order_by("pk").values_list("text", flat=True))


def test_a_message_starts_the_clock_and_an_answer_stops_it(cast, conversation):
    a_message(conversation, cast.resident, now=MONDAY)
    assert again(conversation).due_at == MONDAY + 2 * HOUR

    a_message(conversation, cast.resident, "Still out", now=MONDAY + HOUR)
    assert again(conversation).due_at == MONDAY + 2 * HOUR  # who asks twice does not wait longer

    a_message(conversation, cast.grid_worker, "On my way", now=MONDAY + 2 * HOUR)
    there = again(conversation)
    assert (there.waiting_since, there.due_at, there.last_at) == (None, None, MONDAY + 2 * HOUR)
    assert not Message.objects.filter(open_until=None).exists()


def test_what_comes_at_night_is_due_in_the_morning(cast, conversation):
    a_message(conversation, cast.resident, now=EVENING)

    assert again(conversation).due_at == datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def test_the_same_message_twice_is_said_once(cast, conversation):
    key = uuid4()
    first = say(conversation, "Hello", key=key, by=cast.resident)
    assert say(conversation, " Hello ", key=key, by=cast.resident) == first
    with pytest.raises(Refused):
        say(conversation, "Other words", key=key, by=cast.resident)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_nothing_and_too_much_is_refused(cast, conversation, text):
    with pytest.raises(Refused):
        say(conversation, text, key=uuid4(), by=cast.resident)


def test_a_flood_is_held_off_and_answers_are_not(cast, conversation):
    for number in range(20):
        a_message(conversation, cast.resident, f"{number}", now=MONDAY)
    with pytest.raises(Refused):
        a_message(conversation, cast.resident, "one more", now=MONDAY)
    for number in range(21):
        a_message(conversation, cast.grid_worker, f"{number}", now=MONDAY)
    assert a_message(conversation, cast.resident, "later", now=MONDAY + HOUR)


def test_others_may_not_write(cast, conversation):
    for other in (a_resident(), cast.professional, cast.grid_leader, a_holder("grid_worker", cast.grid + 10**6)):
        with pytest.raises(NotPermitted):
            a_message(conversation, other)


def test_both_faces_of_each_permit_agree(cast, conversation):
    a_message(conversation, cast.resident, now=MONDAY)
    a_conversation(a_resident(), cast.grid)
    raise_overdue(MONDAY + 24 * HOUR)
    everyone = [
        cast.resident,
        cast.grid_worker,
        cast.grid_leader,
        cast.community_officer,
        cast.dispatcher,
        a_resident(),
    ]

    for permit in ("conversations.see", "conversations.say", "conversations.answer"):
        assert all(check_both_faces(permit, Conversation, everyone)), permit


def test_an_overdue_answer_goes_to_the_community_once(cast, conversation):
    a_message(conversation, cast.resident, now=MONDAY)
    settle()
    assert raise_overdue(MONDAY + HOUR) == 0
    assert raise_overdue(MONDAY + 5 * HOUR) == 1
    assert raise_overdue(MONDAY + 6 * HOUR) == 0
    settle()

    assert told(cast.grid_worker) == ["conversations.asked"]
    assert told(cast.community_officer) == ["conversations.missed"]
    a_message(conversation, cast.community_officer, "The worker is ill", now=MONDAY + 6 * HOUR)
    assert again(conversation).raised_at is None
    with pytest.raises(NotPermitted):
        a_message(conversation, cast.community_officer)


def test_where_nobody_works_it_is_the_community_s_at_once(cast):
    grid = an_area(cast.grid + 10**3).code
    conversation = a_conversation(cast.resident, grid)
    a_message(conversation, cast.resident)
    assert again(conversation).raised_at is not None


def test_while_a_worker_is_away_the_stand_in_answers(cast, conversation):
    delegate = a_holder("grid_worker", an_area(cast.grid + 10**3).code)
    today = datetime.now(UTC).date()
    days = {"begins_on": today - timedelta(days=2), "ends_on": today + timedelta(days=9)}
    arrange_absence(cast.grid_worker, **days, delegate=delegate, by=None)
    a_message(conversation, cast.resident)
    settle()

    assert (told(delegate), told(cast.grid_worker)) == (["conversations.asked"], [])


def test_each_side_is_told_once_for_all_that_is_unread(cast, conversation):
    a_message(conversation, cast.resident, "one", now=MONDAY)
    a_message(conversation, cast.resident, "two", now=MONDAY)
    settle()
    assert told(cast.grid_worker) == ["conversations.asked"]

    assert mark_read(conversation, by=cast.grid_worker, now=MONDAY + HOUR) == 2
    assert not Notice.objects.filter(member=cast.grid_worker, read_at=None).exists()
    a_message(conversation, cast.grid_worker, "answer", now=MONDAY + HOUR)
    a_message(conversation, cast.resident, "three", now=MONDAY + 2 * HOUR)
    settle()
    assert told(cast.grid_worker) == ["conversations.asked"] * 2
    assert told(cast.resident) == ["conversations.answered"]


def test_a_grid_is_one_that_is_there(cast):
    for code in (cast.community, cast.grid + 5 * 10**3, 0):
        with pytest.raises(Refused):
            open_conversation(code, by=cast.resident)


def test_a_resident_who_moves_has_a_thread_for_each_grid(cast, conversation):
    other = an_area(cast.grid + 10**3).code
    there = a_conversation(cast.resident, other)

    assert there.pk != conversation.pk
    assert a_conversation(cast.resident, cast.grid).pk == conversation.pk


def test_the_administrator_sets_how_long_an_answer_may_take(cast, conversation):
    with pytest.raises(NotPermitted):
        set_terms(1, by=cast.grid_worker)
    with pytest.raises(Refused):
        set_terms(41, by=a_holder("administrator", cast.street // 10**12 * 10**12))
    set_terms(1, by=a_holder("administrator", cast.street // 10**12 * 10**12))
    a_message(conversation, cast.resident, now=MONDAY)
    assert again(conversation).due_at == MONDAY + HOUR
