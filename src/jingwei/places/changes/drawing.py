"""An area drawn from above, for a page: its outline, what lies in it, and the parts of a change. Coordinates only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from jingwei.places.changes.cutting import Point
from jingwei.places.outlines import Outline

WIDTH, HEIGHT, MARGIN = 720.0, 440.0, 26.0
LONGEST_LABEL = 8
MARKS = 24
"""Numbered points along a border, between which a cut can be chosen without drawing."""


@dataclass(frozen=True)
class Shape:
    """A face: its path, and its label at a point inside. `tone` is the number of the part it belongs to, or ""."""

    path: str
    x: float
    y: float
    label: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Mark:
    """A numbered point of the border."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Dot:
    """A building, with the last part of its name ("5 栋" of "荷塘小区 5 栋")."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Drawing:
    shapes: Sequence[Shape]
    inside: Sequence[Shape] = ()
    dots: Sequence[Dot] = ()
    marks: Sequence[Mark] = ()
    width: float = WIDTH
    height: float = HEIGHT


class _View:
    """From degrees to the drawing: as wide at its middle latitude as the ground is."""

    def __init__(self, shape: BaseGeometry) -> None:
        west, south, east, north = shape.bounds
        self.west, self.north = west, north
        self.narrow = float(np.cos(np.radians((south + north) / 2)))
        wide, high = (east - west) * self.narrow, north - south
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        self.left = (WIDTH - wide * self.scale) / 2
        self.top = (HEIGHT - high * self.scale) / 2

    def point(self, x: float, y: float) -> tuple[float, float]:
        across = self.left + (x - self.west) * self.narrow * self.scale
        return round(across, 1), round(self.top + (self.north - y) * self.scale, 1)

    def path(self, shape: BaseGeometry) -> str:
        rings = [
            ring
            for face in shapely.get_parts(shape)
            if isinstance(face, Polygon)
            for ring in (face.exterior, *face.interiors)
        ]
        return " ".join("M" + "L".join(f"{x:g} {y:g}" for x, y in self._points(ring)) + "Z" for ring in rings)

    def _points(self, ring: LineString) -> list[tuple[float, float]]:
        return [self.point(x, y) for x, y in shapely.get_coordinates(ring)[:-1]]

    def shape(self, shape: BaseGeometry, label: str = "", tone: str = "") -> Shape:
        middle = shape.representative_point()
        x, y = self.point(middle.x, middle.y)
        return Shape(self.path(shape), x, y, label, tone)


def draw(
    whole: BaseGeometry,
    faces: Sequence[tuple[str, BaseGeometry]],
    *,
    inside: Mapping[str, BaseGeometry] | None = None,
    dots: Iterable[tuple[str, Point]] = (),
    has_marks: bool = False,
) -> Drawing:
    """`faces` are drawn first and get tones if there are several; `inside`, by their labels, above them."""
    view = _View(whole)
    is_many = len(faces) > 1
    return Drawing(
        shapes=[view.shape(face, name, str(number) if is_many else "") for number, (name, face) in enumerate(faces)],
        inside=[view.shape(face, name) for name, face in (inside or {}).items()],
        dots=[Dot(*view.point(*point), name.split(" ", 1)[-1][:LONGEST_LABEL]) for name, point in dots],
        marks=[Mark(number, *view.point(*point)) for number, point in enumerate(border(whole), start=1)]
        if has_marks
        else (),
    )


def border(outline: BaseGeometry) -> list[Point]:
    """The numbered points: evenly along the outer border of the largest face, from its most northern point on."""
    face = max(shapely.get_parts(outline), key=lambda part: part.area)
    ring = face.exterior
    north = max(shapely.get_coordinates(ring), key=lambda point: (point[1], -point[0]))
    start = float(shapely.line_locate_point(ring, shapely.points(north)))
    steps = (start + ring.length * np.arange(MARKS) / MARKS) % ring.length
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(shapely.line_interpolate_point(ring, steps))]


def drawn_with(outline: Outline | None, parts: Sequence[tuple[str, Outline | None]]) -> list[tuple[str, Outline]]:
    """The parts that have an outline, or else the area as a whole."""
    faces = [(name, shape) for name, shape in parts if shape is not None]
    return faces or ([("", outline)] if outline is not None else [])
