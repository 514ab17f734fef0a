"""Builders of rules for tests."""

from itertools import count
from typing import Any

from jingwei.cases.routing.actions import publish_rules
from jingwei.cases.routing.models import Rule, RuleEdition

_serial = count(1)


def a_rule(**fields: Any) -> Rule:
    """A rule in no edition yet. Unless told otherwise it makes everything urgent."""
    number = next(_serial)
    answers = {"level", "urgency", "office", "department", "role"} & fields.keys()
    given = {} if answers else {"urgency": "urgent"}
    return Rule(**{"key": f"t{number}", "position": number, "name": f"Rule {number}", **given, **fields})


def rules_hold(*rules: Rule) -> RuleEdition:
    """Put these rules into force, in this order."""
    return publish_rules(rules, reason="For the test", by=None)
