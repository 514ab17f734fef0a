"""Flat coordinates in metres: reading the ones that surveys use, and measuring on the ground. Arithmetic only.

Surveys give Gauss-Krüger or UTM coordinates, transverse Mercator both. The series are Krüger's to the fourth order
as Karney gives them (Journal of Geodesy 85, 2011, 475-485): below a micrometre within the width of a zone.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]

EARTH = 6_378_137.0
"""Semi-major axis of WGS-84 and CGCS2000, in metres."""
FLATTENING = 1 / 298.257_222_101
"""Of CGCS2000; that of WGS-84 differs in the ninth digit, 0.1 mm on the ground."""
ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING)
ECCENTRICITY = float(np.sqrt(ECCENTRICITY_2))
_N = FLATTENING / (2 - FLATTENING)
_RECTIFYING = EARTH / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ORDERS = 2 * np.arange(1, 5)
_BACK = np.array(
    [
        _N / 2 - 2 / 3 * _N**2 + 37 / 96 * _N**3 - _N**4 / 360,
        _N**2 / 48 + _N**3 / 15 - 437 / 1440 * _N**4,
        17 / 480 * _N**3 - 37 / 840 * _N**4,
        4397 / 161_280 * _N**4,
    ]
)
_THERE = np.array(
    [
        _N / 2 - 2 / 3 * _N**2 + 5 / 16 * _N**3 + 41 / 180 * _N**4,
        13 / 48 * _N**2 - 3 / 5 * _N**3 + 557 / 1440 * _N**4,
        61 / 240 * _N**3 - 103 / 140 * _N**4,
        49_561 / 161_280 * _N**4,
    ]
)


@dataclass(frozen=True)
class TransverseMercator:
    """A zone of Gauss-Krüger (scale 1) or UTM (0.9996): degrees to and from metres east and north."""

    meridian: float
    scale: float = 1.0
    false_east: float = 500_000.0
    false_north: float = 0.0

    def to_degrees(self, metres: Floats) -> Floats:
        """Rows of east, north as rows of longitude, latitude."""
        reach = self.scale * _RECTIFYING
        flat = (metres[:, 1] - self.false_north) / reach + 1j * (metres[:, 0] - self.false_east) / reach
        smooth = flat - _sum(_BACK, flat)
        tangent = np.sin(smooth.real) / np.hypot(np.sinh(smooth.imag), np.cos(smooth.real))
        longitude = np.arctan2(np.sinh(smooth.imag), np.cos(smooth.real))
        return np.column_stack([self.meridian + np.degrees(longitude), np.degrees(_latitude(tangent))])

    def to_metres(self, degrees: Floats) -> Floats:
        longitude, latitude = np.radians(degrees[:, 0] - self.meridian), np.radians(degrees[:, 1])
        less = ECCENTRICITY * np.arctanh(ECCENTRICITY * np.sin(latitude))
        tangent = np.sinh(np.arcsinh(np.tan(latitude)) - less)  # of the conformal latitude
        north = np.arctan2(tangent, np.cos(longitude))
        east = np.arcsinh(np.sin(longitude) / np.hypot(tangent, np.cos(longitude)))
        smooth = north + 1j * east
        flat = smooth + _sum(_THERE, smooth)
        reach = self.scale * _RECTIFYING
        return np.column_stack([flat.imag * reach + self.false_east, flat.real * reach + self.false_north])


def _sum(series: Floats, at: npt.NDArray[np.complex128]) -> npt.NDArray[np.complex128]:
    total: npt.NDArray[np.complex128] = (series[:, None] * np.sin(_ORDERS[:, None] * at[None, :])).sum(axis=0)
    return total


def _latitude(tangent: Floats) -> Floats:
    """Geographic from conformal latitude, which is given by its tangent; radians. Each round gains two digits."""
    target = np.arcsinh(tangent)
    latitude = np.arctan(tangent)
    for _round in range(6):
        latitude = np.arcsin(np.tanh(target + ECCENTRICITY * np.arctanh(ECCENTRICITY * np.sin(latitude))))
    return latitude


def mercator_to_degrees(metres: Floats) -> Floats:
    """Web Mercator (EPSG:3857), which takes the earth as a sphere of WGS-84's semi-major axis."""
    return np.column_stack([np.degrees(metres[:, 0] / EARTH), np.degrees(np.arctan(np.sinh(metres[:, 1] / EARTH)))])


def equal_area(degrees: Floats) -> Floats:
    """Metres on a map whose areas are true: the cylindrical equal-area projection of the ellipsoid (Snyder, p. 81)."""
    sine = np.sin(np.radians(degrees[:, 1]))
    inner = sine / (1 - ECCENTRICITY_2 * sine**2) + np.arctanh(ECCENTRICITY * sine) / ECCENTRICITY
    return np.column_stack([EARTH * np.radians(degrees[:, 0]), EARTH * (1 - ECCENTRICITY_2) / 2 * inner])


def square_metres(shapes: Shapes) -> Floats:
    """The areas of shapes in degrees, edges taken straight on the map of `equal_area`."""
    areas: Floats = shapely.area(shapely.transform(shapes, equal_area))
    return areas


@dataclass(frozen=True)
class LocalPlane:
    """A plane in metres that touches the earth at a point: lengths and shapes are true for some kilometres around."""

    longitude: float
    latitude: float

    @property
    def scale(self) -> tuple[float, float]:
        """Metres for a degree eastwards and northwards."""
        latitude = np.radians(self.latitude)
        curve = 1 - ECCENTRICITY_2 * np.sin(latitude) ** 2
        east = EARTH * np.cos(latitude) / np.sqrt(curve)
        north = EARTH * (1 - ECCENTRICITY_2) / curve**1.5
        return float(np.radians(east)), float(np.radians(north))

    def to_metres(self, degrees: Floats) -> Floats:
        return (degrees - (self.longitude, self.latitude)) * self.scale

    def to_degrees(self, metres: Floats) -> Floats:
        return metres / self.scale + (self.longitude, self.latitude)
