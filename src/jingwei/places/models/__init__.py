"""Areas, their boundaries, the buildings in them, and how areas change."""

from jingwei.places.models.areas import ROOTS, Area, Boundary, Building, MapVersion
from jingwei.places.models.changes import PENDING, AreaChange, ChangedArea, ChangePart, Succession

__all__ = [
    "PENDING",
    "ROOTS",
    "Area",
    "AreaChange",
    "Boundary",
    "Building",
    "ChangePart",
    "ChangedArea",
    "MapVersion",
    "Succession",
]
