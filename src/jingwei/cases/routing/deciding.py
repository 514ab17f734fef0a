"""The rules at work: what they say when a case is filed, what its step keeps of that, and whom it goes to at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jingwei.cases import moves
from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Case, Condition, Words
from jingwei.cases.routing.book import rules_in_force
from jingwei.cases.routing.candidates import only_party
from jingwei.cases.routing.matching import CaseFacts
from jingwei.cases.routing.models import Rule
from jingwei.cases.routing.route import Decision, route
from jingwei.kernel.public import Refused


@dataclass(frozen=True)
class Ruling:
    """What an edition says of a case that is being filed. Edition 0: there are no rules."""

    edition: int
    decision: Decision

    @property
    def kept(self) -> dict[str, Any]:
        """What the step keeps, so that a replay takes it from there and does not decide anew."""
        if not self.edition:
            return {}
        return {
            "level": self.decision.value("level"),
            "urgency": self.decision.value("urgency"),
            "routed": {"edition": self.edition, **self.decision.keys},
        }


def rule_on(case: Case, condition: Condition, *, code: int, title: str, doing: Doing) -> Ruling:
    """What the rules in force say. One query, and one for the words of the report where a rule asks for words."""
    number, rules = rules_in_force()
    facts = CaseFacts(
        code=code,
        category_code=condition.category.code,
        condition=condition.number,
        channel=case.channel,
        urgency=Case.Urgency.EMERGENCY if condition.is_emergency else case.urgency,
        at=doing.at,
        words="\n".join([title, *_said(case, rules)]),
    )
    return Ruling(number, route(facts, rules, doing.calendars))


def _said(case: Case, rules: Iterable[Rule]) -> list[str]:
    """What was said so far, where any rule asks."""
    if not any(rule.words and rule.is_on for rule in rules):
        return []
    return list(Words.objects.filter(case_id=case.pk).order_by("pk").values_list("text", flat=True))


def send_at_once(life: Life, doing: Doing, ruling: Ruling) -> None:
    """Dispatch what a rule says shall not wait for a person, as a move that nobody makes, with the rule on record.

    Where its party is not one alone, is away, or may not get it, the case waits for a person.
    """
    rule = ruling.decision.rule("party")
    if rule is None or not rule.sends_at_once:
        return
    party = only_party(rule, life.case, doing.at)
    if party is None:
        return
    nobody = Doing(None, doing.at, doing.recorded_at, doing.calendars)
    routed: Mapping[str, Any] = {"edition": ruling.edition, "party": rule.key}
    try:
        department_id, member_id = party.get("department_id"), party.get("member_id")
        moves.dispatch(life, nobody, department_id=department_id, member_id=member_id, routed=routed)
    except Refused:
        return
