"""What the pages show: rules with what is wrong with them, answers with their reasons, cases that go elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jingwei.cases.models import Assignment
from jingwei.cases.routing.actions import draft
from jingwei.cases.routing.book import edition_in_force
from jingwei.cases.routing.checking import Finding, check_rules
from jingwei.cases.routing.ground import Ground
from jingwei.cases.routing.matching import CaseFacts
from jingwei.cases.routing.models import QUESTIONS, Rule, RuleEdition
from jingwei.cases.routing.replaying import Replayed, outcome_of
from jingwei.cases.routing.route import Decision
from jingwei.cases.routing.words import TITLES, Teller, reasons
from jingwei.cases.said import headline

MOST_SHOWN = 200
"""Rows of a page."""


@dataclass(frozen=True)
class RuleRow:
    rule: Rule
    conditions: Sequence[str]
    answers: Sequence[str]
    findings: Sequence[Finding]


@dataclass(frozen=True)
class AnswerRow:
    """One question: what is decided, and by which rule."""

    title: str
    value: str
    reason: str


@dataclass(frozen=True)
class Change:
    title: str
    now: str
    then: str


@dataclass(frozen=True)
class ElsewhereRow:
    """A case that the draft decides about otherwise, and where it really went."""

    number: str
    headline: str
    changes: Sequence[Change]
    reason: str
    went: str


def shown_edition() -> RuleEdition | None:
    """The draft, or where there is none what holds."""
    return draft() or edition_in_force()


def shown_rules(rules: Sequence[Rule], today: date) -> list[RuleRow]:
    """Rules in words, each with what is wrong with it today."""
    ground = Ground.read(rules)
    teller = Teller(rules, ground)
    return [
        RuleRow(rule, list(teller.conditions(rule).values()), teller.answers(rule), findings)
        for rule, findings in zip(rules, check_rules(rules, today, ground), strict=True)
    ]


def answers_of(facts: CaseFacts, decision: Decision, teller: Teller) -> list[AnswerRow]:
    """What would become of a case, question by question."""
    result = outcome_of(facts, teller.ground.categories.get(facts.category_code), decision, teller.ground)
    why = reasons(decision)
    return [
        AnswerRow(str(TITLES[question]), teller.value(question, getattr(result, question)), why[question])
        for question in QUESTIONS
    ]


def went_elsewhere(replayed: Replayed, teller: Teller) -> list[ElsewhereRow]:
    """The first of them, with where they really went: one query more."""
    shown = replayed.elsewhere[:MOST_SHOWN]
    went: dict[object, str] = {}
    parts = Assignment.objects.filter(case_id__in=[one.case.pk for one in shown]).order_by("-sent_at")
    for case_id, department_id in parts.values_list("case_id", "department_id"):
        went[case_id] = teller.party(f"department:{department_id}") if department_id else teller.person
    rows = []
    for one in shown:
        why = reasons(one.decision)
        changes = [
            Change(
                str(TITLES[question]),
                teller.value(question, getattr(one.now, question)),
                teller.value(question, getattr(one.then, question)),
            )
            for question in one.questions
        ]
        reason = why[one.questions[0]]
        rows.append(ElsewhereRow(one.case.number, headline(one.case), changes, reason, went.get(one.case.pk, "")))
    return rows
