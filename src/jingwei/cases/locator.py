"""A small drawing of where something is: the grid, the buildings around, a pin. No map service, no script."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

import shapely
from shapely.geometry.base import BaseGeometry

from jingwei.places.public import Boundary, Building, Level, ancestor, level_of

WIDTH, HEIGHT = 366, 132
RADIUS = 75.0
"""Metres from the pin to the upper and lower edge."""
METRES_A_DEGREE = 111_320.0
SMALLEST_LABELLED = 26
"""Pixels of width that a building needs to carry its name."""
LONGEST_LABEL = 8
MOST_BUILDINGS = 80


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Locator:
    """Paths of an SVG of WIDTH × HEIGHT units. `pin` is the point, where one is known."""

    grid: str
    houses: tuple[str, ...]
    labels: tuple[Label, ...]
    pin: tuple[float, float] | None
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class _View:
    """What is shown: its middle in degrees, and pixels for a metre."""

    longitude: float
    latitude: float
    scale: float

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        east = (longitude - self.longitude) * METRES_A_DEGREE * cos(radians(self.latitude))
        north = (latitude - self.latitude) * METRES_A_DEGREE
        return round(WIDTH / 2 + east * self.scale, 1), round(HEIGHT / 2 - north * self.scale, 1)

    @property
    def window(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        north = HEIGHT / 2 / self.scale / METRES_A_DEGREE
        east = WIDTH / 2 / self.scale / METRES_A_DEGREE / cos(radians(self.latitude))
        return self.longitude - east, self.latitude - north, self.longitude + east, self.latitude + north

    def path(self, shape: BaseGeometry) -> str:
        rings = [polygon.exterior for polygon in getattr(shape, "geoms", [shape]) if not polygon.is_empty]
        return " ".join(self._ring(ring.coords) for ring in rings)

    def _ring(self, points: Iterable[tuple[float, ...]]) -> str:
        drawn = [self.point(point[0], point[1]) for point in points]
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in drawn[:-1]) + "Z"


def locator(code: int, longitude: float | None, latitude: float | None) -> Locator | None:
    """The drawing for a place: around its point, or else its whole grid. None where neither can be drawn."""
    outline = _outline(code)
    view = _view(outline, longitude, latitude)
    if view is None:
        return None
    houses, labels = _houses(view, code)
    return Locator(
        grid=view.path(outline) if outline is not None else "",
        houses=houses,
        labels=labels,
        pin=view.point(longitude, latitude) if longitude is not None and latitude is not None else None,
    )


def _outline(code: int) -> BaseGeometry | None:
    area = ancestor(code, Level.GRID) if level_of(code).depth > Level.GRID.depth else code
    row = Boundary.objects.filter(area_id=area).values_list("wkb", flat=True).first()
    return shapely.from_wkb(bytes(row)) if row is not None else None


def _view(outline: BaseGeometry | None, longitude: float | None, latitude: float | None) -> _View | None:
    if longitude is not None and latitude is not None:
        return _View(longitude, latitude, HEIGHT / 2 / RADIUS)
    if outline is None:
        return None
    west, south, east, north = outline.bounds
    latitude = (south + north) / 2
    wide = (east - west) * METRES_A_DEGREE * cos(radians(latitude))
    high = (north - south) * METRES_A_DEGREE
    return _View((west + east) / 2, latitude, 0.9 * min(WIDTH / wide, HEIGHT / high))


def _houses(view: _View, code: int) -> tuple[tuple[str, ...], tuple[Label, ...]]:
    west, south, east, north = view.window
    around = code if level_of(code).depth < Level.STREET.depth else ancestor(code, Level.STREET)
    rows = (
        Building.objects.under(around)
        .filter(longitude__range=(west, east), latitude__range=(south, north))
        .exclude(footprint=None)
        .order_by("code", "name")
        .values_list("name", "footprint")[:MOST_BUILDINGS]
    )
    shapes = [(name, shapely.from_wkb(bytes(footprint))) for name, footprint in rows if footprint is not None]
    labels = [label for name, shape in shapes if (label := _label(view, name, shape))]
    return tuple(view.path(shape) for _name, shape in shapes), tuple(labels)


def _label(view: _View, name: str, shape: BaseGeometry) -> Label | None:
    """The last part of the name ("5 栋" of "荷塘小区 5 栋") in the middle of a building that is wide enough."""
    short = name.split(" ", 1)[-1]
    west, south, east, north = shape.bounds
    left, top = view.point(west, north)
    right, bottom = view.point(east, south)
    if right - left < SMALLEST_LABELLED or len(short) > LONGEST_LABEL:
        return None
    return Label((left + right) / 2, (top + bottom) / 2, short)
