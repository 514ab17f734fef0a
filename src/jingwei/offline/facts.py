"""What this module announces."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class PhoneChanged(Fact):
    """A phone keeps pages of the member, or (`is_withdrawn`) can read them no longer."""

    kind: ClassVar[str] = "offline.phone_changed"
    member_id: int
    code: int = 0
    is_withdrawn: bool = False
