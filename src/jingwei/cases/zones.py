"""Cases and areas that change: open ones go along, and a place that has ended stands for the one that is there now."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jingwei.calendars.public import calendars
from jingwei.cases import docket, moves, store
from jingwei.cases.life import Doing, holds_cases
from jingwei.cases.models import Case, DocketEntry
from jingwei.cases.said import headline
from jingwei.kernel.public import clock
from jingwei.places.public import (
    Holding,
    Level,
    Line,
    Moment,
    Moved,
    Span,
    Spot,
    Thing,
    ancestor,
    codes,
    find,
    heirs_of,
    level_of,
    register_holding,
)

AT_ONCE = 500


class OpenCases(Holding):
    """Those that somebody has on the desk. A closed case of which nothing more is asked keeps the code of its day."""

    key = "cases"
    title = _("Open cases")
    icon = "inbox"

    def things(self, spans: Sequence[Span], on: date) -> Sequence[Thing]:  # noqa: ARG002 - open today is open
        found: list[Thing] = []
        for first, last in spans:
            holder = first if level_of(first).depth <= Level.GRID.depth else ancestor(first, Level.GRID)
            rows = DocketEntry.objects.filter(holder="a", holder_id=holder)
            if holder != first:
                rows = rows.filter(case__code__range=(first, last))
            values = rows.order_by("case_id").values_list("case_id", "case__code", "case__longitude", "case__latitude")
            values = values.distinct()
            found += [Thing(key, Spot(code, x, y)) for key, code, x, y in values]
        return found

    def lines(self, keys: Sequence[Any], limit: int) -> list[Line]:
        rows = Case.objects.filter(pk__in=list(keys)).select_related("category").order_by("due_at", "pk")[:limit]
        return [Line(headline(case), case.number, reverse("desk:case", args=[case.number])) for case in rows]

    def move(self, moved: Sequence[Moved], moment: Moment) -> None:
        """In batches, so that the price is that of what moves, and neither memory nor statements grow with it."""
        departments = docket.lineages()
        doing = Doing(None, moment.at, clock.now(), calendars())
        ordered = sorted(moved, key=lambda thing: thing.key)
        for begin in range(0, len(ordered), AT_ONCE):
            batch = {thing.key: thing for thing in ordered[begin : begin + AT_ONCE]}
            lives, before = [], []
            for life in store.load_many(list(batch)):
                plan = docket.plan(life, departments)
                if plan and life.case.code == batch[life.case.pk].old:
                    lives.append(life)
                    before.append(plan)
            for life in lives:
                moves.rezone(life, doing, code=batch[life.case.pk].new[0])
            store.save_rezoned(lives, before, departments)


def register() -> None:
    register_holding(OpenCases())


def place_today(code: int, longitude: float | None = None, latitude: float | None = None) -> int:
    """The area where an ended one was: the only heir, else the one around the point, else what holds all heirs.

    0 where the area lives, and where nothing that can hold a case came after it.
    """
    heirs = heirs_of([code], clock.local(clock.now()).date())[code]
    if not heirs or heirs == (code,):
        return 0
    if len(heirs) == 1:
        return heirs[0]
    at = find(longitude, latitude) if longitude is not None and latitude is not None else None
    found = at.code if at else 0
    if any(first <= found <= last for first, last in map(codes.span, heirs)):
        return found
    whole = reduce(codes.common, heirs)
    return whole if whole != codes.WHOLE and holds_cases(whole) else 0
