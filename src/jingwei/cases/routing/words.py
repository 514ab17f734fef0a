"""Rules and decisions in words: what a rule asks for, what it decides, and why it did or did not. Words only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.cases.models import Case
from jingwei.cases.persons import office_name
from jingwei.cases.routing.ground import Ground, role_title
from jingwei.cases.routing.matching import Kind
from jingwei.cases.routing.models import Rule
from jingwei.cases.routing.route import Decision, Tried
from jingwei.cases.said import channel
from jingwei.cases.workflow import Level
from jingwei.places.public import codes, names_of
from jingwei.ui.public import WEEKDAYS

TITLES: Mapping[str, Promise] = MappingProxyType(
    {
        "level": gettext_lazy("Level"),
        "party": gettext_lazy("Lead"),
        "urgency": gettext_lazy("Urgency"),
    }
)
"""What the questions are called that rules answer."""
MISSES: Mapping[Kind, Promise] = MappingProxyType(
    {
        Kind.SWITCH: gettext_lazy("The rule is switched off."),
        Kind.DATES: gettext_lazy("The rule does not hold on that day."),
        Kind.CATEGORIES: gettext_lazy("The category is another one."),
        Kind.AREAS: gettext_lazy("The place lies elsewhere."),
        Kind.HOURS: gettext_lazy("The office hours do not fit."),
        Kind.WEEKDAYS: gettext_lazy("It is another weekday."),
        Kind.SEASON: gettext_lazy("It is another season."),
        Kind.CHANNELS: gettext_lazy("It was reported through another door."),
        Kind.URGENCIES: gettext_lazy("The urgency is another."),
        Kind.WORDS: gettext_lazy("None of the words was said."),
    }
)
"""Why a rule does not hold, by the condition that is not met."""
OFF = pgettext_lazy("rule", "switched off")


@dataclass(frozen=True)
class Said:
    """One condition or answer of a rule, in words; `is_met` where it was asked of a case."""

    text: str
    is_met: bool | None = None


class Teller:
    """Says rules in words. Names of areas and departments are read once, for all of them."""

    def __init__(self, rules: Iterable[Rule], ground: Ground) -> None:
        self.ground = ground
        self.names = names_of({code for rule in rules for code in rule.areas})

    def conditions(self, rule: Rule) -> dict[Kind, str]:
        """What it asks for, condition by condition."""
        separator = _(", ")
        said = {
            Kind.SWITCH: "" if rule.is_on else str(OFF),
            Kind.DATES: _dates(rule),
            Kind.CATEGORIES: separator.join(map(self._category, rule.categories)),
            Kind.AREAS: separator.join(self.names.get(code) or codes.write(code) for code in rule.areas),
            Kind.HOURS: self._hours(rule),
            Kind.WEEKDAYS: separator.join(str(WEEKDAYS[day - 1]) for day in rule.weekdays),
            Kind.SEASON: _season(rule),
            Kind.CHANNELS: separator.join(map(channel, rule.channels)),
            Kind.URGENCIES: separator.join(str(Case.Urgency(one).label) for one in rule.urgencies),
            Kind.WORDS: _("said: %(words)s") % {"words": _(" or ").join(rule.words)} if rule.words else "",
        }
        return {kind: text for kind, text in said.items() if text}

    def answers(self, rule: Rule) -> list[str]:
        """What it decides."""
        said = [f"{TITLES[question]}{_(': ')}{self.value(question, value)}" for question, value in rule.answers.items()]
        return [*said, _("sent at once")] if rule.sends_at_once else said

    def value(self, question: str, value: str) -> str:
        """A level, party or urgency by its name."""
        if not value:
            return _("nobody proposed")
        if question == "party":
            return self.party(value)
        return str(Level(value).label if question == "level" else Case.Urgency(value).label)

    def party(self, party: str) -> str:
        kind, _separator, key = party.partition(":")
        if kind == "department":
            office = self.ground.departments[int(key)]
            return office_name(office)
        if kind == "office":
            return _("%(office)s of the place") % {"office": self.ground.kinds.get(key, key)}
        return _("%(role)s of the place") % {"role": role_title(key)}

    def tried(self, one: Tried) -> "Told":
        """A rule as it came off for a case."""
        texts = self.conditions(one.rule)
        return Told(
            one.rule,
            [Said(texts[asked.kind], asked.is_met) for asked in one.asked if asked.kind in texts],
            self.answers(one.rule),
            [str(MISSES[asked.kind]) for asked in one.asked if not asked.is_met],
            [str(TITLES[question]) for question in one.wins],
            [str(TITLES[question]) for question in one.late],
        )

    @property
    def person(self) -> str:
        """Somebody who works at the place, whoever that is."""
        return _("a person of the place")

    def _category(self, wanted: str) -> str:
        code, _separator, number = wanted.partition("-")
        category = self.ground.categories.get(code)
        if category is None:
            majors = {one.major: one.major_name for one in self.ground.categories.values()}
            return majors.get(code, code)
        if not number:
            return category.name
        text = next((one.text for one in category.conditions.all() if one.number == number), number)
        return _("%(category)s: %(condition)s") % {"category": category.name, "condition": text}

    def _hours(self, rule: Rule) -> str:
        if not rule.hours:
            return ""
        said = str(Rule.Hours(rule.hours).label)
        office = self.ground.departments.get(rule.hours_of_id or 0)
        return _("%(hours)s of %(office)s") % {"hours": said, "office": office_name(office)} if office else said


@dataclass(frozen=True)
class Told:
    """A rule that was tried, in words."""

    rule: Rule
    conditions: Sequence[Said]
    answers: Sequence[str]
    misses: Sequence[str]
    wins: Sequence[str]
    late: Sequence[str]

    @property
    def holds(self) -> bool:
        return not self.misses


def by_rule(rule: Rule) -> str:
    """Who says so: "by rule 3, Night lamps"."""
    return _("By rule %(n)d, “%(name)s”") % {"n": rule.position, "name": rule.name}


def reasons(decision: Decision) -> dict[str, str]:
    """For each question by which rule it was decided, or that the category table has it."""
    rules = {question: decision.rule(question) for question in TITLES}
    return {question: by_rule(rule) if rule else _("By the category table") for question, rule in rules.items()}


def _dates(rule: Rule) -> str:
    last = rule.ends_on - timedelta(days=1) if rule.ends_on else None
    if rule.begins_on and last:
        return _("from %(first)s to %(last)s") % {"first": rule.begins_on, "last": last}
    if rule.begins_on:
        return _("from %(first)s on") % {"first": rule.begins_on}
    return _("until %(last)s") % {"last": last} if last else ""


def _season(rule: Rule) -> str:
    if not rule.season_from:
        return ""
    return _("every year from %(first)s to %(last)s") % {"first": rule.season_from, "last": rule.season_until}
