"""Who sets up what an installation decides for itself."""

from jingwei.exchange.configuration.models import ConfigurationSet
from jingwei.kernel.public import permit
from jingwei.people.public import has_duty_anywhere

permit("configuration.manage", has_duty_anywhere("configuration.manage"), ConfigurationSet)
