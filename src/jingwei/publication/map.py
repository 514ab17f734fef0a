"""The map of public cases, drawn as an SVG without script: borders of grids and a pin for each place. Two queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Any

import shapely
from django.db import connection
from shapely.geometry.base import BaseGeometry

from jingwei.cases.public import OPEN
from jingwei.places.public import METRES_A_DEGREE, Area, Boundary, Level
from jingwei.publication.models import PublicCase
from jingwei.publication.reading import Filters, Shown, shown
from jingwei.publication.view import View

SIDE = 640
"""Units of the drawing along a side."""
SCALES = {1000: 20, 2000: 6, 4000: 2}
"""How wide a view may be in metres, and how many of the newest cases it takes from each square."""
FIRST_SCALE = 1000
FURTHEST = 179.0, 85.0
NAMED_FROM = 60
"""Units of width that a grid needs to carry its name."""

# The newest of each square, from the index alone: what it costs does not grow with the archive.
NEAR = """
    SELECT found.* FROM unnest(%(cells)s::bigint[]) AS wanted (cell), LATERAL (
        SELECT number, title, category_code, status, longitude, latitude, reported_at, due_at, handled_at
        FROM public_case
        WHERE is_shown AND cell = wanted.cell AND reported_at >= %(since)s
            AND (%(first)s = '' OR category_code BETWEEN %(first)s AND %(last)s)
            AND (%(statuses)s::text[] IS NULL OR status = ANY (%(statuses)s::text[]))
            AND (NOT %(late)s OR handled_at IS NULL AND due_at <= %(now)s)
        ORDER BY reported_at DESC LIMIT %(most)s
    ) AS found
    WHERE longitude BETWEEN %(west)s AND %(east)s AND latitude BETWEEN %(south)s AND %(north)s
    ORDER BY reported_at DESC
"""


@dataclass(frozen=True)
class Pin:
    """A place on the drawing and the cases there, the newest first."""

    x: float
    y: float
    cases: tuple[Shown, ...]

    @property
    def colour(self) -> str:
        """The state that matters most: late, open, or all closed."""
        if any(case.is_late for case in self.cases):
            return "late"
        return "open" if any(case.row.status in OPEN for case in self.cases) else "closed"

    @property
    def is_many(self) -> bool:
        return len(self.cases) > 1


@dataclass(frozen=True)
class Border:
    path: str
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    view: View
    borders: tuple[Border, ...]
    pins: tuple[Pin, ...]
    side: int = SIDE

    @property
    def cases(self) -> list[Shown]:
        """All that is shown, the newest first."""
        every = [case for pin in self.pins for case in pin.cases]
        return sorted(every, key=lambda case: case.row.reported_at, reverse=True)


def view_of(area: Area, at: str, scale: str) -> View:
    """The view that an address asks for ("114.3,30.5" and metres), else the middle of the area."""
    metres = int(scale) if scale.isascii() and scale.isdigit() and int(scale) in SCALES else FIRST_SCALE
    longitude, latitude = _point(at) or _middle(area)
    return View(longitude, latitude, metres)


def _point(said: str) -> tuple[float, float] | None:
    try:
        longitude, latitude = map(float, said.split(","))
    except ValueError:
        return None
    is_on_earth = abs(longitude) <= FURTHEST[0] and abs(latitude) <= FURTHEST[1]  # nan is neither
    return (longitude, latitude) if is_on_earth else None


def _middle(area: Area) -> tuple[float, float]:
    if area.longitude is not None and area.latitude is not None:
        return area.longitude, area.latitude
    newest = (
        PublicCase.objects.filter(code__range=area.span, is_shown=True, longitude__isnull=False)
        .order_by("-reported_at")
        .values_list("longitude", "latitude")
        .first()
    )
    return (newest[0] or 0.0, newest[1] or 0.0) if newest else (0.0, 0.0)


def draw(view: View, filters: Filters, now: datetime) -> Drawing:
    return Drawing(view, tuple(_borders(view)), tuple(_pins(view, filters, now)))


def near(view: View, filters: Filters, now: datetime) -> list[PublicCase]:
    """The newest public cases of each square of a view: one query, whose cost has a bound."""
    west, south, east, north = view.bounds
    is_closed = filters.state == "closed"
    statuses = (["closed"] if is_closed else sorted(OPEN)) if filters.state else None
    given: dict[str, Any] = {
        "cells": view.squares,
        "since": filters.since(now),
        "first": filters.category.ljust(4, "0") if filters.category else "",
        "last": filters.category.ljust(4, "9"),
        "statuses": statuses,
        "late": filters.state == "late",
        "now": now,
        "most": SCALES[int(view.metres)],
        "west": west,
        "south": south,
        "east": east,
        "north": north,
    }
    with connection.cursor() as cursor:
        cursor.execute(NEAR, given)
        names = [column.name for column in cursor.description or ()]
        return [PublicCase(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _pins(view: View, filters: Filters, now: datetime) -> Iterator[Pin]:
    places: dict[tuple[float, float], list[Shown]] = {}
    for row in near(view, filters, now):
        assert row.longitude is not None
        assert row.latitude is not None
        places.setdefault((row.longitude, row.latitude), []).append(shown(row, now))
    for (longitude, latitude), cases in places.items():
        yield Pin(*_drawn(view, longitude, latitude), tuple(cases))


def _borders(view: View) -> Iterator[Border]:
    west, south, east, north = view.bounds
    window = shapely.box(west, south, east, north)
    rows = Boundary.objects.filter(
        area__level=Level.GRID,
        area__ends_on=None,
        min_longitude__lte=east,
        max_longitude__gte=west,
        min_latitude__lte=north,
        max_latitude__gte=south,
    ).select_related("area")
    for row in rows:
        shape = shapely.from_wkb(bytes(row.wkb))
        seen = shape.intersection(window)
        if seen.is_empty:
            continue
        left, _y, right, _top = seen.bounds
        is_wide = (right - left) / (east - west) * SIDE >= NAMED_FROM
        middle = seen.representative_point()
        x, y = _drawn(view, middle.x, middle.y)
        yield Border(_path(view, shape), row.area.title if is_wide else "", x, y)


def _drawn(view: View, longitude: float, latitude: float) -> tuple[float, float]:
    east = (longitude - view.longitude) * METRES_A_DEGREE * cos(radians(view.latitude))
    north = (latitude - view.latitude) * METRES_A_DEGREE
    scale = SIDE / view.metres
    return round(SIDE / 2 + east * scale, 1), round(SIDE / 2 - north * scale, 1)


def _path(view: View, shape: BaseGeometry) -> str:
    rings = [part.exterior for part in getattr(shape, "geoms", [shape])]
    return " ".join(
        "M" + "L".join("{:g} {:g}".format(*_drawn(view, point[0], point[1])) for point in ring.coords[:-1]) + "Z"
        for ring in rings
    )
