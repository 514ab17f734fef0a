"""How a finding can be mended: what each way changes of the map, and of where buildings are registered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from jingwei.places.coverage.check import TOUCHING, common_border
from jingwei.places.coverage.ground import Finding, Floats, Ground, Kind, Piece, outline_of, polygonal
from jingwei.places.outlines import Outline

MOST_NEIGHBOURS = 4
SMALLEST_SHARE = 0.05
"""Of a gap's edge: a neighbour with less of it is not proposed."""
CUT = "cut"
SNAP = "snap"
TRIM = "trim"
REGISTER = "register"


@dataclass(frozen=True)
class Mend:
    """`key` names it among those of its finding: "to-CODE", or one of the words above.

    `outlines`: the new ones by code. `moves`: buildings, by index, that will be registered in another grid.
    """

    key: str
    outlines: Mapping[int, Outline] = field(default_factory=dict)
    moves: Mapping[int, int] = field(default_factory=dict)
    code: int = 0
    share: float = 0.0

    def households_after(self, ground: Ground) -> dict[int, int]:
        """Of the grids whose number changes, or whose outline does."""
        after = ground.with_moves(self.moves).households
        before = ground.households
        changed = {code for code in {*after, *before} if after.get(code, 0) != before.get(code, 0)}
        return {code: after.get(code, 0) for code in sorted({*changed, *self.outlines})}


def mends(finding: Finding, ground: Ground) -> list[Mend]:
    """The ways to mend a finding, the best first. None for what is mended elsewhere: by postings, or by a split."""
    match finding.kind:
        case Kind.GAP:
            return _of_gap(finding, ground)
        case Kind.OVERLAP:
            return _of_overlap(finding, ground)
        case Kind.OUTSIDE:
            return [_trim(finding, ground)]
        case Kind.SLIVERS:
            return [_snap(finding.pieces, ground)]
        case Kind.STRAY:
            return [Mend(REGISTER, moves=dict.fromkeys(finding.houses, finding.codes[1]), code=finding.codes[1])]
    return []


def _moves(houses: Iterable[int], code: int, ground: Ground) -> dict[int, int]:
    """Buildings that come to a grid; those registered in it, or in a unit of it, stay as they are."""
    return {index: code for index in houses if int(ground.houses.grids[index]) != code}


def _of_gap(finding: Finding, ground: Ground) -> list[Mend]:
    assert finding.shape is not None
    shares = common_border(finding.shape, np.array([ground.grids[code] for code in finding.codes], dtype=object))
    found = [
        Mend(
            f"to-{code}",
            {code: _joined(ground.grids[code], finding.shape)},
            _moves(finding.houses, code, ground),
            code=code,
            share=float(share),
        )
        for code, share in zip(finding.codes, shares, strict=True)
        if share >= SMALLEST_SHARE
    ]
    return found[:MOST_NEIGHBOURS]


def _joined(outline: Outline, land: BaseGeometry) -> Outline:
    """With land along its border; a thread left between the two by rounding is closed."""
    joined = shapely.union(outline, land)
    if joined.geom_type == "MultiPolygon" and outline.geom_type == "Polygon":
        joined = shapely.union(outline, shapely.buffer(land, TOUCHING, join_style="mitre"))
    return outline_of(joined)


def _of_overlap(finding: Finding, ground: Ground) -> list[Mend]:
    """To the one where most of the households are registered, to the other, or cut along the middle."""
    assert finding.shape is not None
    first, second = finding.codes
    mine = {code: _registered(finding, code, ground) for code in finding.codes}
    ordered = sorted(finding.codes, key=lambda code: (-mine[code], code))
    found = [
        Mend(
            f"to-{code}",
            {other: _less(ground.grids[other], finding.shape)},
            _moves(finding.houses, code, ground),
            code=code,
        )
        for code in ordered
        for other in (second if code == first else first,)
    ]
    halves = cut_in_the_middle(finding.shape, ground.grids[first], ground.grids[second])
    if halves:
        found.append(_cut(finding, halves, ground))
    return [mend for mend in found if not any(outline.is_empty for outline in mend.outlines.values())]


def _registered(finding: Finding, code: int, ground: Ground) -> int:
    return sum(
        int(ground.houses.households[index]) for index in finding.houses if int(ground.houses.grids[index]) == code
    )


def _cut(finding: Finding, halves: tuple[BaseGeometry, BaseGeometry], ground: Ground) -> Mend:
    first, second = finding.codes
    to_first, to_second = halves
    outlines = {
        first: _less(ground.grids[first], to_second),
        second: _less(ground.grids[second], to_first),
    }
    inside = {index: to_first.covers(ground.houses.points[index]) for index in finding.houses}
    moves = {
        **_moves([index for index, is_first in inside.items() if is_first], first, ground),
        **_moves([index for index, is_first in inside.items() if not is_first], second, ground),
    }
    return Mend(CUT, outlines, moves)


def cut_in_the_middle(
    shared: BaseGeometry, first: BaseGeometry, second: BaseGeometry
) -> tuple[Polygon, Polygon] | None:
    """What falls to the first and to the second if their overlap is cut halfway between their borders.

    None where the borders meet at less than two places (one lies within the other), or the overlap is too crooked.
    """
    if not isinstance(shared, Polygon) or shared.interiors:
        return None
    ring = shapely.get_coordinates(shared.exterior)[:-1]
    ends = _ends(ring, first, second)
    if ends is None:
        return None
    ring = np.roll(ring, -ends[0], axis=0)
    turn = ends[1] - ends[0]
    there, back = ring[: turn + 1], np.vstack([ring[turn:], ring[:1]])
    middle = _between(there, back[::-1])
    halves = Polygon([*there, *middle[::-1]]), Polygon([*back, *middle])
    if not all(half.is_valid and half.area > 0 for half in halves):
        return None
    # Beyond the border of the second lies land that is the first's alone, and the other way round.
    is_second = common_border(halves[0], np.array([shapely.boundary(second)], dtype=object))[0]
    is_first = common_border(halves[0], np.array([shapely.boundary(first)], dtype=object))[0]
    return halves if is_second >= is_first else (halves[1], halves[0])


def _ends(ring: Floats, first: BaseGeometry, second: BaseGeometry) -> tuple[int, int] | None:
    """The two corners furthest apart, by their places on the ring, at which both borders meet."""
    corners = shapely.points(ring)
    at_both = [
        shapely.dwithin(shapely.boundary(outline), np.asarray(corners, dtype=object), TOUCHING)
        for outline in (first, second)
    ]
    meeting = np.flatnonzero(at_both[0] & at_both[1])
    if len(meeting) < 2:
        return None
    apart = np.hypot(*(ring[meeting][:, None] - ring[meeting][None, :]).transpose(2, 0, 1))
    one, other = np.unravel_index(int(apart.argmax()), apart.shape)
    return (int(meeting[one]), int(meeting[other])) if one < other else (int(meeting[other]), int(meeting[one]))


def _between(one: Floats, other: Floats) -> Floats:
    """The line halfway between two that begin and end at the same points, which it leaves out."""
    along_one, along_other = _fractions(one), _fractions(other)
    at = np.unique(np.round(np.concatenate([along_one, along_other]), 9))[1:-1]
    if not len(at):
        at = np.array([0.5])
    lines = [
        np.column_stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)])
        for along, line in ((along_one, one), (along_other, other))
    ]
    return np.asarray((lines[0] + lines[1]) / 2)


def _fractions(line: Floats) -> Floats:
    """How far along the line each of its points lies, from 0 to 1."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    return np.concatenate([[0.0], np.cumsum(steps) / steps.sum()])


def _less(outline: BaseGeometry, land: BaseGeometry) -> Outline:
    """Without land that another gets. Threads narrower than a centimetre go with it."""
    left = polygonal(shapely.difference(outline, land))
    parts = shapely.get_parts(left)
    if len(parts) > 1:
        parts = parts[~shapely.is_empty(shapely.buffer(parts, -TOUCHING))]
        left = shapely.union_all(parts)
    return outline_of(left)


def _trim(finding: Finding, ground: Ground) -> Mend:
    assert finding.shape is not None
    (code,) = finding.codes
    return Mend(TRIM, {code: _less(ground.grids[code], finding.shape)}, code=code)


def _snap(pieces: Sequence[Piece], ground: Ground) -> Mend:
    """All slivers at once: gaps to the neighbour along most of their edge, overlaps to the lower code."""
    outlines = dict(ground.grids)
    touched = set()
    for piece in pieces:
        match piece.kind:
            case Kind.GAP:
                code = piece.codes[0]
                outlines[code] = _joined(outlines[code], piece.shape)
            case Kind.OVERLAP:
                code = piece.codes[1]
                outlines[code] = _less(outlines[code], piece.shape)
            case _:
                code = piece.codes[0]
                outlines[code] = _less(outlines[code], piece.shape)
        touched.add(code)
    return Mend(SNAP, {code: outlines[code] for code in sorted(touched) if not outlines[code].is_empty})


@dataclass(frozen=True)
class Split:
    """A straight cut through a grid that leaves about as many households on either side."""

    line: LineString
    households: tuple[int, int]


def suggest_split(code: int, ground: Ground) -> Split | None:
    """Across the longer side of a grid, where half of its households lie to either side. None without buildings."""
    outline = ground.grids.get(code)
    mine = np.flatnonzero(ground.houses.grids == code)
    weights = ground.houses.households[mine]
    if outline is None or len(mine) < 2 or not weights.sum():
        return None
    longitudes, latitudes = ground.houses.longitudes[mine], ground.houses.latitudes[mine]
    west, south, east, north = shapely.transform(outline, ground.plane.to_metres).bounds
    is_wide = east - west >= north - south
    values = longitudes if is_wide else latitudes
    order = np.argsort(values)
    sums = np.cumsum(weights[order])
    at = min(int(np.searchsorted(sums, sums[-1] / 2)), len(mine) - 2)
    if at and abs(int(sums[at - 1]) * 2 - int(sums[-1])) < abs(int(sums[at]) * 2 - int(sums[-1])):
        at -= 1
    cut = float((values[order[at]] + values[order[at + 1]]) / 2)
    low_x, low_y, high_x, high_y = outline.bounds
    line = LineString([(cut, low_y), (cut, high_y)] if is_wide else [(low_x, cut), (high_x, cut)])
    below = int(weights[values < cut].sum())
    return Split(line, (below, int(weights.sum()) - below))
