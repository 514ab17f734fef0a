"""Questions about subscriptions."""

from jingwei.exchange.webhooks.models import Subscription


def subscriptions_exist() -> bool:
    """Whether anybody is told of anything yet."""
    return Subscription.objects.exists()
