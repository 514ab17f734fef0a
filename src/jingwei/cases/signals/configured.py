"""The rules of signals as a part of the configuration: one row each, in the order in which they are asked."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from jingwei.cases.actions.signalling import set_signal_rules
from jingwei.cases.catalogue import current
from jingwei.cases.models import Case, SignalRule, Step
from jingwei.cases.signals.kinds import Signal
from jingwei.cases.signals.rules import COLUMNS, read_rule, rule_faults, rules_in_force, write_rule
from jingwei.cases.signals.words import deeds_said
from jingwei.kernel.public import FIRST_ROW, Effect, Fault, Part, Row, Trial, clock

MOST_TRIED = 5000
"""Signals of one day that a trial looks at."""


class Signals(Part):
    """What follows when time runs out. Rules count for signals that are given from then on."""

    file = "signals.csv"
    title = gettext_lazy("Signals and what follows from them")
    columns = COLUMNS
    key = ("number",)

    def rows(self) -> list[Row]:
        return [write_rule(rule) for rule in rules_in_force()]

    def faults(self, rows: Sequence[Row]) -> list[Fault]:
        _rules, faults = _read(rows)
        return faults

    def adopt(self, rows: Sequence[Row], *, by: Any, now: datetime) -> None:
        rules, _faults = _read(rows)
        set_signal_rules(rules, by=by, now=now)

    def trial(self, rows: Sequence[Row], day: date) -> Trial:
        """The signals that were given on the day: what would have followed for the cases as they stand."""
        held, then = rules_in_force(), _read(rows)[0]
        steps = list(_given_on(day))
        effects = []
        for step in steps:
            what = Signal(step.detail["signal"])
            deeds, would = (_deeds(rules, what, step.case) for rules in (held, then))
            if deeds != would:
                effects.append(Effect(step.case.number, what.label, deeds, would))
        return Trial(len(steps), effects)


def _given_on(day: date) -> Iterator[Step]:
    """By their keys, which begin with the time of the record."""
    start = clock.local(datetime.combine(day, time(12), tzinfo=clock.local(clock.now()).tzinfo)).replace(hour=0)
    first, end = (UUID(int=int(at.timestamp() * 1000) << 80) for at in (start, start + timedelta(days=1)))
    steps = Step.objects.filter(pk__gte=first, pk__lt=end, verb="signal").select_related("case").order_by("pk")
    return iter(steps[:MOST_TRIED])


def _deeds(rules: Sequence[SignalRule], what: Signal, case: Case) -> str:
    rule = next((rule for rule in rules if rule.fits(what, case)), None)
    return deeds_said(rule) if rule else pgettext("rule", "nothing")


def _read(rows: Sequence[Row]) -> tuple[list[SignalRule], list[Fault]]:
    """The rules that the rows make, in order of their numbers, and what is wrong."""
    rules: list[SignalRule] = []
    faults: list[Fault] = []
    numbers: dict[int, int] = {}
    for place, row in enumerate(rows, start=FIRST_ROW):
        try:
            rule = read_rule(row)
        except ValueError:
            said = _("Write the order as a number, and yes or no for what makes it urgent and what raises it.")
            faults.append(Fault(Signals.file, place, said))
            continue
        rules.append(rule)
        numbers[id(rule)] = place
    rules.sort(key=lambda rule: rule.number)
    faults += [Fault(Signals.file, numbers[id(rule)], said) for rule, said in rule_faults(rules, current())]
    if not rows:
        faults.append(Fault(Signals.file, 0, _("There are no rules: nobody would learn that time runs out.")))
    return rules, faults
