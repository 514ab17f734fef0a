"""Who sets up where cases go."""

from jingwei.cases.routing.models import RuleEdition
from jingwei.kernel.public import permit
from jingwei.people.public import has_duty_anywhere

MANAGE = "configuration.manage"

permit("routing.manage", has_duty_anywhere(MANAGE), RuleEdition)
