"""The resident's page, the field's and the community's; who is shown which messages."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jingwei.conversations.actions import raise_overdue
from jingwei.conversations.models import Conversation, Message
from jingwei.conversations.testing import a_conversation, a_message
from jingwei.kernel.public import clock
from jingwei.people.public import Read, end_posting, load_member
from jingwei.people.testing import a_holder, a_posting, a_resident, let_in
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def page(member, name, *args, **query):
    client = let_in(Client(), member)
    client.cookies["django_language"] = "en"
    return client.get(reverse(f"conversations:{name}", args=args), query)


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def send(member, conversation, words, key=None):
    client = let_in(Client(), member)
    return client.post(reverse("conversations:send", args=[conversation.pk]), {"text": words, "key": key or uuid4()})


def test_a_resident_chooses_their_grid_and_writes(cast):
    assert page(cast.resident, "mine").url == reverse("conversations:choose")
    assert "Seventh" in text(page(cast.resident, "choose"))
    assert "Seventh" in text(page(cast.resident, "choose", q="Seven"))

    client = let_in(Client(), cast.resident)
    choice = {"grid": f"a{cast.grid}"}
    assert client.post(reverse("conversations:choose"), choice).url == reverse("conversations:mine")
    conversation = Conversation.objects.get()
    assert send(cast.resident, conversation, "The lamp is out").url == reverse("conversations:mine")
    shown = text(page(cast.resident, "mine"))
    assert "The lamp is out" in shown
    assert cast.grid_worker.name in shown


def test_a_place_without_a_grid_cannot_be_chosen(cast):
    client = let_in(Client(), cast.resident)

    assert client.post(reverse("conversations:choose"), {"grid": f"a{cast.community}"}).status_code == 422
    assert not Conversation.objects.exists()


def test_the_worker_reads_and_answers_and_the_resident_sees_it(cast, conversation):
    a_message(conversation, cast.resident, "The lamp is out")
    assert "Answer" in text(page(cast.grid_worker, "threads"))
    assert "The lamp is out" in text(page(cast.grid_worker, "thread", conversation.pk))
    assert "Read" in text(page(cast.resident, "mine"))

    assert send(cast.grid_worker, conversation, "On my way").url == reverse(
        "conversations:thread", args=[conversation.pk]
    )
    shown = text(page(cast.resident, "mine"))
    assert "On my way" in shown
    assert cast.grid_worker.name in shown
    assert Read.objects.filter(reader=cast.grid_worker, subject=cast.resident, kind="conversations.messages").exists()
    assert not Read.objects.filter(reader=cast.resident).exists()


def test_what_is_refused_keeps_what_was_typed(cast, conversation):
    answer = send(cast.resident, conversation, "x" * 2001)

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "x" * 2001 in shown
    assert f'hx-get="{reverse("conversations:mine")}"' in shown  # where news are, however the page came


def test_neighbours_and_other_workers_find_nothing(cast, conversation):
    a_message(conversation, cast.resident, "secret")
    for other in (a_resident(), a_holder("grid_worker", an_area(cast.grid + 10**3).code), cast.grid_leader):
        assert page(other, "thread", conversation.pk).status_code == 404
        assert send(other, conversation, "hello").status_code == 404


def test_the_community_sees_what_is_overdue_and_nothing_else(cast, conversation):
    before = clock.now() - 9 * DAY
    a_message(conversation, cast.resident, "old matter", now=before)
    a_message(conversation, cast.grid_worker, "old answer", now=before + timedelta(minutes=1))
    a_message(conversation, cast.resident, "new matter", now=before + DAY)
    assert page(cast.community_officer, "raised", conversation.pk).status_code == 404
    raise_overdue()

    assert "Answer overdue" in text(page(cast.community_officer, "unanswered"))
    shown = text(page(cast.community_officer, "raised", conversation.pk))
    assert "new matter" in shown
    assert "old" not in shown.split('id="thread"')[1]
    assert send(cast.community_officer, conversation, "We see to it").status_code == 302
    assert "We see to it" in text(page(cast.resident, "mine"))
    assert page(cast.community_officer, "raised", conversation.pk).status_code == 404


def test_a_new_worker_sees_what_was_open_and_what_came_since(cast):
    """The posting of the cast's worker ended three days ago, that of another began then."""
    grid = an_area(cast.grid + 10**3).code
    today = clock.local(clock.now()).date()
    old = a_posting("grid_worker", grid)
    new = a_posting("grid_worker", grid, begins_on=today - 3 * DAY)
    conversation = a_conversation(cast.resident, grid)
    long_ago = clock.now() - 10 * DAY
    for number, (author, words) in enumerate(
        [(cast.resident, "settled"), (load_member(old.member_id), "done"), (cast.resident, "still open")]
    ):
        a_message(conversation, author, words, now=long_ago + number * timedelta(minutes=1))
    end_posting(old, ends_on=today - 3 * DAY, by=None)

    shown = text(page(load_member(new.member_id), "thread", conversation.pk)).split('id="thread"')[1]
    assert "still open" in shown
    assert "settled" not in shown
    assert "done" not in shown
    assert page(load_member(old.member_id), "thread", conversation.pk).status_code == 404
    assert "settled" in text(page(cast.resident, "mine"))


def test_earlier_messages_come_page_by_page(cast, conversation):
    begin = clock.now() - DAY
    Message.objects.bulk_create(
        Message(
            id=uuid4(),
            conversation=conversation,
            member=cast.resident,
            author=cast.resident,
            code=cast.grid,
            side="resident",
            text=f"number {number}.",
            written_at=begin + timedelta(minutes=number),
        )
        for number in range(60)
    )
    newest = page(cast.resident, "mine")
    assert ("number 59." in text(newest), "number 9." in text(newest)) == (True, False)
    earlier = text(page(cast.resident, "mine", before=newest.context["earlier"]))
    assert ("number 9." in earlier, "number 10." in earlier) == (True, False)


def test_a_thread_costs_the_same_however_long_it_is(cast, conversation, django_assert_max_num_queries):
    for number in range(12):
        a_message(conversation, cast.resident, f"{number}")
    client = let_in(Client(), cast.resident)
    client.get(reverse("conversations:mine"))
    with django_assert_max_num_queries(22):
        client.get(reverse("conversations:mine"))


def test_after_hours_it_says_who_is_on_duty(cast, conversation):
    officer = a_holder("duty_officer", cast.street)
    with clock.frozen(datetime(2026, 11, 23, 14, 0, tzinfo=UTC)):
        shown = text(page(cast.resident, "mine"))

    assert "Off duty" in shown
    assert officer.name in shown
    with clock.frozen(datetime(2026, 11, 23, 2, 0, tzinfo=UTC)):
        assert officer.name not in text(page(cast.resident, "mine"))


def test_microphone_is_for_threads_alone(cast, conversation):
    assert "microphone=(self)" in page(cast.resident, "mine")["Permissions-Policy"]
    assert "microphone=(self)" in page(cast.grid_worker, "thread", conversation.pk)["Permissions-Policy"]
    assert "microphone=()" in page(cast.grid_worker, "threads")["Permissions-Policy"]
