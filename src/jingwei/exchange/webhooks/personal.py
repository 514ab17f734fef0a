"""Subscriptions hold no persons, but for who made them; what goes out names nobody."""

from datetime import timedelta

from jingwei.exchange.webhooks.models import Attempt, Subscription
from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, declare, not_personal

KEPT = timedelta(days=30)

declare(
    Subscription,
    "created_by",
    purpose="Who decided that another system is told",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    readers=("configuration.manage",),
)
not_personal(Subscription, "name", "url", because="what another system is called, and where it listens")
not_personal(Subscription, "kinds", "codes", "seq", because="kinds and numbers of facts, and codes of areas")
not_personal(Subscription, "secret", because="shared with another system, and encrypted")
not_personal(Attempt, "seq", "kind", "fault", because="what was sent, and what a machine answered")
