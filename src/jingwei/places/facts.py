"""What this module announces."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jingwei.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AreaCreated(Fact):
    kind: ClassVar[str] = "places.area_created"


@dataclass(frozen=True, kw_only=True)
class AreaRenamed(Fact):
    kind: ClassVar[str] = "places.area_renamed"


@dataclass(frozen=True, kw_only=True)
class AreaEnded(Fact):
    kind: ClassVar[str] = "places.area_ended"


@dataclass(frozen=True, kw_only=True)
class AreasImported(Fact):
    """Some areas from `first` to `last` were created or renamed; `code` is the smallest area above them all.

    `code` is codes.WHOLE where they lie in several provinces.
    """

    kind: ClassVar[str] = "places.areas_imported"
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class BoundarySet(Fact):
    kind: ClassVar[str] = "places.boundary_set"


@dataclass(frozen=True, kw_only=True)
class BuildingAdded(Fact):
    kind: ClassVar[str] = "places.building_added"
    building_id: UUID
