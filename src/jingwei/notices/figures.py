"""What /metrics says of notices: counts by channel, never what was said or to whom."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min
from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from jingwei.kernel.public import WHOLE, clock, opened
from jingwei.notices.models import Channel, ChannelState, Delivery


def channel_figures() -> Iterator[Metric]:
    """Every channel, also those that are not set up. Two queries: one on a table of a few rows, one on what waits."""
    ended = CounterMetricFamily(
        "jingwei_messages", "Messages by what became of them in the end.", labels=["channel", "outcome"]
    )
    failures = GaugeMetricFamily("jingwei_channel_failures", "Tries in a row that failed.", labels=["channel"])
    waiting = GaugeMetricFamily("jingwei_messages_waiting", "Messages on their way.", labels=["channel"])
    late = GaugeMetricFamily(
        "jingwei_messages_late_seconds", "Age of the oldest message that is due.", labels=["channel"]
    )
    states = {row.channel: row for row in ChannelState.objects.all()}
    counts = _waiting()
    now = clock.now()
    for channel in Channel.values:
        state = states.get(channel) or ChannelState(channel=channel)
        ended.add_metric([channel, "sent"], state.sent_count)
        ended.add_metric([channel, "failed"], state.failed_count)
        ended.add_metric([channel, "dropped"], state.dropped_count)
        failures.add_metric([channel], state.failures)
        number, due_at = counts.get(channel, (0, now))
        waiting.add_metric([channel], number)
        late.add_metric([channel], max((now - due_at).total_seconds(), 0))
    yield from (ended, failures, waiting, late)


def _waiting() -> dict[str, tuple[int, datetime]]:
    """How many wait on each channel, and when the first of them is due."""
    rows = Delivery.objects.filter(state__in=[Delivery.State.WAITING, Delivery.State.SENDING])
    with opened(WHOLE):
        found = list(rows.values_list("channel").annotate(n=Count("pk"), first=Min("due_at")).order_by())
    return {channel: (number, due_at) for channel, number, due_at in found}
