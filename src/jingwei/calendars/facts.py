"""What calendars announce."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class CalendarsChanged(Fact):
    """There is a new edition: `what` was changed, for the offices of `code` (0: all), or for one of its departments."""

    kind: ClassVar[str] = "calendars.changed"
    edition_id: int
    code: int
    what: str
    department_id: int | None = None


@dataclass(frozen=True)
class QuietHoursSet(Fact):
    """Messages wait at other hours from now on, everywhere."""

    kind: ClassVar[str] = "calendars.quiet_hours_set"
    code: int = 0
