"""A day that has been, under other rules: which of the cases reported on it would have gone elsewhere. Writes nothing.

Titles are read, and what reporters wrote as far as whoever asks may read it anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, QuerySet

from jingwei.calendars.public import calendars
from jingwei.cases.life import first_level
from jingwei.cases.models import Case, Category, Step, Words
from jingwei.cases.routing.book import rules_in_force
from jingwei.cases.routing.ground import Ground
from jingwei.cases.routing.matching import CaseFacts
from jingwei.cases.routing.models import QUESTIONS, Rule
from jingwei.cases.routing.route import Decision, route
from jingwei.cases.workflow import LEVELS, Level
from jingwei.kernel.public import clock

MOST_TRIED = 5000
"""Cases of one day: more than a district's busiest day."""


@dataclass(frozen=True)
class Outcome:
    """What comes of a decision for a case: the level, the party (`department:NUMBER`, `role:KEY`), the urgency."""

    level: str
    party: str
    urgency: str


@dataclass(frozen=True)
class Elsewhere:
    """A case of the day that these rules would have decided about otherwise, and in which questions."""

    case: Case
    now: Outcome
    then: Outcome
    decision: Decision

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(one for one in QUESTIONS if getattr(self.now, one) != getattr(self.then, one))


@dataclass
class Replayed:
    """`is_cut`: the day had more cases than are tried."""

    looked_at: int = 0
    elsewhere: list[Elsewhere] = field(default_factory=list)
    is_cut: bool = False


def replay_day(rules: Sequence[Rule], day: date, ground: Ground | None = None) -> Replayed:
    """The cases reported on the day and filed, by the rules in force and by these. Queries do not grow with them."""
    ground, known = ground or Ground.read(rules), calendars()
    _number, before = rules_in_force()
    steps = _filed_on(day)
    replayed = Replayed(len(steps[:MOST_TRIED]), is_cut=len(steps) > MOST_TRIED)
    for step in steps[:MOST_TRIED]:
        facts = facts_of(step)
        then = route(facts, rules, known)
        now = outcome_of(facts, step.case.category, route(facts, before, known), ground)
        result = outcome_of(facts, step.case.category, then, ground)
        if now != result:
            replayed.elsewhere.append(Elsewhere(step.case, now, result, then))
    return replayed


def facts_of(step: Step) -> CaseFacts:
    """What the rules looked at when a case was filed. It may have gone to another area since."""
    case, condition = step.case, step.case.condition
    said = [one.text for first in case.steps.all() for one in first.words.all()]
    return CaseFacts(
        code=case.code,
        category_code=case.category_code,
        condition=condition.number if condition else "",
        channel=case.channel,
        urgency=Case.Urgency.EMERGENCY if condition and condition.is_emergency else Case.Urgency.NORMAL,
        at=step.occurred_at,
        words="\n".join([case.title, *said]),
    )


def outcome_of(facts: CaseFacts, category: Category | None, decision: Decision, ground: Ground) -> Outcome:
    """What the decision comes to, with what the category table says where no rule does."""
    task = f"office:{category.department_key}" if category and category.department_key else ""
    party = ground.party_at(decision.value("party"), facts.code) or ground.party_at(task, facts.code)
    return Outcome(
        level=level_at(decision.value("level") or (category.level if category else ""), facts.code),
        party=party,
        urgency=facts.urgency if facts.urgency != Case.Urgency.NORMAL else decision.value("urgency") or facts.urgency,
    )


def level_at(level: str, code: int) -> str:
    """The level that answers at a place: never below the one that the place itself is of."""
    here = first_level(code)
    return str(max(Level(level), here, key=LEVELS.index) if level else here)


def _filed_on(day: date) -> list[Step]:
    """The steps by which the cases reported on the day were filed, with their cases and what was said first."""
    start = clock.local(datetime.combine(day, time(12), tzinfo=clock.local(clock.now()).tzinfo)).replace(hour=0)
    found = filings().filter(case__reported_at__gte=start, case__reported_at__lt=start + timedelta(days=1))
    return list(found.order_by("case__reported_at", "pk")[: MOST_TRIED + 1])


def filings() -> QuerySet[Step]:
    """The steps by which cases were filed, each with its case and what was said when that was reported."""
    first = Step.objects.filter(verb="report").prefetch_related(Prefetch("words", Words.objects.order_by("pk")))
    steps = Step.objects.filter(verb="file").select_related("case__category", "case__condition")
    return steps.prefetch_related(Prefetch("case__steps", first))
