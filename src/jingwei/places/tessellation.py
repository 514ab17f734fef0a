"""Cutting a rectangle into as many as are wanted, with about as much in each. No database.

Used where a place has no boundaries yet: another city's records, the demo. Neighbours share their borders
exactly: both hold the same number.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon

Floats = npt.NDArray[np.float64]

ROOM = 0.0005
"""Degrees (about 50 m) left around the outermost points."""


class Rectangle(NamedTuple):
    """Edges in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def polygon(self) -> Polygon:
        return shapely.box(*self)

    @property
    def area(self) -> float:
        """In square degrees."""
        return (self.east - self.west) * (self.north - self.south)

    def cut(self, at: float, *, is_upright: bool) -> tuple["Rectangle", "Rectangle"]:
        """The two parts of an upright cut at a longitude, or a level one at a latitude; the lower first."""
        if is_upright:
            return self._replace(east=at), self._replace(west=at)
        return self._replace(north=at), self._replace(south=at)


def around(longitudes: Sequence[float] | Floats, latitudes: Sequence[float] | Floats) -> Rectangle:
    """The rectangle that holds all these points, with a little room. There must be one point at least."""
    return Rectangle(
        float(np.min(longitudes)) - ROOM,
        float(np.min(latitudes)) - ROOM,
        float(np.max(longitudes)) + ROOM,
        float(np.max(latitudes)) + ROOM,
    )


def tessellate(
    bounds: Rectangle,
    count: int,
    longitudes: Sequence[float] | Floats = (),
    latitudes: Sequence[float] | Floats = (),
) -> list[Rectangle]:
    """Cut `bounds` into `count` rectangles, the longer side first, with about as many of the points in each.

    Where points do not say where to cut (there are none, or they lie at one place), equal land is cut off.
    They come in reading order of the cuts, so that neighbours in the list are mostly neighbours on the map.
    """
    if count < 1:
        raise ValueError("there must be one part at least")
    if not (bounds.west < bounds.east and bounds.south < bounds.north):
        raise ValueError("the rectangle has no extent")
    points = np.column_stack([np.asarray(longitudes, dtype=float), np.asarray(latitudes, dtype=float)])
    return _cut(bounds, count, points)


def _cut(bounds: Rectangle, count: int, points: Floats) -> list[Rectangle]:
    if count == 1:
        return [bounds]
    lower = count // 2
    width = (bounds.east - bounds.west) * np.cos(np.radians((bounds.south + bounds.north) / 2))
    is_upright = bool(width >= bounds.north - bounds.south)
    axis = 0 if is_upright else 1
    at = _cutting_place(bounds[axis], bounds[axis + 2], lower / count, points[:, axis])
    is_below = points[:, axis] < at
    first, second = bounds.cut(at, is_upright=is_upright)
    return _cut(first, lower, points[is_below]) + _cut(second, count - lower, points[~is_below])


def _cutting_place(low: float, high: float, share: float, values: Floats) -> float:
    """Where `share` of the values lies below, kept off the edges by a tenth of that share of the land."""
    equal = low + (high - low) * share
    inside = values[(values > low) & (values < high)]
    if len(inside) == 0:
        return float(equal)
    at = float(np.quantile(inside, share))
    return float(np.clip(at, low + (equal - low) / 10, high - (high - equal) / 10))
