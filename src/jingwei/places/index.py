"""Which grid or unit a point lies in, answered in the process from a copy of the map.

The copy follows the map's version. What others change is seen within a second; what this thread changes is
seen by it at once, inside its open transaction too.
"""

import threading
import time
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import numpy.typing as npt

from jingwei.places import codes, mapversion
from jingwei.places.codes import Level
from jingwei.places.queries import today
from jingwei.places.snapshot import Numbers, Snapshot

CHECK_EVERY = 1.0
"""Seconds between two looks at the version."""


@dataclass(frozen=True)
class Found:
    """Where a point lies: the deepest area known there, and the building it is at."""

    code: int
    building_id: UUID | None = None
    metres: float | None = None  # to that building

    @property
    def level(self) -> Level:
        return codes.level_of(self.code)


class MapIndex:
    """Keeps the copy that all threads share, and one for a thread whose transaction changes the map."""

    def __init__(self) -> None:
        self._loading = threading.Lock()
        self._shared: Snapshot | None = None
        self._checked_at = -CHECK_EVERY
        self._own = threading.local()

    def snapshot(self) -> Snapshot:
        shared = self._shared
        is_fresh = time.monotonic() - self._checked_at < CHECK_EVERY
        if shared and is_fresh and not mapversion.may_be_ours():
            return shared
        number, is_ours = mapversion.read()
        if is_ours:
            return self._uncommitted(number)
        self._own.snapshot = None
        return self._follow(number)

    def _uncommitted(self, number: int) -> Snapshot:
        own: Snapshot | None = getattr(self._own, "snapshot", None)
        if own is None or (own.number, own.day) != (number, today()):
            own = self._own.snapshot = Snapshot(number, today())
        return own

    def _follow(self, number: int) -> Snapshot:
        """The shared copy, made new if it is old; while one thread does that, others go on with the old."""
        wanted = (number, today())
        shared = self._shared
        if shared is None or (shared.number, shared.day) != wanted:
            if not self._loading.acquire(blocking=shared is None):
                assert shared
                return shared
            try:
                shared = self._shared
                if shared is None or (shared.number, shared.day) != wanted:
                    shared = self._shared = Snapshot(*wanted)
            finally:
                self._loading.release()
        self._checked_at = time.monotonic()
        return shared


_index = MapIndex()


def find(longitude: float, latitude: float) -> Found | None:
    """The unit, or else the grid, at a point in WGS-84 degrees; None where neither is known."""
    copy = _index.snapshot()
    answer = copy.locate(np.array([longitude], dtype=float), np.array([latitude], dtype=float))
    code, building = int(answer.codes[0]), int(answer.buildings[0])
    if not code:
        return None
    if building < 0:
        return Found(code)
    return Found(code, copy.building_ids[building], float(answer.metres[0]))


def find_many(longitudes: npt.ArrayLike, latitudes: npt.ArrayLike) -> Numbers:
    """The codes at many points, as `find` gives them; 0 for none. Coordinates may be NaN."""
    answer = _index.snapshot().locate(np.asarray(longitudes, dtype=float), np.asarray(latitudes, dtype=float))
    return answer.codes
