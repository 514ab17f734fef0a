"""What other modules may use of webhooks."""

from jingwei.exchange.webhooks.actions import create_subscription
from jingwei.exchange.webhooks.models import Subscription

__all__ = ["create_subscription", "subscriptions_exist"]


def subscriptions_exist() -> bool:
    """Whether anybody is told of anything yet."""
    return Subscription.objects.exists()
