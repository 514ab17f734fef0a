"""Builders of areas and buildings for tests. They write rows and announce nothing."""

from datetime import date

import shapely

from jingwei.kernel.public import clock
from jingwei.places import codes, mapversion
from jingwei.places.actions import free_code
from jingwei.places.boundaries import keep_outlines
from jingwei.places.codes import Level
from jingwei.places.models import Area, AreaChange, Building, Succession
from jingwei.places.outlines import Outline, check_outline
from jingwei.places.queries import today
from jingwei.places.succession import succession

LONG_AGO = date(2000, 1, 1)
FIRST_DISTRICT = codes.make(990101)
Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def an_area(code: int, *, name: str = "", **fields: object) -> Area:
    """An area with this code. Missing parents are built, up to the district."""
    level = codes.level_of(code)
    above = codes.parent(code)
    parent = Area.objects.filter(pk=above).first() if above else None
    if above and parent is None and level.depth > Level.DISTRICT.depth:
        parent = an_area(above)
    number = codes.serial(code, level)
    return Area.objects.create(
        code=code,
        level=level,
        name=name or f"{level.value} {number}",
        parent=parent,
        **{"begins_on": LONG_AGO, **fields},
    )


def a_district(*, code: int | None = None, name: str = "") -> Area:
    """A district without anything above it, with the next free code unless one is given."""
    if code is None:
        last = Area.objects.at(Level.DISTRICT).under(codes.ancestor(FIRST_DISTRICT, Level.CITY)).last()
        code = last.code + Level.DISTRICT.step if last else FIRST_DISTRICT
    return an_area(code, name=name)


def a_street(parent: Area | None = None, *, name: str = "") -> Area:
    return an_area(free_code(parent or a_district()), name=name)


def a_community(parent: Area | None = None, *, name: str = "", bounds: Bounds | None = None) -> Area:
    return _drawn(an_area(free_code(parent or a_street()), name=name), bounds)


def a_grid(parent: Area | None = None, *, name: str = "", bounds: Bounds | None = None) -> Area:
    """A grid; with `bounds` its boundary is that rectangle."""
    return _drawn(an_area(free_code(parent or a_community()), name=name), bounds)


def a_unit(parent: Area | None = None, *, name: str = "", bounds: Bounds | None = None) -> Area:
    """A unit; with `bounds` its boundary is that rectangle."""
    return _drawn(an_area(free_code(parent or a_grid()), name=name), bounds)


def a_building(area: Area, longitude: float, latitude: float, *, name: str = "building", **fields: object) -> Building:
    """A building in a grid or unit."""
    building = Building.objects.create(code=area.code, name=name, longitude=longitude, latitude=latitude, **fields)
    mapversion.bump()
    return building


def a_succession(predecessor: Area, *successors: Area, on: date | None = None) -> None:
    """`predecessor` ended, today unless said otherwise, and these came in its place."""
    on = on or today()
    kind = AreaChange.Kind.SPLIT if len(successors) > 1 else AreaChange.Kind.MOVE
    change = AreaChange.objects.create(
        kind=kind,
        state=AreaChange.State.IN_EFFECT,
        code=predecessor.code,
        takes_effect_on=on,
        reason="for a test",
        approved_at=clock.now(),
        took_effect_at=clock.now(),
    )
    Succession.objects.bulk_create(succession(change, predecessor, successor) for successor in successors)
    predecessor.ends_on = on
    predecessor.save(update_fields=["ends_on"])
    mapversion.bump()


def _drawn(area: Area, bounds: Bounds | None) -> Area:
    if bounds:
        outline: Outline = check_outline(shapely.box(*bounds), area.name)
        keep_outlines([(area, outline)])
    return area
