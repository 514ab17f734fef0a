"""Areas, their boundaries, the buildings in them, and how areas and boundaries change."""

from jingwei.places.models.areas import ROOTS, Area, Boundary, Building, MapVersion
from jingwei.places.models.changes import PENDING, AreaChange, ChangedArea, ChangePart, Succession
from jingwei.places.models.drafts import (
    BoundaryDraft,
    BoundaryUpload,
    CoverageLimits,
    DraftMove,
    DraftOutline,
    DraftStep,
    PastBoundary,
)

__all__ = [
    "PENDING",
    "ROOTS",
    "Area",
    "AreaChange",
    "Boundary",
    "BoundaryDraft",
    "BoundaryUpload",
    "Building",
    "ChangePart",
    "ChangedArea",
    "CoverageLimits",
    "DraftMove",
    "DraftOutline",
    "DraftStep",
    "MapVersion",
    "PastBoundary",
    "Succession",
]
