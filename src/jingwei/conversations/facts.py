"""What conversations announce. What was said stands in none of it."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class ConversationOpened(Fact):
    """A resident chose a grid to write to."""

    kind: ClassVar[str] = "conversation.opened"
    conversation_id: str
    code: int
    member_id: int


@dataclass(frozen=True)
class MessageWritten(Fact):
    """Somebody said something. `is_first`: nothing else of theirs is waiting to be read."""

    kind: ClassVar[str] = "conversation.message_written"
    conversation_id: str
    code: int
    message_id: str
    member_id: int
    is_first: bool
    is_from_resident: bool


@dataclass(frozen=True)
class ConversationRead(Fact):
    """One side has read what the other wrote."""

    kind: ClassVar[str] = "conversation.read"
    conversation_id: str
    code: int
    member_id: int


@dataclass(frozen=True)
class AnswerMissed(Fact):
    """A first answer was not given in time, or nobody works in the grid: it is the community's now."""

    kind: ClassVar[str] = "conversation.answer_missed"
    conversation_id: str
    code: int


@dataclass(frozen=True)
class TermsSet(Fact):
    """The administrator has set anew how long a first answer may take."""

    kind: ClassVar[str] = "conversation.terms_set"
    code: int = 0


@dataclass(frozen=True)
class CaseMade(Fact):
    """A message became a case."""

    kind: ClassVar[str] = "conversation.case_made"
    conversation_id: str
    code: int
    message_id: str
    case_id: str
    member_id: int


@dataclass(frozen=True)
class AttachmentLookedAt(Fact):
    """The scanner had a word at last for a file that was held."""

    kind: ClassVar[str] = "conversation.attachment_looked_at"
    conversation_id: str
    code: int
    attachment_id: str
    member_id: int
