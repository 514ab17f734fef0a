"""What is wrong with rules, each with its mend: faults keep a rule from being saved, warnings are told beside it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jingwei.cases.persons import office_name
from jingwei.cases.routing.ground import Ground, role_title
from jingwei.cases.routing.matching import covers
from jingwei.cases.routing.models import Rule
from jingwei.cases.said import CHANNELS
from jingwei.cases.workflow import Level
from jingwei.people.public import ROLES, Department
from jingwei.places.public import codes, heirs_of, lineage, names_of

NEAR = frozenset({Level.GRID, Level.COMMUNITY})
"""Levels at which a case goes to people of the place."""
SHORTEST_WORD = 2


@dataclass(frozen=True)
class Finding:
    """`field` is the one to mend, as forms and files name it."""

    field: str
    said: str
    is_fault: bool = True


def check_rules(rules: Sequence[Rule], today: date, ground: Ground | None = None) -> list[list[Finding]]:
    """What is wrong with each of the rules, in their order."""
    ground = ground or Ground.read(rules)
    return [[*check_rule(rule, ground, today), *_unreachable(rule, rules[:place])] for place, rule in enumerate(rules)]


def check_rule(rule: Rule, ground: Ground, today: date) -> list[Finding]:
    """What is wrong with one rule by itself."""
    checks: tuple[Callable[[Rule, Ground, date], Iterator[Finding]], ...] = (
        _outcome, _dates, _categories, _areas, _words_and_doors, _hours, _party, _persons,
    )  # fmt: skip
    return [found for check in checks for found in check(rule, ground, today)]


def _outcome(rule: Rule, _ground: Ground, _today: date) -> Iterator[Finding]:
    if not rule.answers:
        yield Finding("level", _("This rule decides nothing. Choose a level, a party or an urgency."))
    if rule.sends_at_once and not rule.party:
        yield Finding("sends_at_once", _("Only a rule that names a party can send at once. Choose the party."))


def _dates(rule: Rule, _ground: Ground, today: date) -> Iterator[Finding]:
    if rule.begins_on and rule.ends_on and rule.ends_on <= rule.begins_on:
        yield Finding("ends_on", _("The last day lies before the first. Change one of the two."))
    elif rule.ends_on and rule.ends_on <= today:
        last = rule.ends_on - timedelta(days=1)
        yield Finding("ends_on", _("It ended on %(day)s and decides nothing any more.") % {"day": last}, is_fault=False)
    if bool(rule.season_from) != bool(rule.season_until):
        yield Finding("season_until", _("A season has two ends. Fill in both, or neither."))


def _categories(rule: Rule, ground: Ground, _today: date) -> Iterator[Finding]:
    majors = {one.major for one in ground.categories.values()}
    for wanted in rule.categories:
        code, _separator, number = wanted.partition("-")
        category = ground.categories.get(code)
        if (category is None and code not in majors) or (number and category is None):
            yield Finding(
                "categories", _("There is no category %(code)s in the table. Take it out, or write another.")
                % {"code": code},
            )  # fmt: skip
        elif number and category and all(one.number != number for one in category.conditions.all()):
            yield Finding(
                "categories",
                _("Category %(code)s has no condition %(number)s. Take it out, or write another.")
                % {"code": code, "number": number},
            )


def _areas(rule: Rule, ground: Ground, today: date) -> Iterator[Finding]:
    for code in rule.areas:
        area = ground.areas.get(code)
        if area is None:
            digits = codes.write(code) if codes.is_code(code) else code
            yield Finding("areas", _("There is no area %(code)s. Choose one from the list.") % {"code": digits})
        elif area.ends_on is not None and area.ends_on <= today:
            heirs = names_of(heirs_of([code], today)[code]).values()
            said = {"name": area.title, "day": area.ends_on, "heirs": _(", ").join(heirs)}
            if heirs:
                yield Finding("areas", _("%(name)s ended on %(day)s. Choose what came there: %(heirs)s.") % said)
            else:
                yield Finding("areas", _("%(name)s ended on %(day)s. Take it out.") % said)


def _words_and_doors(rule: Rule, _ground: Ground, _today: date) -> Iterator[Finding]:
    for word in rule.words:
        if len(word) < SHORTEST_WORD:
            yield Finding(
                "words", _("“%(word)s” stands in too many sentences. Write two letters at least.") % {"word": word}
            )
    for door in rule.channels:
        if door not in CHANNELS:
            said = _("No report has a door called “%(door)s” unless another system names its own so.") % {"door": door}
            yield Finding("channels", said, is_fault=False)


def _hours(rule: Rule, ground: Ground, _today: date) -> Iterator[Finding]:
    if rule.hours_of_id is None:
        return
    if not rule.hours:
        yield Finding("hours", _("Say whether it holds within or outside these office hours."))
    yield from _closed(ground.departments[rule.hours_of_id], "hours_of")


def _closed(office: Department, field: str) -> Iterator[Finding]:
    if office.closed_on is not None:
        said = _("%(name)s closed on %(day)s. Choose another.")
        yield Finding(field, said % {"name": office_name(office), "day": office.closed_on})


def _party(rule: Rule, ground: Ground, _today: date) -> Iterator[Finding]:
    places = [code for code in rule.areas or ground.roots if codes.is_code(code)]
    if rule.department_id is not None:
        office = ground.departments[rule.department_id]
        yield from _closed(office, "party")
        yield from _served(office_name(office), places, [office])
    elif rule.office and rule.office not in ground.kinds:
        said = _("No open office is of the kind “%(key)s”. Choose one from the list.")
        yield Finding("party", said % {"key": rule.office})
    elif rule.office:
        yield from _served(ground.kinds[rule.office], places, ground.offices(rule.office))


def _served(name: str, places: Sequence[int], offices: Sequence[Department]) -> Iterator[Finding]:
    """Whether cases of these places can go to one of the offices at all, or only to some parts of a place."""
    for code in places:
        if any(one.code in lineage(code) for one in offices):
            continue
        parts = [one.code for one in offices if code in lineage(one.code)]
        said = {"name": name, "area": _name(code), "served": _(", ").join(map(_name, parts))}
        if parts:
            text = _("%(name)s is there for %(served)s only. Elsewhere in %(area)s the category's office is proposed.")
            yield Finding("party", text % said, is_fault=False)
        else:
            text = _("%(name)s gets no cases from %(area)s. Choose another party, or narrow the areas.")
            yield Finding("party", text % said)


def _persons(rule: Rule, ground: Ground, _today: date) -> Iterator[Finding]:
    if not rule.role:
        return
    if rule.role not in ROLES:
        yield Finding("party", _("There is no role “%(key)s”. Choose one from the list.") % {"key": rule.role})
    elif rule.role not in ground.roles or ROLES[rule.role].seat == "department":
        said = _("Whoever is %(role)s handles no cases at a place. Choose another party.")
        yield Finding("party", said % {"role": role_title(rule.role)})
    if rule.level and rule.level not in NEAR:
        text = _("People of the place get cases at the level of grid or community. Choose one of these, or an office.")
        yield Finding("level", text)


def _unreachable(rule: Rule, earlier: Sequence[Rule]) -> Iterator[Finding]:
    """Earlier rules that answer, for every case of this one, what it would answer."""
    if not rule.is_on:
        return
    taken = {
        question: place
        for place, other in reversed(list(enumerate(earlier, start=1)))
        if covers(other, rule)
        for question in other.answers
    }
    lost = {question: taken[question] for question in rule.answers if question in taken}
    first = {"n": min(lost.values(), default=0)}
    if lost and len(lost) == len(rule.answers):
        said = _("It is never reached: rule %(n)d holds for all its cases and stands before it. Move it up.") % first
        yield Finding("position", said, is_fault=False)
    elif lost:
        names = {"level": _("level"), "party": _("party"), "urgency": pgettext("of a case", "urgency")}
        first |= {"what": _(", ").join(str(names[question]) for question in lost)}  # type: ignore[dict-item]
        said = _("Rule %(n)d stands before it and decides this already: %(what)s.") % first
        yield Finding("position", said, is_fault=False)


def _name(code: int) -> str:
    return names_of([code]).get(code) or codes.write(code)
