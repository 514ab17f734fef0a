"""What a change would move, and where to: counted by what lies there now, each figure down to its things."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from jingwei.places import codes
from jingwei.places.changes.effect import assigned
from jingwei.places.changes.holdings import Holding, Line, Thing, holdings
from jingwei.places.changes.plans import Plan, plan_of
from jingwei.places.changes.recoding import Recoding
from jingwei.places.models import AreaChange, ChangePart
from jingwei.places.names import name_of

MOST_LISTED = 200
ALL = 0


@dataclass(frozen=True)
class Figure:
    """How much of one holding goes where. `amounts` are by the code of the part."""

    holding: Holding
    total: int
    amounts: Mapping[int, int]

    @property
    def key(self) -> str:
        return self.holding.key

    def of(self, part: ChangePart) -> int:
        return self.amounts.get(part.code, 0)


@dataclass(frozen=True)
class Preview:
    """A change that is still to come, with everything that it would move."""

    plan: Plan
    recoding: Recoding

    @cached_property
    def figures(self) -> list[Figure]:
        """One query for each holding."""
        return [self._figure(holding) for holding in holdings()]

    def _figure(self, holding: Holding) -> Figure:
        things = self._things(holding)
        amounts: Counter[int] = Counter()
        for thing, parts in self._parts(holding, things):
            for part in parts:
                amounts[part] += thing.amount
        return Figure(holding, sum(thing.amount for thing in things), amounts)

    def lines(self, key: str, part: int = ALL) -> list[Line]:
        """The things behind a figure: those that go to one part, or all. Raises KeyError for an unknown one."""
        holding = {one.key: one for one in holdings()}[key]
        parts = self._parts(holding, self._things(holding))
        keys: list[Any] = [thing.key for thing, to in parts if part in (ALL, *to)]
        return holding.lines(keys, MOST_LISTED)

    def _things(self, holding: Holding) -> Sequence[Thing]:
        return holding.things(self.recoding.spans, self.plan.change.takes_effect_on)

    def _parts(self, holding: Holding, things: Sequence[Thing]) -> list[tuple[Thing, set[int]]]:
        moved = assigned(holding, things, self.recoding)
        return [
            (thing, {self.recoding.part_of(code) for code in one.new}) for thing, one in zip(things, moved, strict=True)
        ]


def preview(change: AreaChange) -> Preview:
    """Refused as on its day: where no number is left for what lies below."""
    plan = plan_of(change)
    return Preview(plan, plan.recoding)


def headline(change: AreaChange) -> str:
    """What the change is, in a few words. Reads its areas and parts."""
    before = _(", ").join(source.name for source in change.sources.all())
    parts = list(change.parts.all())
    after = _(", ").join(part.name for part in parts)
    if change.kind == AreaChange.Kind.MOVE:
        return _("%(name)s to %(to)s") % {"name": before, "to": name_of(codes.parent(parts[0].code) or codes.WHOLE)}
    return _("%(before)s → %(after)s") % {"before": before, "after": after}
