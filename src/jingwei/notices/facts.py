"""What notices announce."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class NoticeWritten(Fact):
    """A member has something new in the inbox. It has no place."""

    kind: ClassVar[str] = "notice.written"
    notice_id: str
    member_id: int
    code: int = 0


@dataclass(frozen=True)
class NoticesRead(Fact):
    """A member has read what was in the inbox, or a part of it."""

    kind: ClassVar[str] = "notice.read"
    member_id: int
    code: int = 0


@dataclass(frozen=True)
class ChoicesChanged(Fact):
    """A member has chosen anew how to be told."""

    kind: ClassVar[str] = "notice.choices_changed"
    member_id: int
    code: int = 0


@dataclass(frozen=True)
class PushDeviceChanged(Fact):
    """A browser shows the member's messages, or (`is_gone`) does so no longer."""

    kind: ClassVar[str] = "notice.push_device_changed"
    member_id: int
    code: int = 0
    is_gone: bool = False


@dataclass(frozen=True)
class RobotChanged(Fact):
    """An office has a robot, has another, or (`is_gone`) has none any more."""

    kind: ClassVar[str] = "notice.robot_changed"
    department_id: int
    code: int
    is_gone: bool = False
