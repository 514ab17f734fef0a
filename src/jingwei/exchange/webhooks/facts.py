"""What this module announces. A subscription has no place."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class WebhookChanged(Fact):
    """`what`: created, switched_on, switched_off, replayed, renewed, deleted or died."""

    kind: ClassVar[str] = "webhook.changed"
    subscription_id: int
    what: str
    code: int = 0
