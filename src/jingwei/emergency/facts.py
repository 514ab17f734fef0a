"""What this module announces: ids and codes."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class IncidentChanged(Fact):
    """Something happened in an incident; `what` is the kind of its log entry."""

    kind: ClassVar[str] = "emergency.changed"
    incident_id: str
    case_id: str
    code: int
    what: str


@dataclass(frozen=True)
class RosterChanged(Fact):
    """Another roster holds for a street or district."""

    kind: ClassVar[str] = "emergency.roster_changed"
    code: int


@dataclass(frozen=True)
class PlanChanged(Fact):
    """Another plan holds for a kind of emergency. It has no place."""

    kind: ClassVar[str] = "emergency.plan_changed"
    code: int = 0
