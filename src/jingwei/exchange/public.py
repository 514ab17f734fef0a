"""What modules above may use of exchange."""

from jingwei.exchange.webhooks.actions import create_subscription
from jingwei.exchange.webhooks.queries import subscriptions_exist

__all__ = ["create_subscription", "subscriptions_exist"]
