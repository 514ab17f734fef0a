"""The ground of an area as the map has it, or as a draft would make it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from uuid import UUID

import numpy as np
import shapely

from jingwei.places import codes
from jingwei.places.codes import Level
from jingwei.places.coverage.ground import Ground, Houses, Limits
from jingwei.places.coverage.staffing import staffing_of
from jingwei.places.models import Area, Boundary, BoundaryDraft, Building, CoverageLimits, DraftMove, DraftOutline
from jingwei.places.outlines import Outline
from jingwei.places.queries import today


@dataclass(frozen=True)
class Loaded:
    """The ground, and which building each index of it is."""

    ground: Ground
    building_ids: tuple[UUID, ...]
    limits: Limits


def load(code: int, draft: BoundaryDraft | None = None, on: date | None = None) -> Loaded:
    """The ground of the area `code` and all below it; with a draft, as its steps leave it. Six or eight queries."""
    on = on or today()
    first, last = codes.span(code)
    outlines = _outlines(code, on)
    ids, houses = _houses(code)
    if draft:
        drafted = drafted_outlines(draft)
        outlines.update({area: outline for area, outline in drafted.items() if first <= area <= last})
        houses = _with_moves(draft, ids, houses)
    there = set(
        Area.objects.current(on).under(code).at(Level.COMMUNITY, Level.GRID, Level.UNIT).values_list("pk", flat=True)
    )
    drawn = {area: (codes.level_of(area), outline) for area, outline in outlines.items() if area in there}
    ground = Ground(
        grids={area: outline for area, (level, outline) in drawn.items() if level is Level.GRID},
        communities={area: outline for area, (level, outline) in drawn.items() if level is Level.COMMUNITY},
        listed=tuple(sorted(there)),
        houses=houses,
        staffing=staffing_of(first, last, on),
    )
    return Loaded(ground, tuple(ids), limits_of(code))


def limits_of(code: int) -> Limits:
    """How large grids of the district should be that `code` lies in."""
    row = CoverageLimits.objects.filter(pk=district_of(code)).first()
    if row is None:
        return Limits()
    return Limits(row.fewest_households, row.most_households, row.sliver_metres, row.sliver_width)


def district_of(code: int) -> int:
    return codes.ancestor(code, Level.DISTRICT)


def drafted_outlines(draft: BoundaryDraft) -> dict[int, Outline]:
    """The outline of each area that a draft changes, after its last step."""
    rows = DraftOutline.objects.filter(step__draft=draft).order_by("step__number").values_list("area_id", "wkb")
    return _read(rows)


def drafted_moves(draft: BoundaryDraft) -> dict[UUID, int]:
    """Where a draft registers buildings, after its last step."""
    rows = DraftMove.objects.filter(step__draft=draft).order_by("step__number").values_list("building_id", "code")
    return dict(rows)


def _outlines(code: int, on: date) -> dict[int, Outline]:
    rows = Boundary.objects.filter(
        area__in=Area.objects.current(on).under(code).at(Level.COMMUNITY, Level.GRID).values("pk")
    ).values_list("area_id", "wkb")
    return _read(rows)


def _read(rows: Iterable[tuple[int, bytes | memoryview]]) -> dict[int, Outline]:
    kept = {area: bytes(wkb) for area, wkb in rows}
    shapes = np.asarray(shapely.from_wkb(np.array(list(kept.values()), dtype=object)))
    return {area: cast(Outline, shape) for area, shape in zip(kept, shapes, strict=True)}


def _houses(code: int) -> tuple[list[UUID], Houses]:
    there = Building.objects.under(code).order_by("id")
    rows = list(there.values_list("id", "code", "longitude", "latitude", "households"))
    houses = Houses(
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=float),
        np.array([row[3] for row in rows], dtype=float),
        np.array([row[4] or 0 for row in rows], dtype=np.int64),
    )
    return [row[0] for row in rows], houses


def _with_moves(draft: BoundaryDraft, ids: list[UUID], houses: Houses) -> Houses:
    moves = drafted_moves(draft)
    if not moves:
        return houses
    registered = [moves.get(key, int(code)) for key, code in zip(ids, houses.codes, strict=True)]
    return replace(houses, codes=np.array(registered, dtype=np.int64))
