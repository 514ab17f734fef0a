"""A square piece of the map, and how it is moved."""

from dataclasses import dataclass

from jingwei.places.public import bounds_around, squares_of


@dataclass(frozen=True)
class View:
    """Its middle in degrees, and how many metres a side has."""

    longitude: float
    latitude: float
    metres: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        return bounds_around(self.longitude, self.latitude, self.metres / 2)

    @property
    def squares(self) -> list[int]:
        """The squares that the view touches."""
        return squares_of(self.bounds)

    def moved(self, east: float, north: float) -> "View":
        """The same view so many of its sides away."""
        west, south, right, top = self.bounds
        return View(self.longitude + east * (right - west), self.latitude + north * (top - south), self.metres)
