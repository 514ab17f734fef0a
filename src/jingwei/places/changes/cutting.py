"""Cutting an outline into parts that cover it exactly, and joining outlines. Shapes only, no database.

Parts share their new border point by point: each is cut from what the ones before it have left.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from jingwei.kernel.public import Refused
from jingwei.places.outlines import Outline
from jingwei.places.projections import square_metres

METRES_A_DEGREE = 111_195.08
"""Of latitude, on the sphere of mean radius (IUGG)."""
NEGLIGIBLE = 1.0
"""Square metres that a boundary drawn by hand may be off before it counts as a gap or an overlap."""
SHORTEST_BORDER = 1.0
"""Metres of common border that make two areas neighbours; a corner makes none."""

Point = tuple[float, float]
"""Longitude and latitude."""


def cut_straight(outline: Outline, first: Point, second: Point, name: str) -> tuple[Outline, Outline]:
    """The two parts on either side of the line through two points, left of its direction first."""
    (x, y), (to_x, to_y) = first, second
    if (x, y) == (to_x, to_y):
        raise Refused(_("The cut needs two different points."))
    west, south, east, north = outline.bounds
    far = 2 * (east - west + north - south + abs(x - west) + abs(y - south)) / float(np.hypot(to_x - x, to_y - y))
    line = LineString([(x - far * (to_x - x), y - far * (to_y - y)), (x + far * (to_x - x), y + far * (to_y - y))])
    pieces = list(split(outline, line).geoms)
    middles = [piece.representative_point() for piece in pieces]
    is_left = [(to_x - x) * (middle.y - y) - (to_y - y) * (middle.x - x) > 0 for middle in middles]
    left = [piece for piece, is_here in zip(pieces, is_left, strict=True) if is_here]
    right = [piece for piece, is_here in zip(pieces, is_left, strict=True) if not is_here]
    if not left or not right:
        raise Refused(_("The line does not cross %(name)s. Choose two points on its border.") % {"name": name})
    return _whole(left), _whole(right)


def _whole(pieces: Sequence[BaseGeometry]) -> Outline:
    result = shapely.normalize(shapely.union_all(pieces))
    assert isinstance(result, Polygon | MultiPolygon)
    return result


def cut_by_things(
    outline: Outline,
    things: Sequence[tuple[int, Point]],
    fixed: Sequence[tuple[int, BaseGeometry]],
    count: int,
    name: str,
) -> list[Outline]:
    """`count` parts: the ground nearest to the things of each. `fixed` are outlines that go whole to a part.

    `things` are the parts of buildings and the points where these stand.
    """
    taken = [shapely.intersection(outline, _union(fixed, part)) for part in range(count)]
    left = shapely.difference(outline, shapely.union_all(taken))
    if not left.is_empty:
        cells = _cells(left, _seeds(things, fixed))
        taken = [
            shapely.union(mine, shapely.intersection(left, cells.get(part, Polygon())))
            for part, mine in enumerate(taken)
        ]
    if any(shape.area == 0 for shape in taken):
        raise Refused(
            _("Each part of %(name)s needs at least one building or area with a place of its own.") % {"name": name}
        )
    return exactly(outline, taken)


def _union(fixed: Sequence[tuple[int, BaseGeometry]], wanted: int) -> BaseGeometry:
    return shapely.union_all([shape for part, shape in fixed if part == wanted])


def _seeds(things: Sequence[tuple[int, Point]], fixed: Sequence[tuple[int, BaseGeometry]]) -> dict[Point, int]:
    """Points and their parts. The first at a point has it: two parts cannot meet in one."""
    seeds: dict[Point, int] = {}
    for part, shape in fixed:
        for x, y in shapely.get_coordinates(shapely.segmentize(shape.convex_hull, max(shape.length, 1e-9) / 16)):
            seeds.setdefault((float(x), float(y)), part)
    for part, point in things:
        seeds.setdefault(point, part)
    return seeds


def _cells(around: BaseGeometry, seeds: dict[Point, int]) -> dict[int, BaseGeometry]:
    """For each part, the ground that is nearer to its seeds than to any other."""
    points = list(seeds)
    if len(points) == 1:
        return {seeds[points[0]]: shapely.box(*around.bounds)}
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=around))
    owners = shapely.STRtree(cells).query(shapely.points(points), predicate="intersects")
    part_of = {int(cell): seeds[points[int(point)]] for point, cell in owners.T}
    return {
        part: shapely.union_all([cells[cell] for cell, owner in part_of.items() if owner == part])
        for part in set(part_of.values())
    }


def exactly(outline: Outline, wanted: Sequence[BaseGeometry]) -> list[Outline]:
    """The parts made to fit: nothing of one in another, nothing outside, nothing left over."""
    left: BaseGeometry = outline
    parts: list[Outline] = []
    for shape in wanted[:-1]:
        parts.append(_polygons(shapely.intersection(left, shape)))
        left = shapely.difference(left, parts[-1])
    return [*parts, _polygons(left)]


def _polygons(shape: BaseGeometry) -> Outline:
    """Without the lines and points that an intersection may leave."""
    faces = [one for one in shapely.get_parts(shape) if isinstance(one, Polygon) and not one.is_empty]
    return _whole(faces)


def _metres(shape: BaseGeometry) -> float:
    return float(square_metres(np.array([shape], dtype=object))[0])


def check_cover(outline: Outline, parts: Sequence[tuple[str, Outline]], name: str) -> None:
    """Refused unless the named parts cover the outline of `name`, as closely as a hand can draw."""
    union = shapely.union_all([shape for _name, shape in parts])
    checks = (
        (
            shapely.difference(outline, union),
            _("The parts leave %(metres)d m² of %(name)s out near %(longitude)s, %(latitude)s. Extend one of them."),
        ),
        (
            shapely.difference(union, outline),
            _("The parts reach %(metres)d m² beyond %(name)s near %(longitude)s, %(latitude)s. Draw them inside it."),
        ),
    )
    for shape, message in checks:
        if _metres(shape) > NEGLIGIBLE:
            raise Refused(message % {"name": name, **_where(shape)})
    for index, (one, shape) in enumerate(parts):
        for other, beside in parts[:index]:
            common = shapely.intersection(shape, beside)
            if _metres(common) > NEGLIGIBLE:
                raise Refused(
                    _(
                        "%(one)s and %(other)s overlap by %(metres)d m² near %(longitude)s, %(latitude)s. "
                        "Give that to one of them."
                    )
                    % {"one": other, "other": one, **_where(common)}
                )


def _where(shape: BaseGeometry) -> dict[str, float | str]:
    point = shape.representative_point()
    return {
        "metres": max(1, round(_metres(shape))),
        "longitude": f"{point.x:.6f}",
        "latitude": f"{point.y:.6f}",
    }


def cuts_through(shape: BaseGeometry, parts: Sequence[Outline]) -> bool:
    """Whether more than a hand's error of `shape` lies in a second part."""
    shares = sorted(_metres(shapely.intersection(shape, part)) for part in parts)
    return len(shares) > 1 and bool(shares[-2] > NEGLIGIBLE)


def joined(outlines: Sequence[tuple[str, Outline]]) -> Outline:
    """The outlines as one. Refused names one that does not border the others."""
    reached = {0}
    while True:
        more = {
            index
            for index in range(len(outlines))
            if index not in reached and any(_are_neighbours(outlines[index][1], outlines[one][1]) for one in reached)
        }
        if not more:
            break
        reached |= more
    for index, (name, _shape) in enumerate(outlines):
        if index not in reached:
            raise Refused(
                _("%(name)s does not border %(other)s. Only neighbours become one.")
                % {"name": name, "other": outlines[0][0]}
            )
    return _whole([shape for _name, shape in outlines])


def _are_neighbours(one: Outline, other: Outline) -> bool:
    """Whether they share a border, within what a hand may be off."""
    near = shapely.buffer(one, NEGLIGIBLE / METRES_A_DEGREE)
    return bool(shapely.intersection(near, shapely.boundary(other)).length * METRES_A_DEGREE > 2 + SHORTEST_BORDER)
