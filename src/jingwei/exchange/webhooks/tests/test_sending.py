"""What goes out, in which order, and what happens when nobody takes it."""

import hmac
import json
from base64 import b64decode, b64encode
from datetime import timedelta

import httpx
import pytest

from jingwei.cases.public import dispatch_case, escalate_case
from jingwei.cases.testing import MONDAY, a_case
from jingwei.emergency.public import IncidentChanged
from jingwei.exchange.webhooks.actions import replay_subscription, switch_subscription, want_trial
from jingwei.exchange.webhooks.facts import WebhookChanged
from jingwei.exchange.webhooks.models import Attempt, Subscription
from jingwei.exchange.webhooks.sending import GIVEN_UP_AFTER, LONGEST_WAIT, due, send, wait_after
from jingwei.exchange.webhooks.testing import a_subscription
from jingwei.kernel.public import FactRow, OutgoingRefused, clock, last_seq, publish, uuid7
from jingwei.kernel.testing import settle
from jingwei.people.testing import the_cast
from jingwei.places.public import codes
from jingwei.places.testing import an_area
from jingwei.publication.public import PublicityChanged

pytestmark = pytest.mark.django_db


class Receiver:
    """The other side: answers with `status`, or raises it, and remembers what came."""

    def __init__(self, status=204):
        self.status, self.calls = status, []

    def __call__(self, url, headers, body):
        if isinstance(self.status, Exception):
            raise self.status
        self.calls.append((url, headers, json.loads(body), body))
        return self.status

    @property
    def events(self):
        return [event for _url, _headers, event, _body in self.calls]


@pytest.fixture
def cast():
    cast = the_cast()
    an_area(cast.grid)
    settle()
    return cast


def moved(cast, status="filed", **given):
    case = a_case(status, cast=cast, **given)
    settle()
    return case


def again(subscription):
    subscription.refresh_from_db()
    return subscription


def test_moves_go_out_in_order_as_cloudevents_without_words_or_people(cast):
    hook, other = a_subscription(), Receiver()
    case = moved(cast, words="Li broke it", name="Zhang", phone="13900000001")

    assert due(clock.now()) == [hook.pk]
    assert send(hook.pk, call=other) == 2

    assert [event["data"]["verb"] for event in other.events] == ["report", "file"]
    event = other.events[1]
    fact = FactRow.objects.get(seq=int(event["seq"]))
    assert event == {
        "specversion": "1.0",
        "id": str(fact.pk),
        "type": "jingwei.case.moved",
        "source": event["source"],
        "subject": str(case.pk),
        "time": fact.occurred_at.isoformat(),
        "seq": str(fact.seq),
        "area": codes.write(cast.grid),
        "datacontenttype": "application/json",
        "data": {
            "case_id": str(case.pk), "case_number": case.number, "verb": "file", "status": "filed", "level": "street",
            "department_id": None,
        },
    }  # fmt: skip
    assert other.calls[0][1]["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert "reporter_id" in fact.data
    assert due(clock.now()) == []


def test_every_call_is_signed_as_standard_webhooks_has_it(cast):
    hook, other = a_subscription(), Receiver()
    moved(cast, "reported")
    send(hook.pk, call=other)
    _url, headers, event, body = other.calls[0]
    said = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    key = b64decode(again(hook).secret.removeprefix("whsec_"))
    assert headers["webhook-signature"] == "v1," + b64encode(hmac.digest(key, said, "sha256")).decode()
    assert headers["webhook-id"] == event["id"]
    assert abs(int(headers["webhook-timestamp"]) - clock.now().timestamp()) < 60


def test_what_another_place_or_kind_is_about_is_passed_over(cast):
    elsewhere = a_subscription(codes=[an_area(cast.street + 10**9).pk])
    other_kind, here = a_subscription(kinds=["case.photo_added"]), a_subscription(codes=[cast.street])
    moved(cast)
    receivers = [Receiver() for _ in range(3)]
    assert [send(hook.pk, call=one) for hook, one in zip((elsewhere, other_kind, here), receivers, strict=True)] == [
        0, 0, 2
    ]  # fmt: skip
    assert again(elsewhere).seq == again(other_kind).seq == last_seq()


def test_emergencies_and_publicity_go_out_with_the_number_of_their_case(cast):
    hook, other = a_subscription(kinds=["emergency.changed", "publication.publicity_changed"]), Receiver()
    case = moved(cast)
    about = {"case_id": str(case.pk), "code": case.code}
    publish(IncidentChanged(incident_id=str(uuid7()), what="called", **about), by=cast.dispatcher)
    publish(PublicityChanged(is_hidden=True, **about), by=cast.dispatcher)
    settle()

    assert send(hook.pk, call=other) == 2

    assert {event["data"]["case_number"] for event in other.events} == {case.number}
    assert [set(event["data"]) - {"case_id", "case_number"} for event in other.events] == [
        {"incident_id", "what"}, {"is_hidden"}
    ]  # fmt: skip


def test_a_failure_holds_the_order_and_is_tried_again_after_twice_as_long(cast):
    hook, other = a_subscription(), Receiver(503)
    with clock.frozen(MONDAY):
        moved(cast)
        assert send(hook.pk, call=other) == 0
        assert len(other.calls) == 1
        assert due(clock.now()) == []
    first = again(hook).next_at - MONDAY
    with clock.frozen(MONDAY + timedelta(seconds=6)):
        assert due(clock.now()) == [hook.pk]
        send(hook.pk, call=other)
        assert again(hook).state == "failing"
        assert again(hook).next_at - clock.now() > first * 1.5
    other.status = 200
    with clock.frozen(MONDAY + timedelta(minutes=1)):
        assert send(hook.pk, call=other) == 2
    assert [event["data"]["verb"] for event in other.events] == ["report", "report", "report", "file"]
    assert (again(hook).state, hook.failures) == ("on", 0)
    assert list(Attempt.objects.order_by("pk").values_list("status", flat=True)) == [503, 503, 200, 200]


@pytest.mark.parametrize(
    "fault", [httpx.ConnectTimeout("slow"), OutgoingRefused("inside.example leads into a network that is not public")]
)
def test_what_cannot_be_called_is_a_failure_with_its_reason(cast, fault):
    hook, other = a_subscription(), Receiver(fault)
    moved(cast, "reported")
    assert send(hook.pk, call=other) == 0
    attempt = Attempt.objects.get()
    assert (attempt.status, attempt.fault, attempt.is_received) == (None, str(fault)[:60], False)


def test_after_days_it_is_given_up_and_turned_on_again_it_gets_what_it_missed(cast):
    hook, other = a_subscription(), Receiver(500)
    with clock.frozen(MONDAY):
        moved(cast)
        send(hook.pk, call=other)
    with clock.frozen(MONDAY + GIVEN_UP_AFTER):
        send(hook.pk, call=other)
        assert again(hook).state == "dead"
        assert due(clock.now()) == []
    settle()
    assert FactRow.objects.filter(kind=WebhookChanged.kind, data__what="died").count() == 1
    switch_subscription(hook, is_on=True, by=None)
    other.status = 200
    assert send(hook.pk, call=other) == 2


def test_whoever_says_gone_is_called_no_more(cast):
    hook = a_subscription()
    moved(cast)
    send(hook.pk, call=Receiver(410))
    assert again(hook).state == "dead"


def test_a_replay_sends_once_more_from_a_number_or_a_moment(cast):
    hook, other = a_subscription(), Receiver()
    begun = again(hook).seq
    case = moved(cast)
    send(hook.pk, call=other)
    replay_subscription(hook, after_seq=begun, by=None)
    assert send(hook.pk, call=other) == 2
    replay_subscription(hook, since=FactRow.objects.order_by("seq").last().recorded_at, by=None)
    dispatch_case(case, department=cast.department, by=cast.dispatcher)
    settle()
    send(hook.pk, call=other)
    assert [event["data"].get("verb") for event in other.events][-1] == "dispatch"
    ids = [event["id"] for event in other.events]
    assert ids[:2] == ids[2:4]


def test_whoever_is_turned_off_in_the_middle_gets_no_more(cast):
    hook = a_subscription()
    moved(cast)

    def turned_off(url, headers, body):
        switch_subscription(Subscription.objects.get(pk=hook.pk), is_on=False, by=None)
        return 200

    assert send(hook.pk, call=turned_off) == 0
    assert Attempt.objects.count() == 1


def test_a_trial_says_nothing_and_moves_nothing_on(cast):
    hook, other = a_subscription(), Receiver()
    before = again(hook).seq
    want_trial(hook, by=None)
    assert due(clock.now()) == [hook.pk]
    send(hook.pk, call=other)
    (event,) = other.events
    assert (event["type"], event["data"]) == ("jingwei.webhook.trial", {})
    assert again(hook).trial_wanted_at is None
    assert again(hook).seq in {before, last_seq()}


def test_waits_grow_to_six_hours_and_differ_a_little():
    waits = [wait_after(failures) for failures in range(30)]
    assert timedelta(seconds=4) < waits[0] < timedelta(seconds=6)
    assert all(wait <= LONGEST_WAIT * 1.1 for wait in waits)
    assert waits[-1] >= LONGEST_WAIT * 0.9
    assert len({wait_after(5) for _ in range(5)}) > 1


def test_many_facts_go_in_batches_without_a_gap(cast, monkeypatch):
    monkeypatch.setattr("jingwei.exchange.webhooks.sending.BATCH", 3)
    hook, other = a_subscription(), Receiver()
    case = moved(cast)
    for _ in range(2):
        case = escalate_case(case, words="Up", by=cast.dispatcher) if case.level == "street" else case
    moved(cast, "closed")
    while due(clock.now()):
        send(hook.pk, call=other)
    seqs = [int(event["seq"]) for event in other.events]
    wanted = FactRow.objects.filter(kind="case.moved", seq__gt=0).order_by("seq").values_list("seq", flat=True)
    assert seqs == [seq for seq in wanted if seq > 0]
