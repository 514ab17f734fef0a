"""The coordinate systems that maps of China come in, to and from WGS-84. Arithmetic only; degrees, longitude first.

- WGS-84: what satellite receivers say, and what is kept here.
- CGCS2000 (GB 22021-2008), the national system, is defined as WGS-84 is and realised in the same frame, ITRF97 at the
  epoch 2000.0; the ellipsoids differ by 0.1 mm at the poles, and a place has the same coordinates in both to within
  centimetres at the same epoch (Yang Yuanxi, Chinese Science Bulletin 54, 2009, 2714-2721). The country's drift since
  2000, some 3 cm a year, is the surveyors' and no map's of a grid: CGCS2000 is taken as WGS-84.
- GCJ-02: what maps published in China must show; shifts places by 50 to 700 m in a pattern that is not given out. The
  formula below is the one that is publicly known and agrees with published maps to some metres.
- BD-09: Baidu's, GCJ-02 shifted once more.

Back from GCJ-02 and BD-09 there is no formula; the way there is repeated until it leads to the point asked about.
"""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Shape = TypeVar("Shape", BaseGeometry, npt.NDArray[np.object_])

WEST, SOUTH, EAST, NORTH = 72.004, 0.8293, 137.8347, 55.8271
"""The rectangle in which GCJ-02 and BD-09 shift anything. Outside they are WGS-84."""
KRASOVSKY = 6_378_245.0
"""Semi-major axis of the ellipsoid that GCJ-02 uses, in metres, and the square of its eccentricity."""
KRASOVSKY_ECCENTRICITY = 0.006_693_421_622_965_943_23
CLOSE = 1e-11
"""Degrees (a micrometre) at which the way back has arrived."""
MOST_ROUNDS = 30
WAVES = np.pi * 3000 / 180


class Datum(TextChoices):
    """What the degrees of a map refer to."""

    WGS84 = "wgs84", _("WGS-84")
    CGCS2000 = "cgcs2000", _("CGCS2000")
    GCJ02 = "gcj02", _("GCJ-02 (Amap, Tencent)")
    BD09 = "bd09", _("BD-09 (Baidu)")


def to_wgs84(points: npt.ArrayLike, datum: Datum) -> Floats:
    """Points (rows of longitude, latitude) of a map in `datum`, as WGS-84; exact to 1e-9 degrees (0.1 mm)."""
    given = np.asarray(points, dtype=float)
    shift = SHIFTS.get(datum)
    if shift is None:
        return given
    inside = _inside(given)
    wanted = given[inside]
    found = wanted.copy()
    for _round in range(MOST_ROUNDS):
        off = wanted - (found + shift(found))
        found += off
        if not len(off) or np.abs(off).max() < CLOSE:
            break
    return _with(given, inside, found)


def from_wgs84(points: npt.ArrayLike, datum: Datum) -> Floats:
    """Points (rows of longitude, latitude) in WGS-84 as a map in `datum` shows them."""
    given = np.asarray(points, dtype=float)
    shift = SHIFTS.get(datum)
    if shift is None:
        return given
    inside = _inside(given)
    return _with(given, inside, given[inside] + shift(given[inside]))


def shapes_to_wgs84(shapes: Shape, datum: Datum) -> Shape:
    """The same for shapes; heights are dropped."""
    return _moved(shapes, lambda points: to_wgs84(points, datum))


def shapes_from_wgs84(shapes: Shape, datum: Datum) -> Shape:
    return _moved(shapes, lambda points: from_wgs84(points, datum))


def _moved(shapes: Shape, move: Callable[[Floats], Floats]) -> Shape:
    moved: Shape = shapely.transform(shapes, move)
    return moved


def _inside(points: Floats) -> npt.NDArray[np.bool_]:
    longitude, latitude = points[:, 0], points[:, 1]
    inside: npt.NDArray[np.bool_] = (longitude > WEST) & (longitude < EAST) & (latitude > SOUTH) & (latitude < NORTH)
    return inside


def _with(points: Floats, where: npt.NDArray[np.bool_], instead: Floats) -> Floats:
    result = points.copy()
    result[where] = instead
    return result


def _gcj02(points: Floats) -> Floats:
    """How far GCJ-02 shifts points, in degrees."""
    x, y = points[:, 0] - 105, points[:, 1] - 35
    shared = (20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)) * 2 / 3
    root = np.sqrt(np.abs(x))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + shared
    east += (20 * np.sin(np.pi * x) + 40 * np.sin(np.pi * x / 3)) * 2 / 3
    east += (150 * np.sin(np.pi * x / 12) + 300 * np.sin(np.pi * x / 30)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + shared
    north += (20 * np.sin(np.pi * y) + 40 * np.sin(np.pi * y / 3)) * 2 / 3
    north += (160 * np.sin(np.pi * y / 12) + 320 * np.sin(np.pi * y / 30)) * 2 / 3
    latitude = np.radians(points[:, 1])
    curve = 1 - KRASOVSKY_ECCENTRICITY * np.sin(latitude) ** 2
    across = KRASOVSKY / np.sqrt(curve) * np.cos(latitude)
    along = KRASOVSKY * (1 - KRASOVSKY_ECCENTRICITY) / curve**1.5
    shift: Floats = np.degrees(np.column_stack([east / across, north / along]))
    return shift


def _bd09(points: Floats) -> Floats:
    """How far BD-09 shifts points, GCJ-02's shift included, in degrees."""
    shown = points + _gcj02(points)
    x, y = shown[:, 0], shown[:, 1]
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * WAVES)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * WAVES)
    result = np.column_stack([radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006])
    return np.asarray(result - points)


SHIFTS: dict[Datum, Callable[[Floats], Floats]] = {Datum.GCJ02: _gcj02, Datum.BD09: _bd09}
