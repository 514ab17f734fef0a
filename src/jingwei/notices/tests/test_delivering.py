"""Every delivery ends: sent once, failed or dropped, whatever the other side says and whoever dies in between."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from jingwei.kernel.public import NotTaken, environment
from jingwei.notices import delivering
from jingwei.notices.actions import mark_read
from jingwei.notices.delivering import LEASE, MOST_A_DAY, MOST_TRIES, WAITS, carry_out, claim, deliver_due
from jingwei.notices.models import Channel, ChannelState, Choices, Delivery, Notice, Robot
from jingwei.notices.overview import look_at_channels, sick_channels, ways
from jingwei.notices.sending import To, notify
from jingwei.notices.testing import VALUES, a_gateway, a_text
from jingwei.notices.texts import Topic, Urgency
from jingwei.people.testing import a_department, a_resident

pytestmark = [pytest.mark.django_db, pytest.mark.role("jw_worker")]
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
S = Delivery.State


def tell(member=None, *, key="one", now=NOON, **more):
    notify([To((member or a_resident()).pk)], "test.news", VALUES, key=key, now=now, **more)
    return Delivery.objects.order_by("-pk").first()


def run(now=NOON):
    return [one.state for one in deliver_due(now)]


def test_text_message_says_little_and_links_to_the_page(news, gateway):
    resident = a_resident(phone="13900000001")
    delivery = tell(resident)
    assert run() == [S.SENT]

    [asked] = gateway.asked
    assert asked["phone"] == "13900000001"
    assert asked["text"].endswith(" https://jingwei.example.gov.cn/me/cases/20261121-000001/")
    assert asked["id"] == asked["headers"]["idempotency-key"] == str(delivery.pk)
    assert run() == []


def test_mail_has_both_forms_and_a_way_out_by_one_click(news, mailbox):
    resident = a_resident()
    Choices.objects.create(member=resident, email="li@example.com", confirmed_at=NOON)
    delivery = tell(resident)
    assert run() == [S.SENT]

    [mail] = mailbox.mails
    assert mail["To"] == "li@example.com"
    assert mail["Message-ID"] == f"<{delivery.pk}@example.gov.cn>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/notices/leave/" in mail["List-Unsubscribe"]
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert "https://jingwei.example.gov.cn/me/cases/20261121-000001/" in mail.get_body(("plain",)).get_content()


def test_mail_to_a_mailbox_that_is_not_there_fails_for_good(news, mailbox):
    mailbox.refuses = "550 nobody is called that"
    resident = a_resident()
    Choices.objects.create(member=resident, email="li@example.com", confirmed_at=NOON)
    delivery = tell(resident)
    assert run() == [S.FAILED]
    delivery.refresh_from_db()
    assert delivery.problem == "smtp_550"


def test_mailbox_that_is_full_for_now_is_tried_again(news, mailbox):
    mailbox.refuses = "450 later"
    resident = a_resident()
    Choices.objects.create(member=resident, email="li@example.com", confirmed_at=NOON)
    tell(resident)
    assert run() == [S.WAITING]


def test_robot_says_yes_by_errcode_only(settings_of_site):
    department = a_department()
    with a_gateway({"errcode": 0}) as there, a_text("test.work", Topic.WORK):
        settings_of_site(OUTGOING_HOSTS=there.url.split("/")[2])
        Robot.objects.create(department=department, topics=[Topic.WORK], url=there.url)
        there.answers = [(200, {"errcode": 45009, "errmsg": "too often"})]
        notify([To(department_id=department.pk)], "test.work", VALUES, key="x", now=NOON)
        assert run() == [S.WAITING]
        assert run(NOON + WAITS[0]) == [S.SENT]
    assert "20261121-000001" in there.asked[-1]["text"]["content"]


def test_gateway_that_is_down_is_tried_again_ever_later_and_then_no_more(news, gateway):
    gateway.answers = [(503, {})] * 20
    delivery, now, waits = tell(urgency=Urgency.EMERGENCY), NOON, []  # which no quiet hours hold back
    while True:
        [state] = run(now)
        delivery.refresh_from_db()
        if state == S.FAILED:
            break
        waits.append(delivery.due_at - now)
        now = delivery.due_at
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15),
                     timedelta(hours=1), timedelta(hours=3), timedelta(hours=6)]  # fmt: skip
    assert len(gateway.asked) == MOST_TRIES
    assert gateway.seen == {str(delivery.pk)}
    assert delivery.problem == "http_503"


def test_gateway_that_does_not_want_the_number_is_asked_once(news, gateway):
    gateway.answers = [(422, {})]
    tell()
    assert run() == [S.FAILED]
    assert run(NOON + timedelta(days=1)) == []


def test_gateway_on_a_network_of_ones_own_is_not_called_unless_allowed(news, gateway, settings_of_site):
    tell()
    settings_of_site(OUTGOING_HOSTS="other.example:80")
    assert run() == [S.WAITING]
    assert Delivery.objects.get().problem == "refused_address"
    assert gateway.asked == []


def test_what_was_read_meanwhile_is_not_sent(news, gateway):
    resident = a_resident()
    tell(resident, now=NIGHT)
    mark_read(resident, by=resident, now=NIGHT)
    assert run(NIGHT + timedelta(hours=9)) == [S.DROPPED]
    assert gateway.asked == []


def test_quiet_hours_that_began_meanwhile_hold_it_back_without_counting_a_try(news, gateway):
    delivery = tell(now=NOON)
    assert run(NIGHT) == [S.WAITING]
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.due_at) == (0, NIGHT + timedelta(hours=8))
    assert run(delivery.due_at) == [S.SENT]


def test_nobody_gets_more_than_so_many_a_day_but_emergencies(news, gateway):
    resident = a_resident()
    for number in range(MOST_A_DAY + 2):
        tell(resident, key=str(number))
    assert run().count(S.DROPPED) == 2

    tell(resident, key="alarm", urgency=Urgency.EMERGENCY)
    assert run() == [S.SENT]
    tell(resident, key="next day", now=NOON + timedelta(days=1))
    assert run(NOON + timedelta(days=1)) == [S.SENT]


def test_account_without_a_number_any_more_is_dropped(news, gateway):
    resident = a_resident()
    tell(resident)
    type(resident).objects.filter(pk=resident.pk).update(is_active=False)
    assert run() == [S.DROPPED]


def test_claim_is_nobody_else_s_until_it_lapses(news, gateway):
    tell()
    first = claim(NOON)
    assert claim(NOON + LEASE - timedelta(seconds=1)) is None
    second = claim(NOON + LEASE)
    assert second.pk == first.pk

    carry_out(second, NOON + LEASE)
    carry_out(first, NOON + LEASE)  # the one that was thought dead: it changes nothing any more
    assert Delivery.objects.get().state == S.SENT
    assert gateway.seen == {str(first.pk)}


def test_delivery_that_kills_whoever_sends_it_is_given_up(news, gateway):
    tell()
    now = NOON
    for _death in range(MOST_TRIES):
        assert claim(now) is not None
        now += LEASE
    assert run(now) == [S.FAILED]
    assert gateway.asked == []


def test_channel_is_sick_after_three_failures_and_well_after_one_success(news, gateway):
    gateway.answers = [(503, {})] * 3
    for number in range(4):
        tell(key=str(number))
    run()
    assert ChannelState.objects.get().failures == 0

    gateway.answers = [(503, {})] * 3
    assert run(NOON + WAITS[0]) == [S.WAITING] * 3
    assert [one.channel for one in sick_channels()] == [Channel.SMS]
    assert look_at_channels() == {"ok": False, "failing": {"sms": "http_503"}}
    [sms] = [way for way in ways(NOON) if way.key == Channel.SMS]
    assert (sms.is_well, sms.sent, sms.waiting) == (False, 1, 3)


class Ends(TestCase):
    """Facts told again and again, senders who die, and gateways with moods: each (person, key) ends, once."""

    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(
            st.one_of(
                st.tuples(st.just("tell"), st.integers(0, 2), st.sampled_from("ab")),
                st.tuples(st.just("die"), st.booleans()),
                st.tuples(st.just("run"), st.sampled_from([200, 503, 422])),
            ),
            max_size=12,
        )
    )
    def test_each_message_ends_sent_once_or_failed(self, happenings):
        people = [a_resident() for _ in range(3)]
        told, now = set(), NOON
        with a_text("test.news"), a_gateway() as gateway, a_site(gateway):
            for happening in happenings:
                match happening:
                    case ("tell", who, key):
                        tell(people[who], key=key, now=now)
                        told.add((who, key))
                    case ("die", has_sent):
                        self._die(now, has_sent=has_sent)
                    case ("run", status):
                        gateway.answers = [(status, {})]
                        run(now)
                now += timedelta(minutes=1)
            for _later in range(MOST_TRIES + 1):
                now += timedelta(days=1)
                run(now)
        deliveries = list(Delivery.objects.all())
        assert len(deliveries) == len(told) == Notice.objects.count()
        assert {one.state for one in deliveries} <= {S.SENT, S.FAILED}
        sent = {str(one.pk) for one in deliveries if one.state == S.SENT}
        assert sent <= gateway.seen
        assert len(gateway.seen) <= len(told)

    def _die(self, now, *, has_sent):
        """A sender that claims, perhaps hands over, and never settles."""
        delivery = claim(now)
        if delivery and has_sent:
            with suppress(NotTaken):
                delivering.SENDERS[delivery.channel](delivering._prepared(delivery, now))


class a_site:  # noqa: N801 - reads as a builder
    """A site whose text messages go to this gateway."""

    def __init__(self, gateway):
        self.gateway, self.patch = gateway, pytest.MonkeyPatch()

    def __enter__(self):
        self.patch.setenv("JINGWEI_SMS_GATEWAY", f'{{"url": "{self.gateway.url}"}}')
        self.patch.setenv("JINGWEI_OUTGOING_HOSTS", self.gateway.url.split("/")[2])
        environment.cache_clear()

    def __exit__(self, *_error):
        self.patch.undo()
        environment.cache_clear()
