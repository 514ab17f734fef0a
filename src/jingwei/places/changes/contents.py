"""What places themselves hold: the areas below, the buildings, and the households in them."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingwei.places import codes
from jingwei.places.changes.holdings import Holding, Line, Moment, Moved, Thing, recode, register_holding
from jingwei.places.changes.recoding import Spot
from jingwei.places.models import Area, Building
from jingwei.places.names import names_of
from jingwei.places.succession import Span


def within(spans: Sequence[Span], name: str = "code") -> Q:
    """Rows whose code lies between some of these."""
    return reduce(or_, (Q(**{f"{name}__range": span}) for span in spans), Q(pk=None))


class AreasBelow(Holding):
    """Units, grids: they end and begin with the area above, which is the change's own work."""

    key = "areas"
    title = _("Areas below")
    icon = "sitemap"

    def things(self, spans: Sequence[Span], on: date) -> Sequence[Thing]:
        below = Area.objects.filter(within(spans)).exclude(pk__in=[first for first, _last in spans])
        rows = below.filter(Q(ends_on=None) | Q(ends_on__gt=on)).values_list("code", "longitude", "latitude")
        return [Thing(code, Spot(code, longitude, latitude)) for code, longitude, latitude in rows]

    def lines(self, keys: Sequence[Any], limit: int) -> list[Line]:
        areas = Area.objects.filter(pk__in=list(keys)).order_by("code")[:limit]
        return [Line(area.title, codes.write(area.code)) for area in areas]

    def move(self, moved: Sequence[Moved], moment: Moment) -> None:
        """The change itself begins and ends them."""


class Buildings(Holding):
    key = "buildings"
    title = _("Buildings")
    icon = "building"

    def things(self, spans: Sequence[Span], on: date) -> Sequence[Thing]:  # noqa: ARG002 - they are there every day
        return [Thing(key, spot) for key, spot, _households in _buildings(spans)]

    def lines(self, keys: Sequence[Any], limit: int) -> list[Line]:
        buildings = list(Building.objects.filter(pk__in=list(keys)).order_by("code", "name")[:limit])
        names = names_of(one.code for one in buildings)
        return [Line(one.name, names.get(one.code, "")) for one in buildings]

    def move(self, moved: Sequence[Moved], moment: Moment) -> None:  # noqa: ARG002 - a building has no history
        recode(Building, moved)


class Households(Buildings):
    """Counted by the buildings, with which they move."""

    key = "households"
    title = _("Households")
    icon = "home"

    def things(self, spans: Sequence[Span], on: date) -> Sequence[Thing]:  # noqa: ARG002
        return [Thing(key, spot, households) for key, spot, households in _buildings(spans) if households]

    def lines(self, keys: Sequence[Any], limit: int) -> list[Line]:
        rows = Building.objects.filter(pk__in=list(keys)).order_by("code", "name")[:limit]
        return [Line(one.name, _("%(n)d households") % {"n": one.households or 0}) for one in rows]

    def move(self, moved: Sequence[Moved], moment: Moment) -> None:
        """The buildings took them along."""


def _buildings(spans: Sequence[Span]) -> list[tuple[Any, Spot, int]]:
    rows = Building.objects.filter(within(spans)).order_by("code", "name")
    values = rows.values_list("pk", "code", "longitude", "latitude", "households")
    return [(key, Spot(code, x, y), households or 0) for key, code, x, y, households in values]


def register() -> None:
    for holding in (AreasBelow(), Buildings(), Households()):
        register_holding(holding)
