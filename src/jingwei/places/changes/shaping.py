"""The outlines of what a change makes: given, cut or joined."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.places.changes.cutting import (
    Point,
    check_cover,
    cut_by_things,
    cut_straight,
    cuts_through,
    exactly,
    joined,
)
from jingwei.places.changes.plans import outlines_of
from jingwei.places.models import Area, Boundary, Building
from jingwei.places.outlines import Outline, check_outline

if TYPE_CHECKING:
    from jingwei.places.changes.planning import PartWanted


def cut_area(area: Area, first: Point, second: Point) -> tuple[Outline, Outline]:
    """The two sides of a straight line through an area. Refused if it has no boundary."""
    outline = outlines_of([area]).get(area.code)
    if outline is None:
        raise _undrawn(area)
    return cut_straight(outline, first, second, area.title)


@dataclass(frozen=True)
class Inside:
    """What stands in an area today: the areas directly below, their outlines, and all buildings."""

    children: Sequence[Area]
    outlines: dict[int, Outline]
    buildings: Sequence[Building]


def inside(area: Area) -> Inside:
    children = list(Area.objects.filter(parent=area, ends_on=None).order_by("code"))
    buildings = list(Building.objects.under(area.code).order_by("code", "name"))
    return Inside(children, outlines_of(children), buildings)


def shape_parts(area: Area, parts: Sequence["PartWanted"], rest: int) -> list[Outline | None]:
    """The outlines of the parts, which cover the area exactly; None where the area has no boundary either."""
    there = inside(area)
    _check_choice(area, parts, there)
    given = [part.outline for part in parts if part.outline is not None]
    outline = outlines_of([area]).get(area.code)
    if outline is None:
        if given:
            raise _undrawn(area)
        return [None] * len(parts)
    if not given:
        fixed, things = _chosen(parts, there, rest)
        return [*cut_by_things(outline, things, fixed, len(parts), area.title)]
    if len(given) < len(parts):
        raise Refused(_("Draw every part of %(name)s, or none.") % {"name": area.title})
    return [*_fitted(area, outline, [(part.name, shape) for part, shape in zip(parts, given, strict=True)], there)]


def _fitted(area: Area, outline: Outline, given: Sequence[tuple[str, Outline]], there: Inside) -> list[Outline]:
    drawn = [(name, check_outline(shape, name)) for name, shape in given]
    check_cover(outline, drawn, area.title)
    fitted = exactly(outline, [shape for _name, shape in drawn])
    for child in there.children:
        if child.code in there.outlines and cuts_through(there.outlines[child.code], fitted):
            raise Refused(
                _("%(name)s would be cut in two. Draw the border around it, or split it first.") % {"name": child.title}
            )
    return fitted


def _chosen(
    parts: Sequence["PartWanted"], there: Inside, rest: int
) -> tuple[list[tuple[int, Outline]], list[tuple[int, Point]]]:
    """The outlines and the points that go to each part; what nobody chose goes to the part `rest`."""
    of_area = {code: number for number, part in enumerate(parts) for code in part.areas}
    of_building = {key: number for number, part in enumerate(parts) for key in part.buildings}
    fixed: list[tuple[int, Outline]] = []
    things: list[tuple[int, Point]] = []
    for child in there.children:
        number = of_area.get(child.code, rest)
        if child.code in there.outlines:
            fixed.append((number, there.outlines[child.code]))
        elif child.longitude is not None and child.latitude is not None:
            things.append((number, (child.longitude, child.latitude)))
    below = [(child.span, of_area.get(child.code, rest)) for child in there.children]
    for one in there.buildings:
        taken = next((number for (first, last), number in below if first <= one.code <= last), None)
        number = of_building.get(one.pk, rest) if taken is None else taken
        things.append((number, (one.longitude, one.latitude)))
    return fixed, things


def _check_choice(area: Area, parts: Sequence["PartWanted"], there: Inside) -> None:
    areas = [code for part in parts for code in part.areas]
    keys: list[UUID] = [key for part in parts for key in part.buildings]
    if len(set(areas)) < len(areas) or len(set(keys)) < len(keys):
        raise Refused(_("Something was given to two parts. Give it to one."))
    own = {one.pk for one in there.buildings if one.code == area.code}
    if set(areas) - {child.code for child in there.children} or set(keys) - own:
        raise Refused(_("Something that was chosen does not lie directly in %(name)s today.") % {"name": area.title})


def shape_whole(areas: Sequence[Area]) -> Outline | None:
    """The outline of neighbours together; None where none of them has one."""
    outlines = outlines_of(areas)
    if not outlines:
        return None
    for area in areas:
        if area.code not in outlines:
            raise _undrawn(area)
    return joined([(area.title, outlines[area.code]) for area in areas])


def wkb_of(area: Area) -> bytes | None:
    row = Boundary.objects.filter(area=area).values_list("wkb", flat=True).first()
    return bytes(row) if row is not None else None


def _undrawn(area: Area) -> Refused:
    return Refused(_("%(name)s has no boundary. Draw it first.") % {"name": area.title})
