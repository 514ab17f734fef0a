"""The map as squares of a 400th of a degree, about 250 metres: a point's square, and those that a view touches."""

from dataclasses import dataclass
from math import cos, floor, radians

A_DEGREE = 400
"""Squares along a degree."""
A_ROW = 100_000
METRES_A_DEGREE = 111_320.0


def cell_of(longitude: float | None, latitude: float | None) -> int | None:
    """The number of the square in which a point lies."""
    if longitude is None or latitude is None:
        return None
    return floor(latitude * A_DEGREE) * A_ROW + floor(longitude * A_DEGREE)


@dataclass(frozen=True)
class View:
    """A square piece of the map: its middle in degrees, and how many metres a side has."""

    longitude: float
    latitude: float
    metres: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        north = self.metres / 2 / METRES_A_DEGREE
        east = north / cos(radians(self.latitude))
        return self.longitude - east, self.latitude - north, self.longitude + east, self.latitude + north

    @property
    def cells(self) -> list[int]:
        """The squares that the view touches."""
        west, south, east, north = self.bounds
        return [
            row * A_ROW + column
            for row in range(floor(south * A_DEGREE), floor(north * A_DEGREE) + 1)
            for column in range(floor(west * A_DEGREE), floor(east * A_DEGREE) + 1)
        ]

    def moved(self, east: float, north: float) -> "View":
        """The same view so many of its sides away."""
        west, south, right, top = self.bounds
        return View(self.longitude + east * (right - west), self.latitude + north * (top - south), self.metres)
