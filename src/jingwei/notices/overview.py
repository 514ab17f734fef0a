"""How notices go out, for whoever looks after it: counts and states, never what was said or to whom. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from jingwei.notices.models import Channel, ChannelState, Delivery
from jingwei.notices.sending import open_channels

WATCHED = timedelta(days=7)
SICK_AFTER = 3
"""Tries in a row that failed, until a channel counts as broken."""
PROBLEMS = {
    "no_gateway": _("No SMS gateway is set up."),
    "no_mail_server": _("No mail server is set up."),
    "no_push_key": _("No key for messages to browsers is set up."),
    "unreachable": _("It does not answer."),
    "refused_address": _("Its address leads into a network that may not be called: see JINGWEI_OUTGOING_HOSTS."),
    "not_accepted": _("It answers, but does not take the message."),
    "gave_up": _("Whoever sent it died too often."),
}


@dataclass(frozen=True)
class Way:
    """A channel in the last week. `problem` is what was wrong last, while it is."""

    key: str
    title: str
    is_open: bool
    is_well: bool
    sent: int
    waiting: int
    failed: int
    dropped: int
    sent_at: datetime | None
    problem: str


def is_well(state: ChannelState) -> bool:
    return state.failures < SICK_AFTER


def ways(now: datetime) -> list[Way]:
    """Every channel. Two queries."""
    states = {row.channel: row for row in ChannelState.objects.all()}
    lately = Delivery.objects.filter(Q(ended_at__gt=now - WATCHED) | Q(state__in=["waiting", "sending"]))
    counted = lately.values_list("channel", "state").annotate(n=Count("pk")).order_by()
    counts = {(channel, state): n for channel, state, n in counted}
    is_open = open_channels()
    return [_way(channel, states.get(channel), counts, is_open=channel in is_open) for channel in Channel]


def _way(channel: Channel, state: ChannelState | None, counts: dict[tuple[str, str], int], *, is_open: bool) -> Way:
    well = state is None or is_well(state)
    return Way(
        key=channel.value,
        title=str(channel.label),
        is_open=is_open,
        is_well=well,
        sent=counts.get((channel, "sent"), 0),
        waiting=counts.get((channel, "waiting"), 0) + counts.get((channel, "sending"), 0),
        failed=counts.get((channel, "failed"), 0),
        dropped=counts.get((channel, "dropped"), 0),
        sent_at=state.sent_at if state else None,
        problem="" if well or state is None else problem_said(state.problem),
    )


def problem_said(code: str) -> str:
    """What a code means, as far as it is not the other side's own."""
    return str(PROBLEMS.get(code, code))


def look_at_channels() -> dict[str, Any]:
    """For /readyz: channels that are set up and do not work, with the code of what is wrong."""
    sick = {row.channel: row.problem for row in sick_channels()}
    return {"ok": not sick, "failing": sick}


def sick_channels() -> Sequence[ChannelState]:
    """Channels that are set up and take nothing. One query on a table of a few rows."""
    is_open = open_channels()
    return [row for row in ChannelState.objects.order_by("channel") if row.channel in is_open and not is_well(row)]
