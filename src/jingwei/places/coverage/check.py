"""Whether grids cover their communities once and no more, and are as large and as staffed as they should be.

Geometry is asked for whole arrays at a time; only what is found is looked at one by one.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from jingwei.places import codes
from jingwei.places.codes import Level
from jingwei.places.coverage.ground import (
    Finding,
    Floats,
    Ground,
    Kind,
    Limits,
    Numbers,
    Piece,
    Severity,
    Shapes,
    community_of,
    polygonal,
)
from jingwei.places.projections import LocalPlane, square_metres

NOTHING = 0.01
"""Square metres: what is smaller comes of the sixteenth digit of the coordinates, not of a border."""
TOUCHING = 1e-7
"""Degrees (a centimetre) within which two borders are one."""
TOUCHING_METRES = 0.01
CORNER = 1e-3
"""Share of an edge below which two shapes meet at a corner only."""
Beside = Callable[[BaseGeometry], tuple[int, ...]]
ORDER = {Severity.MUST: 0, Severity.SHOULD: 1, Severity.HINT: 2}


def check(ground: Ground, limits: Limits) -> list[Finding]:
    """Everything that is wrong, the worst first and the largest first among those."""
    pieces = [*_overlaps(ground), *_against_outlines(ground)]
    fine = [_is_sliver(piece, ground, limits) for piece in pieces]
    found = [
        *(_of_piece(piece, ground) for piece, is_fine in zip(pieces, fine, strict=True) if not is_fine),
        *_slivers([piece for piece, is_fine in zip(pieces, fine, strict=True) if is_fine]),
        *_undrawn(ground),
        *_strays(ground),
        *_sizes(ground, limits),
        *_staff(ground),
    ]
    kinds = list(Kind)
    found.sort(key=lambda one: (ORDER[one.severity], kinds.index(one.kind), -one.metres, one.codes))
    return found


def _overlaps(ground: Ground) -> Iterator[Piece]:
    """Land that two grids have. Neighbours of other communities count as well."""
    shapes = ground.outlines
    if len(shapes) < 2:
        return
    shapely.prepare(shapes)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    is_pair = first < second
    first, second = first[is_pair], second[is_pair]
    share = shapely.relate_pattern(shapes[first], shapes[second], "T********")
    first, second = first[share], second[share]
    shared = shapely.intersection(shapes[first], shapes[second])
    for a, b, shape in zip(first, second, shared, strict=True):
        pair = int(ground.codes[a]), int(ground.codes[b])
        yield from _pieces(Kind.OVERLAP, shape, _always(*pair))


def _against_outlines(ground: Ground) -> Iterator[Piece]:
    """Land of a community that no grid of it has, and land of its grids outside of it."""
    owners = ground.codes - ground.codes % Level.COMMUNITY.step
    rims = np.append(np.flatnonzero(np.diff(owners, prepend=-1)), len(owners))
    for start, end in pairwise(rims):
        members, shapes = ground.codes[start:end], ground.outlines[start:end]
        outline = ground.communities.get(int(owners[start]))
        union = _union(shapes)
        if outline is None:
            yield from _gaps(_holes(union), members, shapes)
        elif not shapely.equals_exact(shapely.normalize(union), outline):
            yield from _gaps(shapely.difference(outline, union), members, shapes)
            for code, over in zip(members, shapely.difference(shapes, outline), strict=True):
                yield from _pieces(Kind.OUTSIDE, over, _always(int(code)))


def _union(shapes: Shapes) -> BaseGeometry:
    """A clean set of grids is joined without looking for crossings, ten times as fast."""
    if shapely.coverage_is_valid(shapes):
        return shapely.coverage_union_all(shapes)
    return shapely.union_all(shapes)


def _holes(union: BaseGeometry) -> BaseGeometry:
    rings = [ring for part in shapely.get_parts(union) for ring in part.interiors]
    return shapely.union_all(shapely.polygons(rings)) if rings else shapely.Polygon()


def _gaps(land: BaseGeometry, members: Numbers, shapes: Shapes) -> Iterator[Piece]:
    tree = shapely.STRtree(shapes)

    def beside(piece: BaseGeometry) -> tuple[int, ...]:
        """The grids along a gap, that with the longest common border first."""
        near = tree.query(piece, predicate="dwithin", distance=TOUCHING)
        shares = common_border(piece, shapes[near])
        order = np.lexsort((members[near], -shares))
        return tuple(int(members[near[place]]) for place in order if shares[place] > 0)

    yield from _pieces(Kind.GAP, land, beside)


def common_border(piece: BaseGeometry, shapes: Shapes) -> Floats:
    """Which share of the edge of a piece runs along each shape."""
    middle = piece.centroid
    plane = LocalPlane(middle.x, middle.y)
    edge = shapely.boundary(shapely.transform(piece, plane.to_metres))
    around = shapely.buffer(shapely.transform(shapes, plane.to_metres), TOUCHING_METRES)
    shares: Floats = np.minimum(shapely.length(shapely.intersection(edge, around)) / shapely.length(edge), 1.0)
    return np.where(shares < CORNER, 0.0, shares)


def _always(*given: int) -> Beside:
    return lambda _piece: given


def _pieces(kind: Kind, land: BaseGeometry, beside: Beside) -> Iterator[Piece]:
    if land.is_empty:
        return
    parts = shapely.get_parts(polygonal(land))
    for part, metres in zip(parts, square_metres(parts), strict=True):
        if metres >= NOTHING:
            yield Piece(kind, beside(part), part, float(metres))


def _is_sliver(piece: Piece, ground: Ground, limits: Limits) -> bool:
    if piece.metres < limits.sliver_metres:
        return True
    edge = shapely.length(shapely.transform(piece.shape, ground.plane.to_metres))
    return bool(2 * piece.metres / edge < limits.sliver_width)


def _of_piece(piece: Piece, ground: Ground) -> Finding:
    inside = ground.houses.inside(piece.shape)
    return Finding(
        kind=piece.kind,
        community=_community(piece, ground),
        codes=piece.codes,
        metres=piece.metres,
        shape=piece.shape,
        houses=tuple(map(int, inside)),
        households=int(ground.houses.households[inside].sum()),
    )


def _community(piece: Piece, ground: Ground) -> int:
    if piece.codes:
        return community_of(piece.codes[0])
    point = piece.shape.point_on_surface()
    return next((code for code, outline in ground.communities.items() if outline.covers(point)), codes.WHOLE)


def _slivers(pieces: Sequence[Piece]) -> Iterator[Finding]:
    """One finding for all slivers of a community: they are snapped together."""
    by_community: dict[int, list[Piece]] = {}
    for piece in pieces:
        if piece.codes:
            by_community.setdefault(community_of(piece.codes[0]), []).append(piece)
    for community, found in sorted(by_community.items()):
        concerned = tuple(sorted({code for piece in found for code in piece.codes}))
        metres = sum(piece.metres for piece in found)
        yield Finding(Kind.SLIVERS, community, concerned, metres, pieces=tuple(found))


def _undrawn(ground: Ground) -> Iterator[Finding]:
    for code in ground.listed:
        if codes.level_of(code) is Level.GRID and code not in ground.grids:
            yield Finding(Kind.UNDRAWN, community_of(code), (code,), households=ground.households.get(code, 0))


def _strays(ground: Ground) -> Iterator[Finding]:
    """Buildings that stand in another grid than the one they are registered in; one finding for each such pair.

    Where grids overlap, that they stand in the right one too is enough; in a gap they stand in none.
    """
    houses = ground.houses
    if not len(houses.codes) or not len(ground.codes):
        return
    tree = shapely.STRtree(ground.outlines)
    house, place = tree.query(houses.points, predicate="intersects")
    at = ground.codes[place]
    is_right = np.zeros(len(houses.codes), dtype=bool)
    is_right[house[houses.grids[house] == at]] = True
    first = np.full(len(houses.codes), -1)
    first[house[::-1]] = place[::-1]
    pairs: dict[tuple[int, int], list[int]] = {}
    drawn = np.isin(houses.grids, ground.codes)
    for index in np.flatnonzero(~is_right & (first >= 0) & drawn):
        pair = int(houses.grids[index]), int(ground.codes[first[index]])
        pairs.setdefault(pair, []).append(int(index))
    for (registered, there), found in sorted(pairs.items()):
        number = int(houses.households[found].sum())
        yield Finding(Kind.STRAY, community_of(registered), (registered, there), houses=tuple(found), households=number)


def _sizes(ground: Ground, limits: Limits) -> Iterator[Finding]:
    """Grids with too many or too few households; one without any building is not inhabited, or not registered yet."""
    for code in ground.listed:
        number = ground.households.get(code, 0)
        if codes.level_of(code) is not Level.GRID or not number:
            continue
        if number > limits.most_households:
            yield Finding(Kind.TOO_LARGE, community_of(code), (code,), households=number)
        elif number < limits.fewest_households:
            yield Finding(Kind.TOO_SMALL, community_of(code), (code,), households=number)


def _staff(ground: Ground) -> Iterator[Finding]:
    for code in ground.listed:
        level = codes.level_of(code)
        if level is Level.GRID and ground.staffing.grids is not None and code not in ground.staffing.grids:
            yield Finding(Kind.NO_WORKER, community_of(code), (code,), households=ground.households.get(code, 0))
        if level is Level.UNIT and ground.staffing.units is not None and code not in ground.staffing.units:
            yield Finding(Kind.NO_HEAD, community_of(code), (code,))
