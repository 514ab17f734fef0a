"""Builders of subscriptions, for tests."""

from collections.abc import Iterable

from jingwei.exchange.webhooks.actions import create_subscription
from jingwei.exchange.webhooks.models import Subscription


def a_subscription(
    *, url: str = "https://example.org/hook", kinds: Iterable[str] = ("case.moved",), codes: Iterable[int] = ()
) -> Subscription:
    """One that is told of moves, everywhere, from now on."""
    return create_subscription(name="Other system", url=url, kinds=kinds, codes=codes, by=None)[0]
