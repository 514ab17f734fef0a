"""Calls handed on: to whom, what they see, who has the caller when."""

import pytest
from django.urls import reverse

from jingwei.counter import actions
from jingwei.counter.models import Call
from jingwei.counter.testing import a_call
from jingwei.kernel.public import NotPermitted, Refused, clock, opened
from jingwei.notices.public import Notice
from jingwei.people.public import Read, reach_of
from jingwei.people.testing import a_department, a_holder, let_in
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db

NOTE = "Water in the cellar, wants to hear today"


@pytest.fixture
def call(clerk):
    return a_call(clerk, name="Chen", phone="13900001111", words="Water in the cellar")


def test_offices_of_the_place_and_those_who_dispatch_there_take_calls(cast, clerk, call):
    beside = codes.child(codes.ancestor(cast.street, codes.Level.DISTRICT), 2)
    far = a_department(code=beside)
    a_holder("dispatcher", beside)

    takers = actions.takers_of(call, clerk, clock.now())

    assert cast.department in takers.offices
    assert far not in takers.offices
    assert takers.people == [cast.dispatcher]


def test_it_stays_with_its_clerk_until_it_is_taken(cast, clerk, call):
    actions.hand_call(call, member=cast.dispatcher, note=NOTE, by=clerk)

    call.refresh_from_db()
    assert (call.clerk_id, call.is_handed) == (clerk.pk, True)
    assert [(one.text, one.member_id) for one in Notice.objects.all()] == [("counter.handed", cast.dispatcher.pk)]

    with opened(reach_of(cast.dispatcher)):
        actions.take_call(call, by=cast.dispatcher)

    call.refresh_from_db()
    assert (call.clerk_id, call.is_handed, call.words) == (cast.dispatcher.pk, False, "Water in the cellar")
    with pytest.raises(NotPermitted):
        actions.write_call(call, words="x", by=clerk)


def test_the_people_of_an_office_take_it_without_a_counter_of_their_own(cast, clerk, call, client):
    actions.hand_call(call, department=cast.department, note=NOTE, by=clerk)
    handler = let_in(client, cast.department_handler)
    client.cookies["django_language"] = "en"
    address = reverse("counter:call", args=[call.pk])

    seen = handler.get(address).text
    assert NOTE in seen
    assert "13900001111" in seen
    assert Read.objects.filter(kind="counter.caller", reader=cast.department_handler).count() == 1

    handler.post(reverse("counter:take", args=[call.pk]))
    assert 'name="words"' in handler.get(address).text
    said = {"words": "Water in the cellar", "answer": "Somebody comes at ten"}
    assert "Somebody comes at ten" in handler.post(reverse("counter:answer", args=[call.pk]), said, follow=True).text
    assert Call.objects.get(pk=call.pk).clerk_id == cast.department_handler.pk


def test_nobody_else_sees_or_takes_it(cast, clerk, call, client):
    actions.hand_call(call, department=cast.department, note=NOTE, by=clerk)
    other = a_holder("department_handler", a_department(code=cast.street))

    assert let_in(client, other).get(reverse("counter:call", args=[call.pk])).status_code == 404
    with pytest.raises(NotPermitted):
        actions.take_call(call, by=other)


def test_whoever_hands_it_on_may_go_on_with_it(cast, clerk, call):
    call = actions.hand_call(call, member=cast.dispatcher, note=NOTE, by=clerk)

    assert not actions.keep_call(call, by=clerk).is_handed
    with pytest.raises(NotPermitted):
        actions.take_call(call, by=cast.dispatcher)


def test_an_ended_call_is_not_taken(cast, clerk, call):
    call = actions.hand_call(call, member=cast.dispatcher, note=NOTE, by=clerk)
    Call.objects.filter(pk=call.pk).update(state="done", outcome="dropped", ended_at=clock.now())

    with pytest.raises(Refused, match="has ended"):
        actions.take_call(call, by=cast.dispatcher)


def test_a_note_and_somebody_who_takes_calls_are_needed(cast, clerk, call):
    with pytest.raises(Refused, match="to whom"):
        actions.hand_call(call, note=NOTE, by=clerk)
    with pytest.raises(Refused, match="in a sentence"):
        actions.hand_call(call, member=cast.dispatcher, note=" ", by=clerk)
    with pytest.raises(Refused, match="from the list"):
        actions.hand_call(call, member=cast.grid_worker, note=NOTE, by=clerk)


def test_the_page_offers_them_and_the_first_clerk_sees_who_took_it(cast, clerk, call, client):
    client.cookies["django_language"] = "en"
    desk, address = let_in(client, clerk), reverse("counter:call", args=[call.pk])
    hand = reverse("counter:hand", args=[call.pk])

    assert cast.department.name in desk.get(hand).text
    assert desk.post(hand, {"to": f"m{cast.dispatcher.pk}", "note": ""}).status_code == 422
    assert desk.post(hand, {"to": f"m{cast.dispatcher.pk}", "note": NOTE}).headers["Location"] == address
    assert f"{cast.dispatcher.name} has not taken it yet" in desk.get(address).text
    actions.take_call(call, by=cast.dispatcher)
    assert f"{cast.dispatcher.name} has taken it" in desk.get(address).text
