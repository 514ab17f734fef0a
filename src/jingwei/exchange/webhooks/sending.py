"""Sending: each subscription in the order of its facts, one process at a time, once at least.

The number is moved on after the other side has answered: whoever is killed in between sends the same event again.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from time import monotonic
from uuid import UUID

import httpx
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.transaction import atomic

from jingwei.cases.public import Case
from jingwei.exchange.webhooks.events import CONTENT_TYPE, TRIAL, event, trial
from jingwei.exchange.webhooks.facts import WebhookChanged
from jingwei.exchange.webhooks.models import Attempt, Subscription
from jingwei.exchange.webhooks.signing import signed
from jingwei.kernel.public import FactRow, clock, environment, last_seq, open_client, publish, uuid7
from jingwei.places.public import spans_of

BATCH = 100
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=5)
GONE = 410
LOCKS = 0x6A77_6877
"""Class of the locks that let one process send for a subscription; the same in every process."""
LONGEST_FAULT = 60

Call = Callable[[str, dict[str, str], bytes], int]
"""Sends a body with headers to an address; gives the status of the answer."""


def due(now: datetime) -> list[int]:
    """The subscriptions that have something to send, or to pass over."""
    waiting = Q(is_on=True, seq__lt=last_seq()) & (Q(next_at=None) | Q(next_at__lte=now))
    rows = Subscription.objects.filter(waiting | Q(trial_wanted_at__isnull=False))
    return list(rows.values_list("pk", flat=True))


def send(subscription_id: int, *, call: Call | None = None) -> int:
    """Send what waits for one subscription, until nothing does or a call fails; how many were received."""
    with _held(subscription_id) as is_ours:
        subscription = Subscription.objects.filter(pk=subscription_id).first() if is_ours else None
        if subscription is None:
            return 0
        with open_client() as client:
            return _send_all(subscription, call or _through(client))


def _through(client: httpx.Client) -> Call:
    def call(url: str, headers: dict[str, str], body: bytes) -> int:
        with client.stream("POST", url, headers=headers, content=body, follow_redirects=False) as answer:
            return answer.status_code

    return call


def _send_all(subscription: Subscription, call: Call) -> int:
    if subscription.trial_wanted_at is not None:
        _try_out(subscription, call)
    now = clock.now()
    if not subscription.is_on or (subscription.next_at is not None and subscription.next_at > now):
        return 0
    newest = last_seq()
    facts = _waiting(subscription)
    numbers = _case_numbers(facts)
    for sent, fact in enumerate(facts):
        body = event(fact, source(), numbers.get(str(fact.data.get("case_id"))))
        attempt = _call(subscription, call, str(fact.pk), body, seq=fact.seq, kind=fact.kind)
        if not (attempt.is_received and _move_on(subscription, fact.seq or 0, attempt.at)):
            if not attempt.is_received:
                _fall_back(subscription, attempt)
            return sent
    if len(facts) < BATCH:
        _own(subscription).filter(seq__lt=newest).update(seq=newest)
    return len(facts)


def _waiting(subscription: Subscription) -> list[FactRow]:
    rows = FactRow.objects.filter(seq__gt=subscription.seq, kind__in=subscription.kinds)
    if subscription.codes:
        spans = [span for code in subscription.codes for span in spans_of(code)]
        rows = rows.filter(reduce(or_, (Q(code__range=span) for span in spans)))
    return list(rows.order_by("seq")[:BATCH])


def _case_numbers(facts: Sequence[FactRow]) -> dict[str, str]:
    """The numbers by which the API knows the cases that facts speak of."""
    keys = {UUID(fact.data["case_id"]) for fact in facts if fact.data.get("case_id")}
    return {str(pk): number for pk, number in Case.objects.filter(pk__in=keys).values_list("pk", "number")}


def source() -> str:
    """Who sends, as CloudEvents names it: this site."""
    env = environment()
    return f"{'https' if env.https else 'http'}://{env.allowed_hosts[0]}/"


def _call(
    subscription: Subscription, call: Call, message_id: str, body: bytes, *, seq: int | None, kind: str
) -> Attempt:
    """Make one call, and keep what came of it."""
    at, begun = clock.now(), monotonic()
    headers = {"content-type": CONTENT_TYPE, **signed(subscription.secret, message_id, at, body)}
    status, fault = None, ""
    try:
        status = call(subscription.url, headers, body)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        fault = (str(error) or type(error).__name__)[:LONGEST_FAULT]
    ms = int((monotonic() - begun) * 1000)
    return Attempt.objects.create(
        subscription=subscription, seq=seq, kind=kind, at=at, status=status, fault=fault, ms=ms
    )


def _try_out(subscription: Subscription, call: Call) -> None:
    wanted = subscription.trial_wanted_at
    Subscription.objects.filter(pk=subscription.pk, trial_wanted_at=wanted).update(trial_wanted_at=None)
    trial_id = str(uuid7())
    body = trial(trial_id, source(), clock.now().isoformat())
    _call(subscription, call, trial_id, body, seq=None, kind=TRIAL)


def _own(subscription: Subscription) -> QuerySet[Subscription]:
    """The row, if nobody has turned it off or set it to another place since it was read."""
    return Subscription.objects.filter(pk=subscription.pk, is_on=True, seq=subscription.seq)


def _move_on(subscription: Subscription, seq: int, at: datetime) -> bool:
    well = {"failures": 0, "failing_since": None, "next_at": None, "last_success_at": at}
    is_moved = _own(subscription).update(seq=seq, **well) == 1
    subscription.seq = seq
    return is_moved


@atomic
def _fall_back(subscription: Subscription, attempt: Attempt) -> None:
    """Try again later, each time after twice as long; in the end, or where the other side says so, no more."""
    since = subscription.failing_since or attempt.at
    is_dead = attempt.status == GONE or attempt.at - since >= GIVEN_UP_AFTER
    changes = {"failing_since": since, "failures": F("failures") + 1}
    if is_dead:
        changes |= {"is_on": False, "died_at": attempt.at, "next_at": None}
    else:
        changes |= {"next_at": attempt.at + wait_after(subscription.failures)}
    if _own(subscription).update(**changes) and is_dead:
        publish(WebhookChanged(subscription_id=subscription.pk, what="died"), by=None, at=attempt.at)


def wait_after(failures: int) -> timedelta:
    """How long after so many failures and one more, give or take a tenth, so that many do not come at once."""
    wait: timedelta = min(FIRST_WAIT * 2 ** min(failures, 20), LONGEST_WAIT)
    return wait * random.uniform(0.9, 1.1)  # noqa: S311 - nothing secret


@contextmanager
def _held(subscription_id: int) -> Iterator[bool]:
    """Whether it is this process's to send for the subscription; the database lets go when the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, subscription_id])
        (is_ours,) = cursor.fetchone()
    try:
        yield bool(is_ours)
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, subscription_id])
