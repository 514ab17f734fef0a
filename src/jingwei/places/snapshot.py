"""A copy of the map that answers where points lie. Immutable, and safe to share between threads."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
import numpy.typing as npt
import shapely
from django.db.models import Exists, OuterRef

from jingwei.places.codes import Level
from jingwei.places.models import Area, Boundary, Building

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

NEAR = 40.0
"""Metres from a building within which a point counts as being at it."""
EARTH = 6_371_008.8
"""Mean radius in metres (IUGG)."""
STEEPEST = 89.0
"""Degrees of latitude beyond which the projection is of no use, nor a city."""


@dataclass(frozen=True)
class Answer:
    """For each point: the code it lies in or 0, the index of the building it is at or -1, metres to it."""

    codes: Numbers
    buildings: Numbers
    metres: Floats


class Snapshot:
    """The boundaries of grids and units and the buildings, as they are on one day."""

    def __init__(self, number: int, day: date) -> None:
        self.number = number
        self.day = day
        self._load_areas()
        self._load_buildings()

    def _load_areas(self) -> None:
        """Units stand before grids, so that the first hit is the deepest."""
        rows = (
            Boundary.objects.filter(area__in=Area.objects.current(self.day).at(Level.GRID, Level.UNIT))
            .order_by("-area__level", "area_id")
            .values_list("area_id", "wkb")
        )
        self.area_codes = np.array([code for code, _ in rows], dtype=np.int64)
        self.outlines = shapely.from_wkb(np.array([bytes(wkb) for _, wkb in rows], dtype=object))
        self.outline_tree = shapely.STRtree(self.outlines)
        _prepare(self.outlines)

    def _load_buildings(self) -> None:
        exists = Area.objects.current(self.day).filter(pk=OuterRef("code"))
        rows = (
            Building.objects.filter(Exists(exists))
            .order_by("id")
            .values_list("id", "code", "longitude", "latitude", "footprint")
        )
        self.building_ids: list[UUID] = [row[0] for row in rows]
        self.building_codes = np.array([row[1] for row in rows], dtype=np.int64)
        shapes = shapely.points([row[2] for row in rows], [row[3] for row in rows])
        for index, row in enumerate(rows):
            if row[4] is not None:
                shapes[index] = shapely.from_wkb(bytes(row[4]))
        self.buildings = shapely.transform(shapes, _plane) if rows else shapes
        self.building_tree = shapely.STRtree(self.buildings)

    def locate(self, longitudes: Floats, latitudes: Floats) -> Answer:
        """Where the points lie: by boundary, and where that leaves no unit, by the nearest building."""
        known = np.isfinite(longitudes) & np.isfinite(latitudes) & (np.abs(latitudes) <= STEEPEST)
        longitudes, latitudes = np.where(known, longitudes, 0.0), np.where(known, latitudes, 0.0)
        codes = np.where(known, self._within(longitudes, latitudes), 0)
        answer = Answer(codes, np.full(codes.shape, -1), np.full(codes.shape, np.nan))
        if self.building_ids:
            self._refine(answer, longitudes, latitudes, known)
        return answer

    def _within(self, longitudes: Floats, latitudes: Floats) -> Numbers:
        """The code of the first outline that holds each point; on a shared border, the lower code."""
        point, outline = self.outline_tree.query(shapely.points(longitudes, latitudes))
        order = np.argsort(outline, kind="stable")  # neighbours in memory: a third faster than in query order
        point, outline = point[order], outline[order]
        is_in = shapely.intersects_xy(self.outlines[outline], longitudes[point], latitudes[point])
        nothing = len(self.area_codes)
        first = np.full(longitudes.shape, nothing)
        np.minimum.at(first, point[is_in], outline[is_in])
        found: Numbers = np.append(self.area_codes, 0)[first]
        return found

    def _refine(self, answer: Answer, longitudes: Floats, latitudes: Floats, known: npt.NDArray[np.bool_]) -> None:
        """Put points that are at a building into its unit, unless it stands in another grid."""
        open_points = np.flatnonzero(known & (answer.codes % Level.GRID.step == 0))
        here = _plane(np.column_stack([longitudes[open_points], latitudes[open_points]]))
        scale = np.cos(np.radians(latitudes[open_points]))
        shapes = np.asarray(shapely.points(here), dtype=object)
        near, building = self.building_tree.query(shapes, predicate="dwithin", distance=NEAR / scale)
        point = open_points[near]
        grid = answer.codes[point] // Level.GRID.step
        fits = (grid == 0) | (grid == self.building_codes[building] // Level.GRID.step)
        near, point, building = near[fits], point[fits], building[fits]
        metres = shapely.distance(shapes[near], self.buildings[building]) * scale[near]
        order = np.lexsort((building, metres, point))
        point, first = np.unique(point[order], return_index=True)
        nearest = order[first]
        answer.codes[point] = self.building_codes[building[nearest]]
        answer.buildings[point] = building[nearest]
        answer.metres[point] = metres[nearest]


def _plane(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Mercator metres on the sphere: true in every direction, too long by 1 / cos(latitude)."""
    radians = np.radians(degrees)
    return EARTH * np.column_stack([radians[:, 0], np.log(np.tan(np.pi / 4 + radians[:, 1] / 2))])


def _prepare(outlines: npt.NDArray[np.object_]) -> None:
    """Build now what makes questions fast: GEOS would do it at the first one, unsafely between threads."""
    shapely.prepare(outlines)
    inside = shapely.get_coordinates(shapely.point_on_surface(outlines))
    shapely.intersects_xy(outlines, inside[:, 0], inside[:, 1])
