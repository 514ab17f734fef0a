"""What this module announces. None says who reported, and a limit not even where."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class ReportFlagged(Fact):
    """A person should look at a report."""

    kind: ClassVar[str] = "repeats.flagged"
    case_id: str
    code: int
    reason: str


@dataclass(frozen=True)
class FlagsDecided(Fact):
    """Somebody has looked at a flagged report, or its case went on."""

    kind: ClassVar[str] = "repeats.decided"
    case_id: str
    code: int
    state: str


@dataclass(frozen=True)
class LimitChanged(Fact):
    """A limit was decided, appealed against, confirmed or lifted: `verb` says which."""

    kind: ClassVar[str] = "repeats.limit_changed"
    limit_id: str
    verb: str
    code: int = 0


@dataclass(frozen=True)
class RulesChanged(Fact):
    """The rules about reports are others from now on."""

    kind: ClassVar[str] = "repeats.rules_changed"
    rules_id: int
    code: int = 0
