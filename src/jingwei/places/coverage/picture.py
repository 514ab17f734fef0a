"""The map of coverage as paths of an SVG: grids, what is wrong between them, and how a mend would draw them.

Everything it shows is said in the list beside it too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from jingwei.places.coverage.ground import Finding, Floats, Ground, Kind
from jingwei.places.coverage.mends import Mend, Split
from jingwei.places.projections import LocalPlane

WIDTH, HEIGHT, MARGIN = 760, 780, 44
WIDE, NARROW, TALL = 16, 8.5, 46
"""Pixels that a Chinese and a Latin sign of a label take, and its two lines: a grid that is smaller has no label."""
SCALES = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
LONGEST_SCALE = 120
DRAWN = {Kind.GAP: "gap", Kind.OVERLAP: "overlap", Kind.OUTSIDE: "gap", Kind.SLIVERS: "overlap"}


@dataclass(frozen=True)
class Cell:
    """A grid: its path, and its label where there is room. `is_on`: what the page is about."""

    path: str
    name: str
    said: str
    x: float
    y: float
    has_room: bool
    is_on: bool


@dataclass(frozen=True)
class Flag:
    """A finding on the map, with its number in the list."""

    path: str
    kind: str
    number: int
    x: float
    y: float

    @property
    def text_y(self) -> float:
        return round(self.y + 5, 1)


@dataclass(frozen=True)
class Picture:
    """`scale_metres` are as long as `scale_pixels`, in the units of the view box."""

    cells: tuple[Cell, ...]
    rim: str
    flags: tuple[Flag, ...]
    houses: tuple[tuple[float, float], ...]
    proposed: tuple[str, ...]
    cut: str
    scale_metres: int
    scale_pixels: float
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def scale_x(self) -> float:
        return round(MARGIN + self.scale_pixels, 1)


class View:
    """From degrees to the view box, north up, as large as fits."""

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        west, south, east, north = bounds
        self.plane = LocalPlane((west + east) / 2, (south + north) / 2)
        (low_x, low_y), (high_x, high_y) = self.plane.to_metres(np.array([[west, south], [east, north]]))
        self.scale = min((WIDTH - 2 * MARGIN) / (high_x - low_x), (HEIGHT - 2 * MARGIN) / (high_y - low_y))

    def points(self, degrees: Floats) -> Floats:
        metres = self.plane.to_metres(degrees)
        return np.column_stack([WIDTH / 2 + metres[:, 0] * self.scale, HEIGHT / 2 - metres[:, 1] * self.scale])

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        ((x, y),) = self.points(np.array([[longitude, latitude]]))
        return round(float(x), 1), round(float(y), 1)

    def path(self, shape: BaseGeometry | None) -> str:
        if shape is None or shape.is_empty:
            return ""
        rings = [
            ring
            for part in shapely.get_parts(shape)
            if part.geom_type == "Polygon"
            for ring in (part.exterior, *part.interiors)
        ]
        return " ".join(f"M{self._line(shapely.get_coordinates(ring)[:-1])}Z" for ring in rings)

    def line(self, shape: BaseGeometry) -> str:
        return f"M{self._line(shapely.get_coordinates(shape))}"

    def _line(self, degrees: Floats) -> str:
        return "L".join(f"{x:.1f} {y:.1f}" for x, y in self.points(degrees))


def draw(
    ground: Ground,
    shown: Sequence[int],
    *,
    names: Mapping[int, str],
    said: Mapping[int, str],
    findings: Sequence[tuple[int, Finding]],
    on: Sequence[int] = (),
    mend: Mend | None = None,
    split: Split | None = None,
) -> Picture | None:
    """The grids of `shown` with their neighbours' edges left out. None where none of them is drawn."""
    drawn = [code for code in shown if code in ground.grids]
    rims = [ground.communities[code] for code in ground.communities if code in names]
    if not drawn and not rims:
        return None
    shapes = np.array([*(ground.grids[code] for code in drawn), *rims], dtype=object)
    low_x, low_y, high_x, high_y = (float(one) for one in shapely.total_bounds(shapes))
    view = View((low_x, low_y, high_x, high_y))
    metres, pixels = _scale(view)
    flags = [flag for number, one in findings for flag in _flags(view, number, one)]
    return Picture(
        cells=tuple(_cell(view, ground, code, names[code], said.get(code, ""), is_on=code in on) for code in drawn),
        rim=" ".join(view.path(rim) for rim in rims),
        flags=tuple(flags),
        houses=tuple(
            view.point(float(ground.houses.longitudes[house]), float(ground.houses.latitudes[house]))
            for house in sorted({house for _number, one in findings for house in one.houses})
        ),
        proposed=tuple(view.path(outline) for outline in (mend.outlines.values() if mend else ())),
        cut=view.line(split.line) if split else "",
        scale_metres=metres,
        scale_pixels=pixels,
    )


def _cell(view: View, ground: Ground, code: int, name: str, said: str, *, is_on: bool) -> Cell:
    outline = ground.grids[code]
    middle = shapely.point_on_surface(outline) if not outline.covers(outline.centroid) else outline.centroid
    x, y = view.point(middle.x, middle.y)
    west, south, east, north = outline.bounds
    (left, low), (right, high) = view.points(np.array([[west, south], [east, north]]))
    has_room = right - left > max(_width(name), _width(said)) and low - high > TALL
    return Cell(view.path(outline), name, said, x, y, bool(has_room), is_on)


def _width(label: str) -> float:
    return sum(WIDE if ord(sign) > 0x2E7F else NARROW for sign in label)


def _flags(view: View, number: int, finding: Finding) -> list[Flag]:
    kind = DRAWN.get(finding.kind)
    if kind is None:
        return []
    shapes = [finding.shape] if finding.shape is not None else [piece.shape for piece in finding.pieces]
    flags = []
    for shape in shapes:
        middle = shapely.point_on_surface(shape)
        flags.append(Flag(view.path(shape), kind, number, *view.point(middle.x, middle.y)))
    return flags


def _scale(view: View) -> tuple[int, float]:
    """The longest round number of metres that fits."""
    fitting = [metres for metres in SCALES if metres * view.scale <= LONGEST_SCALE]
    metres = fitting[-1] if fitting else SCALES[0]
    return metres, round(metres * view.scale, 1)
