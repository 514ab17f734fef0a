"""Routing as a part of the configuration: a row for each rule, in order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.cases.routing.actions import publish_rules
from jingwei.cases.routing.book import rules_in_force
from jingwei.cases.routing.checking import check_rules
from jingwei.cases.routing.files import COLUMNS, read_row, rows_of
from jingwei.cases.routing.ground import Ground
from jingwei.cases.routing.models import Rule
from jingwei.cases.routing.replaying import Elsewhere, replay_day
from jingwei.cases.routing.words import TITLES, Teller
from jingwei.kernel.public import FIRST_ROW, Effect, Fault, Part, Refused, Row, Trial, clock
from jingwei.people.public import Member


class Routing(Part):
    """What a file leaves out is taken away: the rows are the next edition, in the order of their positions."""

    file = "routing.csv"
    title = gettext_lazy("Where cases go")
    columns = COLUMNS
    key = ("rule",)

    def rows(self) -> list[Row]:
        return rows_of(rules_in_force()[1], Ground.read())

    def faults(self, rows: Sequence[Row]) -> list[Fault]:
        ground = Ground.read()
        rules, faults = _read(rows, ground)
        if faults:
            return faults
        return [*_doubled(rows), *_wrong(rules)]

    def adopt(self, rows: Sequence[Row], *, by: Member | None, now: datetime) -> None:
        rules, faults = _read(rows, Ground.read())
        if faults:
            raise Refused(faults[0].said)
        publish_rules(_ordered(rules), reason=_("Brought with a set of the configuration"), by=by, now=now)

    def trial(self, rows: Sequence[Row], day: date) -> Trial:
        """The cases reported on the day and filed: where they would have gone."""
        rules, _faults = _read(rows, Ground.read())
        ordered = _ordered(rules)
        ground = Ground.read(ordered)
        replayed, teller = replay_day(ordered, day, ground), Teller(ordered, ground)
        return Trial(replayed.looked_at, [effect for one in replayed.elsewhere for effect in _effects(one, teller)])


def _effects(one: Elsewhere, teller: Teller) -> Iterator[Effect]:
    for question in one.questions:
        now, then = (teller.value(question, getattr(side, question)) for side in (one.now, one.then))
        yield Effect(one.case.number, TITLES[question], now, then)


def _ordered(rules: Sequence[Rule]) -> list[Rule]:
    return sorted(rules, key=lambda rule: rule.position)


def _read(rows: Sequence[Row], ground: Ground) -> tuple[list[Rule], list[Fault]]:
    """The rules of the rows, as far as they can be read, and what cannot."""
    rules, faults = [], []
    for number, row in enumerate(rows, start=FIRST_ROW):
        try:
            rules.append(read_row(row, ground))
        except Refused as fault:
            faults.append(Fault(Routing.file, number, fault.message))
    return rules, faults


def _doubled(rows: Sequence[Row]) -> Iterator[Fault]:
    for column in ("rule", "position"):
        times = Counter(row[column].strip() for row in rows)
        for number, row in enumerate(rows, start=FIRST_ROW):
            if times[row[column].strip()] > 1:
                said = _("Two rows have “%(cell)s” in the column “%(column)s”. Change one of them.")
                yield Fault(Routing.file, number, said % {"cell": row[column], "column": column})


def _wrong(rules: Sequence[Rule]) -> Iterator[Fault]:
    ordered = _ordered(rules)
    numbers = {id(rule): number for number, rule in enumerate(rules, start=FIRST_ROW)}
    found = check_rules(ordered, clock.local(clock.now()).date(), Ground.read(ordered))
    for rule, findings in zip(ordered, found, strict=True):
        yield from (Fault(Routing.file, numbers[id(rule)], one.said) for one in findings if one.is_fault)
