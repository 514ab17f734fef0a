"""The ground of the invented town: rectangles cut in city coordinates, then bent along a river. No database.

City coordinates are metres: u along the river, v across it. All cuts lie on a lattice, and every outline has a
vertex at each lattice line that it crosses, so that neighbours share their vertices and a border is one line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, exp, radians, sin
from random import Random
from typing import Self

from shapely import Polygon

ANCHOR = (114.3, 30.55)
"""Longitude and latitude of the town's middle. The town itself is nowhere."""
LATTICE = 10
METRES_PER_DEGREE = 111_320

Point = tuple[float, float]


def bend(u: float, v: float) -> Point:
    """Metres east and north of the anchor: streets follow the river, and no two points meet."""
    x = u + 85 * sin(v / 640 + 0.6) + 22 * sin(u / 310 + v / 410)
    y = v + 210 * sin(u / 880 + 0.45) * exp(-((v / 1500) ** 2)) + 28 * sin(u / 270 - v / 530)
    return x, y


def on_map(u: float, v: float) -> Point:
    """Longitude and latitude (WGS-84) to a centimetre."""
    x, y = bend(u, v)
    longitude, latitude = ANCHOR
    east = METRES_PER_DEGREE * cos(radians(latitude))
    return round(longitude + x / east, 7), round(latitude + y / METRES_PER_DEGREE, 7)


@dataclass(frozen=True)
class Rect:
    """A rectangle in city coordinates, metres."""

    left: int
    low: int
    right: int
    high: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.high - self.low

    @property
    def area(self) -> int:
        return self.width * self.height

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.low + self.high) / 2

    def inset(self, metres: int) -> Self:
        return type(self)(self.left + metres, self.low + metres, self.right - metres, self.high - metres)

    def outline(self) -> Polygon:
        """The bent outline on the map, with all vertices that any neighbour may have."""
        across = range(self.left, self.right, LATTICE)
        upward = range(self.low, self.high, LATTICE)
        ring = [
            *((u, self.low) for u in across),
            *((self.right, v) for v in upward),
            *((u, self.high) for u in range(self.right, self.left, -LATTICE)),
            *((self.left, v) for v in range(self.high, self.low, -LATTICE)),
        ]
        return Polygon([on_map(u, v) for u, v in ring])

    def corners(self) -> Polygon:
        """The four corners on the map: enough for a building."""
        ring = [(self.left, self.low), (self.right, self.low), (self.right, self.high), (self.left, self.high)]
        return Polygon([on_map(u, v) for u, v in ring])


@dataclass(frozen=True)
class Cut:
    """A line that parts two pieces, and so a road. `depth` 0 is the first cut: the widest road.

    It runs along u or v at `at`, from `begin` to `end`.
    """

    is_along_u: bool
    at: int
    begin: int
    end: int
    depth: int

    def borders(self, rect: Rect) -> bool:
        """Whether the rectangle lies along this road."""
        if self.is_along_u:
            return self.at in {rect.low, rect.high} and self.begin <= rect.left and rect.right <= self.end
        return self.at in {rect.left, rect.right} and self.begin <= rect.low and rect.high <= self.end


def halve(rect: Rect, pieces: int, rng: Random, depth: int = 0) -> Iterator[Rect | Cut]:
    """Guillotine: the longer side is cut until there are `pieces` rectangles. Yields them, and each cut."""
    if pieces == 1:
        yield rect
        return
    first = pieces // 2
    share = first / pieces + rng.uniform(-0.04, 0.04)
    if rect.width >= rect.height:
        at = rect.left + _on_lattice(rect.width * share)
        yield Cut(is_along_u=False, at=at, begin=rect.low, end=rect.high, depth=depth)
        halves = Rect(rect.left, rect.low, at, rect.high), Rect(at, rect.low, rect.right, rect.high)
    else:
        at = rect.low + _on_lattice(rect.height * share)
        yield Cut(is_along_u=True, at=at, begin=rect.left, end=rect.right, depth=depth)
        halves = Rect(rect.left, rect.low, rect.right, at), Rect(rect.left, at, rect.right, rect.high)
    yield from halve(halves[0], first, rng, depth + 1)
    yield from halve(halves[1], pieces - first, rng, depth + 1)


def _on_lattice(metres: float) -> int:
    return round(metres / LATTICE) * LATTICE
