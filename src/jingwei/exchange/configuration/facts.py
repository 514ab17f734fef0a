"""What this module announces. A configuration has no place."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class SetBrought(Fact):
    """A set of files was kept, to be compared and tried."""

    kind: ClassVar[str] = "configuration.brought"
    number: int
    code: int = 0


@dataclass(frozen=True)
class SetAdopted(Fact):
    """A set of files holds from now on."""

    kind: ClassVar[str] = "configuration.adopted"
    number: int
    code: int = 0
