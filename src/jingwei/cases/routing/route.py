"""The decision: rules are asked in order, and for each question the first that holds and has an answer wins.

What no rule answers stays as the category table has it. A pure function: the same facts, rules and calendars always
come to the same, whoever asks and when.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jingwei.calendars.public import Calendars
from jingwei.cases.routing.matching import Asked, CaseFacts, conditions
from jingwei.cases.routing.models import QUESTIONS, Rule


@dataclass(frozen=True)
class Tried:
    """One rule and how it came off: `wins` are the questions it decided, `late` those that an earlier one had."""

    rule: Rule
    asked: tuple[Asked, ...]
    wins: tuple[str, ...] = ()
    late: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return all(one.is_met for one in self.asked)


@dataclass(frozen=True)
class Decision:
    """What the rules say of a case, and of every rule why, or why not."""

    tried: tuple[Tried, ...]

    def rule(self, question: str) -> Rule | None:
        """The rule that decides a question; None where the category table does."""
        return next((one.rule for one in self.tried if question in one.wins), None)

    def value(self, question: str) -> str:
        rule = self.rule(question)
        return rule.answers[question] if rule else ""

    @property
    def sends_at_once(self) -> bool:
        rule = self.rule("party")
        return rule is not None and rule.sends_at_once

    @property
    def keys(self) -> dict[str, str]:
        """The keys of the winners by question: what a step keeps."""
        return {question: rule.key for question in QUESTIONS if (rule := self.rule(question))}


def route(facts: CaseFacts, rules: Iterable[Rule], known: Calendars) -> Decision:
    """Ask every rule, in order."""
    open_still = set(QUESTIONS)
    tried = []
    for rule in rules:
        asked = conditions(rule, facts, known)
        answers: dict[str, Any] = dict(rule.answers) if all(one.is_met for one in asked) else {}
        wins = tuple(question for question in answers if question in open_still)
        late = tuple(question for question in answers if question not in open_still)
        open_still.difference_update(wins)
        tried.append(Tried(rule, asked, wins, late))
    return Decision(tuple(tried))
