"""Planning a change of areas: what it would make of them is checked now, and once more on its day.

A change is a draft until it is approved; then it takes effect on its day by itself (`effect.py`). Until then it can
be undone, and no other change may touch what it touches.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from uuid import UUID

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.places import codes
from jingwei.places.actions import Actor, clean_name, free_codes, require_living
from jingwei.places.changes import shaping
from jingwei.places.changes.checks import check_neighbours, check_undisturbed
from jingwei.places.codes import Level
from jingwei.places.facts import AreaChangePlanned
from jingwei.places.models import Area, AreaChange, ChangedArea, ChangePart
from jingwei.places.outlines import Outline

Kind = AreaChange.Kind
DIVIDED = (Level.COMMUNITY, Level.GRID, Level.UNIT)
"""Levels whose areas are split, merged and moved. Those above are made by law, with codes of their own."""
RENAMED = (Level.DISTRICT, Level.STREET, *DIVIDED)
MOST_PARTS = 20
LONGEST_REASON = 300


@dataclass(frozen=True, kw_only=True)
class PartWanted:
    """A part of an area to be split: with an outline of its own, or with the areas and buildings that go to it."""

    name: str
    name_en: str = ""
    outline: Outline | None = None
    areas: Sequence[int] = ()
    buildings: Sequence[UUID] = ()


def plan_split(
    area: Area,
    parts: Sequence[PartWanted],
    *,
    takes_effect_on: date,
    reason: str,
    rest: int = 0,
    by: Actor,
    now: datetime | None = None,
) -> AreaChange:
    """Two areas or more in place of one. What neither choice nor place decides falls to the part number `rest`."""
    if not 2 <= len(parts) <= MOST_PARTS:
        raise Refused(_("An area is split into 2 to %(most)d parts.") % {"most": MOST_PARTS})
    if not 0 <= rest < len(parts):
        raise Refused(_("Choose one of the parts for what has no place of its own."))
    shaped = shaping.shape_parts(area, parts, rest)
    rows = [
        ChangePart(
            name=part.name,
            name_en=part.name_en,
            areas=list(part.areas),
            buildings=list(part.buildings),
            wkb=outline.wkb if outline else None,
            takes_rest=number == rest,
        )
        for number, (part, outline) in enumerate(zip(parts, shaped, strict=True))
    ]
    change = AreaChange(kind=Kind.SPLIT, takes_effect_on=takes_effect_on, reason=reason)
    return _plan(change, [area], _above(area), rows, by=by, now=now)


def plan_merge(
    areas: Sequence[Area],
    *,
    name: str,
    name_en: str = "",
    takes_effect_on: date,
    reason: str,
    by: Actor,
    now: datetime | None = None,
) -> AreaChange:
    """One area in place of neighbours that lie in the same one above."""
    if len({area.code for area in areas}) < 2:
        raise Refused(_("Choose at least two areas to merge."))
    if len({area.parent_id for area in areas}) > 1:
        raise Refused(_("Areas are merged within the same one above. Move one there first."))
    outline = shaping.shape_whole(areas)
    part = ChangePart(name=name, name_en=name_en, wkb=outline.wkb if outline else None, takes_rest=True)
    change = AreaChange(kind=Kind.MERGE, takes_effect_on=takes_effect_on, reason=reason)
    return _plan(change, areas, _above(areas[0]), [part], by=by, now=now)


def plan_move(
    area: Area,
    to: Area,
    *,
    takes_effect_on: date,
    reason: str,
    name: str = "",
    by: Actor,
    now: datetime | None = None,
) -> AreaChange:
    """The area, with all below it, belongs to `to` instead of the one above it now: all get other codes."""
    level = codes.level_of(area.code)
    if to.level != level.above or to.code == area.parent_id:
        raise Refused(
            _("%(name)s cannot move to %(to)s. Choose another %(level)s.")
            % {"name": area.title, "to": to.title, "level": Level(level.above or level).label}
        )
    if codes.ancestor(to.code, Level.DISTRICT) != codes.ancestor(area.code, Level.DISTRICT):
        raise Refused(_("%(to)s lies in another district.") % {"to": to.title})
    part = ChangePart(name=name or area.name, name_en=area.name_en if not name else "", takes_rest=True)
    part.wkb = shaping.wkb_of(area)
    change = AreaChange(kind=Kind.MOVE, takes_effect_on=takes_effect_on, reason=reason)
    return _plan(change, [area], to, [part], by=by, now=now)


def plan_rename(
    area: Area,
    *,
    name: str,
    name_en: str = "",
    takes_effect_on: date,
    reason: str,
    by: Actor,
    now: datetime | None = None,
) -> AreaChange:
    """Another name from a day on, under the same code."""
    if (name, name_en) == (area.name, area.name_en):
        raise Refused(_("%(name)s is called that already.") % {"name": area.title})
    part = ChangePart(name=name, name_en=name_en, code=area.code, takes_rest=True)
    change = AreaChange(kind=Kind.RENAME, takes_effect_on=takes_effect_on, reason=reason)
    return _plan(change, [area], area, [part], by=by, now=now)


def _above(area: Area) -> Area:
    if area.parent is None:
        raise Refused(_("%(name)s has nothing above it and stays as it is.") % {"name": area.title})
    return area.parent


@atomic
def _plan(
    change: AreaChange,
    sources: Sequence[Area],
    above: Area,
    parts: Sequence[ChangePart],
    *,
    by: Actor,
    now: datetime | None,
) -> AreaChange:
    """`above` is the area directly below which the parts come; a renamed one stands for itself."""
    now = now or clock.now()
    change.code = reduce(codes.common, [above.code, *(area.code for area in sources)])
    change.reason = _clean_reason(change.reason)
    change.planned_at, change.planned_by = now, number_of(by)
    if by is not None:
        require(by, "places.change", change)
    _hold(above)
    _check_sources(change, sources, clock.local(now).date())
    require_living(Area.objects.get(pk=above.pk))
    check_undisturbed(change, sources, above)
    for part in parts:
        part.name, part.name_en = clean_name(part.name), part.name_en.strip()
    check_neighbours(change, sources, above, parts)
    change.save()
    _keep(change, sources, above, parts)
    publish(AreaChangePlanned(change_id=change.pk, code=change.code), by=by, at=now)
    return change


def _keep(change: AreaChange, sources: Iterable[Area], above: Area, parts: Sequence[ChangePart]) -> None:
    if change.kind != Kind.RENAME:
        for part, code in zip(parts, free_codes(above, len(parts)), strict=True):
            part.code = code
    for number, part in enumerate(parts):
        part.change, part.number = change, number
    ChangePart.objects.bulk_create(parts)
    ChangedArea.objects.bulk_create(
        [ChangedArea(change=change, area=area, name=area.name, name_en=area.name_en) for area in sources]
    )


def _hold(area: Area) -> None:
    """Changes of one district are planned one after the other, so that no two miss each other."""
    Area.objects.locked(codes.ancestor(area.code, Level.DISTRICT))


def _check_sources(change: AreaChange, sources: Iterable[Area], on: date) -> None:
    if change.takes_effect_on < on:
        raise Refused(_("A change takes effect today or later. Choose another day."))
    levels = RENAMED if change.kind == Kind.RENAME else DIVIDED
    for area in Area.objects.filter(pk__in=[area.code for area in sources]):
        require_living(area)
        if area.level not in levels:
            names = _(", ").join(str(level.label) for level in levels)
            raise Refused(_("This is done with areas of these levels: %(levels)s.") % {"levels": names})
        if change.takes_effect_on <= area.begins_on:
            raise Refused(
                _("%(name)s begins on %(day)s. Choose a later day.") % {"name": area.title, "day": area.begins_on}
            )


def _clean_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why: the decision or the document that the change rests on."))
    if len(reason) > LONGEST_REASON:
        raise Refused(_("The reason may have %(longest)d characters at most.") % {"longest": LONGEST_REASON})
    return reason


def number_of(by: Actor) -> int | None:
    """Of the member who acts; None for the system."""
    return by if by is None or isinstance(by, int) else by.pk
