"""Rules hold no persons, but for who published them."""

from jingwei.cases.routing.models import Rule, RuleEdition
from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, declare, not_personal

declare(
    RuleEdition,
    "published_by",
    purpose="Who decided where cases go",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    readers=("routing.manage",),
)
not_personal(RuleEdition, "reason", because="why rules were changed")
not_personal(
    Rule,
    "key",
    "name",
    "begins_on",
    "ends_on",
    "categories",
    "areas",
    "channels",
    "urgencies",
    "weekdays",
    "season_from",
    "season_until",
    "words",
    "office",
    "role",
    because="which kinds of cases go to which office",
)
