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
class CaseSignalled(Fact):
    """A clock of a case ran out, or a part of it did: `what` is the signal. `keys` are whom the rule `rule_id` has told
    (`holder`, `above`, `leader`); a signal that a later one has overtaken tells nobody.

    `department_id` and `party_id` are the department or the member that has it in hand.
    """

    kind: ClassVar[str] = "case.signalled"
    case_id: str
    code: int
    what: str
    status: str
    level: str
    keys: tuple[str, ...] = ()
    rule_id: int | None = None
    department_id: int | None = None
    party_id: int | None = None
    is_emergency: bool = False


@dataclass(frozen=True)
class SignalRulesChanged(Fact):
    """Other rules of signals hold from now on. They have no place."""

    kind: ClassVar[str] = "case.signal_rules_changed"
    code: int = 0


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
