"""Carrying notices out of the house, one after another: claimed, sent, settled, each step a transaction of its own.

Whoever dies between claiming and settling leaves a claim that lapses; then the same delivery, under the same id, is
tried again. So each delivery ends as sent, failed or dropped; a message that was handed over just before the death goes
out a second time only where the other side does not know the id again (docs/operate/notices.md).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from django.db import connection
from django.db.models import F
from django.db.transaction import atomic

from jingwei.calendars.public import quiet_hours
from jingwei.kernel.public import NotTaken, clock
from jingwei.notices.channels import SENDERS
from jingwei.notices.envelope import Dropped, Envelope, envelope
from jingwei.notices.models import ChannelState, Choices, Delivery
from jingwei.notices.texts import Urgency

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=3)
"""Longer than any channel takes: whoever has not settled by then is gone."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60, 180, 360))
"""After each try that failed; after the last there is none."""
MOST_TRIES = len(WAITS) + 1
MOST_A_DAY = 12
"""Messages for one recipient on one channel within 24 hours; emergencies are not counted and not held back."""
CLAIM = """
    UPDATE notice_delivery SET state = 'sending', attempts = attempts + 1, tried_at = %(now)s
    WHERE id = (
        SELECT id FROM notice_delivery
        WHERE state IN ('waiting', 'sending') AND due_at <= %(now)s
            AND (state = 'waiting' OR tried_at <= %(lapsed)s)
        ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id
"""


class Postponed(Exception):  # noqa: N818
    """Not now: the quiet hours have begun meanwhile."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def deliver_due(now: datetime | None = None) -> Iterator[Delivery]:
    """Send what is due, until nothing is; gives each delivery as it was settled. In no transaction."""
    while (delivery := claim(now or clock.now())) is not None:
        yield carry_out(delivery, now or clock.now())


def claim(now: datetime) -> Delivery | None:
    """The next one that is due, which nobody else gets from now on until the lease is over."""
    with atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now, "lapsed": now - LEASE})
        row = cursor.fetchone()
    return Delivery.objects.select_related("notice__member").get(pk=row[0]) if row else None


def carry_out(delivery: Delivery, now: datetime) -> Delivery:
    """Send what was claimed, and settle it."""
    state, problem, due_at = Delivery.State.SENT, "", delivery.due_at
    try:
        SENDERS[delivery.channel](_prepared(delivery, now))
    except Dropped as nothing:
        state, problem = Delivery.State.DROPPED, nothing.problem
    except Postponed as later:
        state, due_at = Delivery.State.WAITING, later.until
    except NotTaken as failure:
        state, problem = Delivery.State.FAILED, failure.problem
        if not failure.is_final and delivery.attempts < MOST_TRIES:
            state, due_at = Delivery.State.WAITING, now + WAITS[delivery.attempts - 1]
    settle(delivery, state, problem, due_at, now)
    return delivery


def _prepared(delivery: Delivery, now: datetime) -> Envelope:
    """What is to be sent. Raises Dropped, Postponed, or NotTaken where there is nowhere to send it."""
    notice = delivery.notice
    if delivery.attempts > MOST_TRIES:
        raise NotTaken("gave_up", is_final=True)
    if notice.read_at is not None:
        raise Dropped("read")
    choices = Choices.objects.filter(pk=notice.member_id).first() if notice.member_id else None
    if notice.urgency != Urgency.EMERGENCY:
        quiet = choices.quiet(quiet_hours()) if choices else quiet_hours()
        if quiet.is_quiet(now):
            raise Postponed(quiet.may_go_out(now))
        if sent_lately(delivery, now) >= MOST_A_DAY:
            raise Dropped("too_many")
    made = envelope(delivery, choices)
    if made is None:
        raise Dropped("no_address")
    return made


def sent_lately(delivery: Delivery, now: datetime) -> int:
    """How many messages the recipient had by the same way within a day."""
    theirs = Delivery.objects.filter(
        notice__recipient=delivery.notice.recipient,
        channel=delivery.channel,
        device=delivery.device,
        state=Delivery.State.SENT,
    )
    return theirs.filter(ended_at__gt=now - timedelta(days=1)).exclude(notice__urgency=Urgency.EMERGENCY).count()


@atomic
def settle(delivery: Delivery, state: str, problem: str, due_at: datetime, now: datetime) -> None:
    """Write down what became of it, unless the lease was over and somebody else has it."""
    has_waited = state == Delivery.State.WAITING and not problem
    mine = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING, attempts=delivery.attempts)
    is_mine = mine.update(
        state=state,
        problem=problem,
        due_at=due_at,
        ended_at=None if state == Delivery.State.WAITING else now,
        attempts=F("attempts") - 1 if has_waited else F("attempts"),
    )
    delivery.refresh_from_db(fields=["state", "problem", "due_at", "ended_at", "attempts"])
    if not is_mine:
        log.warning("delivery_settled_by_another", delivery=str(delivery.pk))
    elif state == Delivery.State.SENT:
        _note(delivery.channel, sent_at=now, failures=0, problem="", sent_count=F("sent_count") + 1)
    elif state == Delivery.State.DROPPED:
        _note(delivery.channel, dropped_count=F("dropped_count") + 1)
    elif problem:
        ended = {"failed_count": F("failed_count") + 1} if state == Delivery.State.FAILED else {}
        _note(delivery.channel, failed_at=now, failures=F("failures") + 1, problem=problem, **ended)
        log.warning("delivery_failed", channel=delivery.channel, problem=problem, attempts=delivery.attempts)


def _note(channel: str, **found: object) -> None:
    """How the channel is doing. What is wrong with one recipient says nothing of it."""
    ChannelState.objects.get_or_create(channel=channel)
    ChannelState.objects.filter(channel=channel).update(**found)
