"""What a check of coverage looks at: grids, the communities they lie in, buildings and staff. No database.

Outlines are WGS-84; areas are told in square metres, lengths in metres.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from jingwei.places import codes
from jingwei.places.codes import Level
from jingwei.places.outlines import Outline
from jingwei.places.projections import LocalPlane

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Shapes = npt.NDArray[np.object_]


class Kind(StrEnum):
    """What can be wrong."""

    GAP = "gap"
    OVERLAP = "overlap"
    OUTSIDE = "outside"
    UNDRAWN = "undrawn"
    SLIVERS = "slivers"
    STRAY = "stray"
    NO_WORKER = "no_worker"
    NO_HEAD = "no_head"
    TOO_LARGE = "too_large"
    TOO_SMALL = "too_small"


class Severity(StrEnum):
    MUST = "must"
    SHOULD = "should"
    HINT = "hint"


SEVERITIES = {
    Kind.GAP: Severity.MUST,
    Kind.OVERLAP: Severity.MUST,
    Kind.OUTSIDE: Severity.MUST,
    Kind.UNDRAWN: Severity.SHOULD,
    Kind.SLIVERS: Severity.SHOULD,
    Kind.STRAY: Severity.SHOULD,
    Kind.NO_WORKER: Severity.SHOULD,
    Kind.NO_HEAD: Severity.HINT,
    Kind.TOO_LARGE: Severity.HINT,
    Kind.TOO_SMALL: Severity.HINT,
}


@dataclass(frozen=True)
class Limits:
    """From where on something is worth saying. `sliver_*`: what is smaller, or narrower, is a sliver."""

    fewest_households: int = 200
    most_households: int = 500
    sliver_metres: float = 5.0
    sliver_width: float = 0.3


@dataclass(frozen=True)
class Houses:
    """Buildings: the code each is registered with, a point in it, how many households."""

    codes: Numbers
    longitudes: Floats
    latitudes: Floats
    households: Numbers

    @cached_property
    def grids(self) -> Numbers:
        """The grid that each is registered in."""
        result: Numbers = self.codes - self.codes % Level.GRID.step
        return result

    @cached_property
    def points(self) -> Shapes:
        return np.asarray(shapely.points(self.longitudes, self.latitudes), dtype=object)

    @cached_property
    def tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.points)

    def inside(self, shape: BaseGeometry) -> Numbers:
        """The indices of those in a shape, its edge included."""
        return np.sort(self.tree.query(shape, predicate="intersects"))


@dataclass(frozen=True)
class Staffing:
    """The codes of grids that have a worker, and of units that have a head. None: nobody can say."""

    grids: frozenset[int] | None = None
    units: frozenset[int] | None = None


@dataclass(frozen=True)
class Ground:
    """The map of some communities. `listed` are all grids and units that exist there, drawn or not."""

    grids: Mapping[int, Outline]
    communities: Mapping[int, Outline]
    listed: tuple[int, ...]
    houses: Houses
    staffing: Staffing = field(default_factory=Staffing)

    @cached_property
    def codes(self) -> Numbers:
        return np.array(sorted(self.grids), dtype=np.int64)

    @cached_property
    def outlines(self) -> Shapes:
        return np.array([self.grids[int(code)] for code in self.codes], dtype=object)

    @cached_property
    def households(self) -> dict[int, int]:
        """Registered in each grid."""
        grids, place = np.unique(self.houses.grids, return_inverse=True)
        sums = np.bincount(place, weights=self.houses.households, minlength=len(grids))
        return {int(code): int(number) for code, number in zip(grids, sums, strict=True)}

    @cached_property
    def plane(self) -> LocalPlane:
        """A plane in metres that touches the earth in the middle of the map."""
        shapes = [*self.grids.values(), *self.communities.values()]
        if not shapes:
            return LocalPlane(0, 0)
        west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
        return LocalPlane(float(west + east) / 2, float(south + north) / 2)

    def with_grids(self, changed: Mapping[int, Outline]) -> "Ground":
        return replace(self, grids={**self.grids, **changed})

    def with_moves(self, moves: Mapping[int, int]) -> "Ground":
        """With buildings, by their index, registered elsewhere."""
        registered = self.houses.codes.copy()
        for index, code in moves.items():
            registered[index] = code
        return replace(self, houses=replace(self.houses, codes=registered))


@dataclass(frozen=True)
class Piece:
    """A piece of land that no grid has, or two have, or one has outside its community."""

    kind: Kind
    codes: tuple[int, ...]
    shape: BaseGeometry
    metres: float


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in a community. `codes`: the areas it concerns, `houses`: the buildings, by index."""

    kind: Kind
    community: int
    codes: tuple[int, ...]
    metres: float = 0.0
    shape: BaseGeometry | None = None
    houses: tuple[int, ...] = ()
    households: int = 0
    pieces: tuple[Piece, ...] = ()

    @property
    def severity(self) -> Severity:
        return SEVERITIES[self.kind]

    @property
    def key(self) -> str:
        """The same for the same finding as long as it stays where it is: kind, areas, and its place to a metre."""
        where = ""
        if self.shape is not None:
            middle = self.shape.centroid
            where = f"-{middle.x:.5f}-{middle.y:.5f}"
        return f"{self.kind}-{self.community}-{'-'.join(map(str, self.codes[:3]))}{where}"


def community_of(code: int) -> int:
    return codes.ancestor(code, Level.COMMUNITY)


def polygonal(shape: BaseGeometry) -> BaseGeometry:
    """Only the areas of what an operation on shapes gives."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.union_all(parts)


def outline_of(shape: BaseGeometry) -> Outline:
    """A shape that is known to be an area, in the order of points in which outlines are kept."""
    return cast(Outline, shapely.normalize(polygonal(shape)))
