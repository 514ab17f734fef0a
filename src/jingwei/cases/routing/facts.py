"""What routing announces. Rules have no place."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class RulesDrafted(Fact):
    """The draft of the next edition was changed, or thrown away."""

    kind: ClassVar[str] = "routing.drafted"
    number: int
    code: int = 0


@dataclass(frozen=True)
class RulesPublished(Fact):
    """Another edition of the rules holds from now on."""

    kind: ClassVar[str] = "routing.published"
    number: int
    code: int = 0
