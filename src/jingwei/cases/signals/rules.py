"""The rules of signals: those the platform comes with, and what is wrong with some that somebody would like to save."""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from jingwei.cases.models import Case, SignalRule
from jingwei.cases.signals.kinds import Signal, Whom
from jingwei.cases.workflow import Level, above

COLUMNS = ("number", "signal", "category", "level", "urgency", "tell", "makes_urgent", "raises")
DEFAULTS = Path(__file__).parent.parent / "data" / "signals.csv"
SAID = {"yes": True, "no": False}


def rules_in_force() -> list[SignalRule]:
    """The rules in their order: one query. Until somebody has set others, those that the platform comes with."""
    return list(SignalRule.objects.all()) or default_rules()


def edition_of(rules: Sequence[SignalRule]) -> int:
    """A number that is another once somebody has changed the rules; 0 for those that the platform comes with."""
    return max((rule.pk or 0 for rule in rules), default=0)


def default_rules() -> list[SignalRule]:
    with DEFAULTS.open(encoding="utf-8", newline="") as file:
        return [read_rule(row) for row in csv.DictReader(file)]


def read_rule(row: Mapping[str, str]) -> SignalRule:
    """A rule from a row of the file. ValueError where a number or a yes or no is none."""
    if not {row["makes_urgent"], row["raises"]} <= SAID.keys():
        raise ValueError(row)
    return SignalRule(
        number=int(row["number"]),
        signal=row["signal"],
        category_code=row["category"],
        level=row["level"],
        urgency=row["urgency"],
        tell=row["tell"].split(),
        makes_urgent=SAID[row["makes_urgent"]],
        raises=SAID[row["raises"]],
    )


def write_rule(rule: SignalRule) -> dict[str, str]:
    said = {value: text for text, value in SAID.items()}
    return {
        "number": str(rule.number),
        "signal": rule.signal,
        "category": rule.category_code,
        "level": rule.level,
        "urgency": rule.urgency,
        "tell": " ".join(rule.tell),
        "makes_urgent": said[rule.makes_urgent],
        "raises": said[rule.raises],
    }


def rule_faults(rules: Sequence[SignalRule], categories: Collection[str]) -> Iterator[tuple[SignalRule, str]]:
    """What keeps `rules`, in their order, from being put into force: each fault with its rule and the mend.

    `categories` are the codes of the table in force.
    """
    seen: list[SignalRule] = []
    for rule in rules:
        said = _fault(rule, categories)
        wider = next((other for other in seen if other.covers(rule)), None)
        if said:
            yield rule, said
        elif any(other.number == rule.number for other in seen):
            yield rule, _("The number %(n)d is given twice: each rule has its own.") % {"n": rule.number}
        elif wider is not None:
            yield (
                rule,
                _("Rule %(n)d comes first and fits every case that this one fits: move this one before it, or drop it.")
                % {"n": wider.number},
            )
        else:
            seen.append(rule)


def _fault(rule: SignalRule, categories: Collection[str]) -> str:
    """What is wrong with a rule by itself, or ""."""
    if rule.signal not in Signal:
        return _("There is no signal “%(key)s”. Signals are: %(keys)s.") % _known(rule.signal, Signal.values)
    if rule.level and rule.level not in Level:
        return _("There is no level “%(key)s”. Levels are: %(keys)s.") % _known(rule.level, Level.values)
    if rule.urgency and rule.urgency not in Case.Urgency:
        return _("There is no urgency “%(key)s”. There are: %(keys)s.") % _known(rule.urgency, Case.Urgency.values)
    if unknown := [whom for whom in rule.tell if whom not in Whom]:
        return _("Nobody is called “%(key)s”. Who can be told: %(keys)s.") % _known(unknown[0], Whom.values)
    if rule.category_code and not any(code.startswith(rule.category_code) for code in categories):
        return _("No category has the code %(code)s, nor one that begins so.") % {"code": rule.category_code}
    return _idle(rule)


def _idle(rule: SignalRule) -> str:
    """What a rule says that would come to nothing, or ""."""
    if not (rule.tell or rule.makes_urgent or rule.raises):
        return _("The rule does nothing: say whom to tell, or that the case becomes urgent or is raised.")
    if rule.makes_urgent and rule.urgency in (Case.Urgency.URGENT, Case.Urgency.EMERGENCY):
        return _("Cases of this rule are urgent already: leave out that they become so.")
    if rule.level and above(rule.level) is None and (rule.raises or Whom.ABOVE in rule.tell):
        return _("The district is the highest level: there is none above to raise a case to, or to tell.")
    if rule.signal == Signal.FILE and rule.category_code:
        return _("A report that is not filed has no sure category yet: let this rule be for every category.")
    return ""


def _known(key: str, keys: Sequence[str]) -> dict[str, str]:
    return {"key": key, "keys": ", ".join(keys)}
