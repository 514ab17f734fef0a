"""What cases announce. Ids and codes only: words stay in the side tables."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class CaseMoved(Fact):
    """A case was reported or moved: `verb` is the move, `status` and `level` are what it led to."""

    kind: ClassVar[str] = "case.moved"
    case_id: str
    code: int
    verb: str
    status: str
    level: str
    department_id: int | None = None
    reporter_id: int | None = None


@dataclass(frozen=True)
class PhotoAdded(Fact):
    """A photo was added to a case."""

    kind: ClassVar[str] = "case.photo_added"
    case_id: str
    code: int
    photo_id: str


@dataclass(frozen=True)
class EditionPublished(Fact):
    """Another edition of the category table holds from now on. It has no place."""

    kind: ClassVar[str] = "case.edition_published"
    number: int
    code: int = 0
