"""What this module announces: that something happened to a mediation. Not where, not what kind, not whose."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class MediationMoved(Fact):
    """A mediation was opened or went on: `verb` says how."""

    kind: ClassVar[str] = "mediation.moved"
    mediation_id: str
    verb: str
    code: int = 0
