"""What the dispatch screen proposes: the lead that the rules decided on, and the sentence that says by which rule."""

from dataclasses import dataclass
from datetime import datetime

from jingwei.calendars.public import calendars
from jingwei.cases.models import Case, Step
from jingwei.cases.routing.book import find_rule, rules_in_force
from jingwei.cases.routing.candidates import department_of, holders_of
from jingwei.cases.routing.models import Rule
from jingwei.cases.routing.replaying import facts_of, filings
from jingwei.cases.routing.route import route
from jingwei.cases.routing.words import by_rule


@dataclass(frozen=True)
class Proposal:
    """Keys of parties, such as d7 or m12, and who says so. No keys: the category table stands."""

    keys: tuple[str, ...] = ()
    said: str = ""


def proposal_for(case: Case, now: datetime) -> Proposal:
    """By the rule that the step of its filing names; a case filed before there were rules is looked at by those now."""
    step = Step.objects.filter(case_id=case.pk, verb="file").order_by("-pk").first()
    rule = _rule_of(step) if step is not None else None
    if rule is None:
        return Proposal()
    office = department_of(rule, case.code)
    keys = (f"d{office.pk}",) if office else tuple(f"m{key}" for key in holders_of(rule, case, now))
    return Proposal(keys, by_rule(rule)) if keys else Proposal()


def _rule_of(step: Step) -> Rule | None:
    """The rule that decided about the party, as the step says. Cases from before the rules are routed now."""
    routed = step.detail.get("routed")
    if routed is not None:
        return find_rule(routed["edition"], routed["party"]) if "party" in routed else None
    _number, rules = rules_in_force()
    return route(facts_of(filings().get(pk=step.pk)), rules, calendars()).rule("party") if rules else None
