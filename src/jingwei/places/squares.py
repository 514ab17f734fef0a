"""The map as squares of a 400th of a degree, about 250 metres, each with a number: what is near lies in few of them.

Squares far apart may share a number: whoever finds something by it compares the points too.
"""

from math import cos, floor, radians

A_DEGREE = 400
"""Squares along a degree."""
A_ROW = 100_000
METRES_A_DEGREE = 111_320.0
SQUARE_SQL = f"(floor(latitude * {A_DEGREE})::bigint * {A_ROW} + floor(longitude * {A_DEGREE})::bigint)"
"""The number of the square in which the columns `longitude` and `latitude` lie, as an index has to say it."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def square_of(longitude: float | None, latitude: float | None) -> int | None:
    """The number of the square in which a point lies; None for no point."""
    if longitude is None or latitude is None:
        return None
    return floor(latitude * A_DEGREE) * A_ROW + floor(longitude * A_DEGREE)


def squares_of(bounds: Bounds) -> list[int]:
    """The squares that a piece of the map touches."""
    west, south, east, north = bounds
    return [
        row * A_ROW + column
        for row in range(floor(south * A_DEGREE), floor(north * A_DEGREE) + 1)
        for column in range(floor(west * A_DEGREE), floor(east * A_DEGREE) + 1)
    ]


def bounds_around(longitude: float, latitude: float, metres: float) -> Bounds:
    """The piece of the map that reaches so many metres from a point to each side."""
    north = metres / METRES_A_DEGREE
    east = north / cos(radians(latitude))
    return longitude - east, latitude - north, longitude + east, latitude + north


def metres_between(first: tuple[float, float], second: tuple[float, float]) -> float:
    """How far two near points (longitude, latitude) lie apart, on a flat map."""
    east = (first[0] - second[0]) * cos(radians((first[1] + second[1]) / 2))
    north = first[1] - second[1]
    return float((east**2 + north**2) ** 0.5 * METRES_A_DEGREE)
