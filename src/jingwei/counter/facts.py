"""What the counter announces: ids, codes and counts. Who called and what about stands in no fact."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class CallBegun(Fact):
    """Somebody called, or came to the counter."""

    kind: ClassVar[str] = "counter.call_begun"
    call_id: str
    code: int
    way: str


@dataclass(frozen=True)
class CallEnded(Fact):
    """`what` became of a call, and how long they spoke."""

    kind: ClassVar[str] = "counter.call_ended"
    call_id: str
    code: int
    what: str
    seconds: int


@dataclass(frozen=True)
class CallWrapped(Fact):
    """The work behind a call is done, after so long."""

    kind: ClassVar[str] = "counter.call_wrapped"
    call_id: str
    code: int
    seconds: int


@dataclass(frozen=True)
class CallParked(Fact):
    """The caller waits, or is spoken with again."""

    kind: ClassVar[str] = "counter.call_parked"
    call_id: str
    code: int
    is_parked: bool


@dataclass(frozen=True)
class ScriptPublished(Fact):
    """Another edition of what is said holds; `what` is the class that it is for, "" all."""

    kind: ClassVar[str] = "counter.script_published"
    what: str
    number: int
    code: int = 0


@dataclass(frozen=True)
class CallHanded(Fact):
    """A call was offered to somebody else, with the caller still there."""

    kind: ClassVar[str] = "counter.call_handed"
    call_id: str
    code: int


@dataclass(frozen=True)
class CallTaken(Fact):
    """Somebody took a call that was offered, or its clerk goes on with it."""

    kind: ClassVar[str] = "counter.call_taken"
    call_id: str
    code: int


@dataclass(frozen=True)
class TicketsBrought(Fact):
    """Tickets of another hotline became reports; so many rows were refused."""

    kind: ClassVar[str] = "counter.tickets_brought"
    code: int
    new: int
    refused: int


@dataclass(frozen=True)
class AskedFirst(Fact):
    """Somebody of staff was asked first, and helped in one of five ways."""

    kind: ClassVar[str] = "counter.asked_first"
    asked_id: str
    code: int
    way: str


@dataclass(frozen=True)
class AskedTakenBack(Fact):
    """A note of having helped was a slip, and is gone."""

    kind: ClassVar[str] = "counter.asked_taken_back"
    asked_id: str
    code: int
