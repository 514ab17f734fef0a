"""What the pages of areas read: the tree, one area with what lies in it and its life, the changes. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_

import shapely
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jingwei.kernel.public import is_long_enough
from jingwei.places import codes
from jingwei.places.changes.drawing import Drawing, draw
from jingwei.places.changes.holdings import Holding, Line, holdings
from jingwei.places.changes.plans import outlines_of
from jingwei.places.changes.preview import headline
from jingwei.places.codes import Level
from jingwei.places.models import PENDING, Area, AreaChange, Building, ChangedArea, Succession

MOST_FOUND = 50
COUNTED = (Level.COMMUNITY, Level.GRID, Level.UNIT)
"""Levels whose holdings are counted one by one; above, they are too many for a page."""


@dataclass(frozen=True)
class Node:
    """An area in the tree. `below` is how many live directly below it."""

    area: Area
    depth: int
    below: int
    is_open: bool
    is_here: bool

    @property
    def below_level(self) -> str | Promise:
        level = codes.level_of(self.area.code).below
        return level.label if level else ""


def _counted(areas: QuerySet[Area]) -> QuerySet[Area]:
    """With how many live directly below each."""
    children = Area.objects.filter(parent=OuterRef("pk"), ends_on=None).order_by().values("parent")
    return areas.annotate(below=Coalesce(Subquery(children.annotate(n=Count("pk")).values("n")), 0))


def tree(roots: Sequence[int], here: int) -> list[Node]:
    """From the areas at the top down to `here`, with the neighbours on each level: one query."""
    way = [code for code in codes.lineage(here) if any(codes.span(root)[0] <= code for root in roots)]
    seen = Q(pk__in=roots) | Q(parent__in=[code for code in way if _is_below(code, roots)], ends_on=None) | Q(pk=here)
    top = min(codes.level_of(root).depth for root in roots)
    return [
        Node(area, codes.level_of(area.code).depth - top, vars(area)["below"], area.code in way, area.code == here)
        for area in _counted(Area.objects.filter(seen)).order_by("code")
    ]


def _is_below(code: int, roots: Sequence[int]) -> bool:
    return any(first <= code <= last for first, last in map(codes.span, roots))


def search(roots: Sequence[int], text: str) -> list[Area]:
    """Areas below the roots whose name, as written or as spoken, or code holds the text; living ones first."""
    text = text.strip()
    if not is_long_enough(text):
        return []
    within = reduce(or_, (Q(code__range=codes.span(root)) for root in roots))
    named = Q(name__called=text) | Q(name_en__called=text) | Q(standard_code__startswith=text)
    digits = text.replace(" ", "")
    if digits.isascii() and digits.isdigit() and 2 <= len(digits) <= codes.DIGITS:
        named |= Q(code__range=(int(digits.ljust(codes.DIGITS, "0")), int(digits.ljust(codes.DIGITS, "9"))))
    found = Area.objects.filter(within & named).select_related("parent")
    return list(found.order_by(F("ends_on").asc(nulls_first=True), "code")[:MOST_FOUND])


@dataclass(frozen=True)
class Event:
    """Something that befell an area on a day, with the areas it came from or went to."""

    on: date
    said: str
    areas: Sequence[Area] = ()
    change_url: str = ""


@dataclass(frozen=True)
class Held:
    """How much of one holding lies in an area, and the first of it."""

    holding: Holding
    amount: int
    lines: Sequence[Line]


@dataclass(frozen=True)
class Folio:
    """An area with everything that its page shows."""

    area: Area
    today: date

    @cached_property
    def above(self) -> list[Area]:
        return list(Area.objects.filter(pk__in=codes.lineage(self.area.code)[:-1]).order_by("code"))

    @cached_property
    def below(self) -> list[Area]:
        """Areas directly below that live, with how many lie below each, and the households in each."""
        homes = Building.objects.filter(code__gte=OuterRef("code"), code__lt=OuterRef("code") + self._step)
        total = homes.order_by().values(one=Value(1)).annotate(all=Sum("households")).values("all")
        living = _counted(Area.objects.filter(parent=self.area, ends_on=None))
        return list(living.annotate(households=Coalesce(Subquery(total), 0)).order_by("code"))

    @property
    def _step(self) -> int:
        level = codes.level_of(self.area.code).below
        return level.step if level else 1

    @cached_property
    def held(self) -> list[Held]:
        """Two queries for each holding; none where there is too much to count."""
        if self.area.level not in COUNTED:
            return []
        return [self._held(holding) for holding in holdings()]

    def _held(self, holding: Holding) -> Held:
        things = holding.things([self.area.span], self.today)
        lines = holding.lines([thing.key for thing in things], MOST_FOUND) if things else []
        return Held(holding, sum(thing.amount for thing in things), lines)

    @cached_property
    def drawing(self) -> Drawing | None:
        outlines = outlines_of([self.area, *self.below])
        whole = outlines.pop(self.area.code, None)
        if whole is None and not outlines:
            return None
        inside = {area.title: outlines[area.code] for area in self.below if area.code in outlines}
        around = whole if whole is not None else shapely.union_all(list(outlines.values()))
        return draw(around, [("", around)], inside=inside)

    @cached_property
    def pending(self) -> AreaChange | None:
        """The change that is still to come to it."""
        return AreaChange.objects.filter(sources__area=self.area, state__in=PENDING).first()

    @cached_property
    def events(self) -> list[Event]:
        """Its life, the newest first."""
        events = [*self._origins(), *self._renamings(), *self._ends()]
        return sorted(events, key=lambda event: event.on, reverse=True)

    def _origins(self) -> list[Event]:
        rows = list(Succession.objects.filter(successor=self.area).select_related("predecessor", "change"))
        if not rows:
            return [Event(self.area.begins_on, pgettext("area", "Begins"))]
        url = _url(rows[0].change)
        return [Event(self.area.begins_on, _("Begins, coming from"), [row.predecessor for row in rows], url)]

    def _renamings(self) -> list[Event]:
        renamed = ChangedArea.objects.filter(area=self.area, change__kind="rename", change__state="in_effect")
        return [
            Event(
                one.change.takes_effect_on,
                _("Renamed; called %(name)s until then") % {"name": one.name},
                change_url=_url(one.change),
            )
            for one in renamed.select_related("change")
        ]

    def _ends(self) -> list[Event]:
        if self.area.ends_on is None:
            return []
        rows = list(Succession.objects.filter(predecessor=self.area).select_related("successor", "change"))
        if not rows:
            return [Event(self.area.ends_on, pgettext("area", "Ends"))]
        return [Event(self.area.ends_on, _("Ends, becoming"), [row.successor for row in rows], _url(rows[0].change))]


def _url(change: AreaChange) -> str:
    return reverse("places:change", args=[change.pk])


@dataclass(frozen=True)
class Planned:
    """A change as a list shows it."""

    change: AreaChange
    title: str


def changes_of(rows: QuerySet[AreaChange], limit: int) -> list[Planned]:
    """The first of these changes, said in a few words: three queries, and one for each move."""
    changes = rows.prefetch_related("sources__area", "parts")[:limit]
    return [Planned(change, headline(change)) for change in changes]
