"""Who says which software is told of what."""

from jingwei.exchange.webhooks.models import Subscription
from jingwei.kernel.public import permit
from jingwei.people.public import has_duty_anywhere

permit("webhooks.manage", has_duty_anywhere("configuration.manage"), Subscription)
