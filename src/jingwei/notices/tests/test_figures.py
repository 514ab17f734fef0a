"""What /metrics says of channels."""

from datetime import timedelta

import pytest

from jingwei.kernel.public import WHOLE, clock, entered
from jingwei.notices.delivering import WAITS, deliver_due
from jingwei.notices.figures import channel_figures
from jingwei.notices.models import Delivery
from jingwei.notices.sending import To, notify
from jingwei.notices.testing import VALUES
from jingwei.people.testing import a_resident

pytestmark = pytest.mark.django_db


def figures():
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in channel_figures()
        for sample in family.samples
    }


def tell(key, now):
    notify([To(a_resident().pk)], "test.news", VALUES, key=key, now=now, urgency="emergency")


def test_figures_count_what_was_sent_failed_and_waits(news, gateway):
    now = clock.now()
    gateway.answers = [(200, {}), (422, {}), (503, {})]
    for key in ("sent", "failed", "later"):
        tell(key, now)
    with entered(WHOLE):
        assert sorted(one.state for one in deliver_due(now)) == ["failed", "sent", "waiting"]
    told = figures()
    assert told["jingwei_messages_total", "sms", "sent"] == 1
    assert told["jingwei_messages_total", "sms", "failed"] == 1
    assert told["jingwei_messages_waiting", "sms"] == 1
    assert told["jingwei_channel_failures", "sms"] == 2
    assert told["jingwei_messages_total", "push", "sent"] == 0
    assert told["jingwei_messages_late_seconds", "sms"] == 0

    with entered(WHOLE):
        list(deliver_due(now + WAITS[0]))
    told = figures()
    assert (told["jingwei_messages_total", "sms", "sent"], told["jingwei_messages_waiting", "sms"]) == (2, 0)
    assert told["jingwei_channel_failures", "sms"] == 0


def test_message_that_nobody_sends_is_late(news, gateway):
    tell("old", clock.now())
    with entered(WHOLE):
        Delivery.objects.update(due_at=clock.now() - timedelta(hours=1))
    assert 3600 <= figures()["jingwei_messages_late_seconds", "sms"] < 3700
