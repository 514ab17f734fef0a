"""What this module announces."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class AreaCreated(Fact):
    kind: ClassVar[str] = "places.area_created"
    code: int


@dataclass(frozen=True)
class AreaRenamed(Fact):
    kind: ClassVar[str] = "places.area_renamed"
    code: int


@dataclass(frozen=True)
class AreaEnded(Fact):
    kind: ClassVar[str] = "places.area_ended"
    code: int


@dataclass(frozen=True)
class AreasImported(Fact):
    """Some areas from `first` to `last` were created or renamed; `code` is the smallest area above them all.

    `code` is codes.WHOLE where they lie in several provinces.
    """

    kind: ClassVar[str] = "places.areas_imported"
    code: int
    first: int
    last: int


@dataclass(frozen=True)
class BoundarySet(Fact):
    kind: ClassVar[str] = "places.boundary_set"
    code: int


@dataclass(frozen=True)
class BuildingAdded(Fact):
    kind: ClassVar[str] = "places.building_added"
    code: int
    building_id: UUID


@dataclass(frozen=True)
class AreaChangePlanned(Fact):
    kind: ClassVar[str] = "places.change_planned"
    change_id: UUID
    code: int


@dataclass(frozen=True)
class AreaChangeApproved(Fact):
    kind: ClassVar[str] = "places.change_approved"
    change_id: UUID
    code: int


@dataclass(frozen=True)
class AreaChangeUndone(Fact):
    kind: ClassVar[str] = "places.change_undone"
    change_id: UUID
    code: int


@dataclass(frozen=True)
class AreaSplit(Fact):
    """The area `code` ended, and `parts` began in its place."""

    kind: ClassVar[str] = "places.area_split"
    change_id: UUID
    code: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class AreasMerged(Fact):
    """The area `code` began where those of `before` ended."""

    kind: ClassVar[str] = "places.areas_merged"
    change_id: UUID
    code: int
    before: tuple[int, ...]


@dataclass(frozen=True)
class AreaMoved(Fact):
    """An area belongs to another one above: `before` ended, and `code` began."""

    kind: ClassVar[str] = "places.area_moved"
    change_id: UUID
    code: int
    before: int


@dataclass(frozen=True)
class BuildingMoved(Fact):
    """It is registered in the area `code` from now on."""

    kind: ClassVar[str] = "places.building_moved"
    code: int
    building_id: UUID


@dataclass(frozen=True)
class BoundaryDraftChanged(Fact):
    """A step was added to it or taken back, or it was opened, put up for publishing, or discarded."""

    kind: ClassVar[str] = "places.boundary_draft_changed"
    code: int
    draft_id: UUID


@dataclass(frozen=True)
class BoundariesPublished(Fact):
    kind: ClassVar[str] = "places.boundaries_published"
    code: int
    draft_id: UUID
    faults_left: int


@dataclass(frozen=True)
class CoverageLimitsSet(Fact):
    kind: ClassVar[str] = "places.coverage_limits_set"
    code: int
