"""What other software says of calls and is told of them."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from jingwei.cases.public import Case, headline
from jingwei.counter.forms import LONGEST_DETAIL, LONGEST_NAME, LONGEST_PHONE, LONGEST_WORDS
from jingwei.counter.models import Call
from jingwei.counter.scripts import kind_of
from jingwei.kernel.public import STORABLE, clock
from jingwei.people.public import Member
from jingwei.places.public import codes

MOST = 200
LONGEST_NOTE, MOST_CHECKED = 500, 60
WRITTEN = (
    *("phone", "name", "is_on_behalf", "for_name", "for_phone", "words", "place", "detail", "longitude", "latitude"),
    *("checked", "wants_news", "answer", "note", "handed_note"),
)
Code = Annotated[str, StringConstraints(max_length=20, pattern=STORABLE)]
Name = Annotated[str, StringConstraints(max_length=LONGEST_NAME, pattern=STORABLE)]
Number = Annotated[str, StringConstraints(max_length=LONGEST_PHONE, pattern=STORABLE)]
Text = Annotated[str, StringConstraints(max_length=LONGEST_WORDS, pattern=STORABLE)]
Note = Annotated[str, StringConstraints(max_length=LONGEST_NOTE, pattern=STORABLE)]
Line = Annotated[str, StringConstraints(max_length=120, pattern=STORABLE)]


class CallIn(Schema):
    """Somebody calls, or stands at the counter. Sent again with the same `id`, it is the same call."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    way: Literal["phone", "walk_in"] = "phone"
    phone: Number = ""


class WrittenIn(Schema):
    """What is written down; what is left out stays as it is. Where: an `area` (18 digits), or a point (WGS-84)."""

    model_config = ConfigDict(extra="forbid")

    phone: Number = ""
    name: Name = ""
    is_on_behalf: bool = False
    for_name: Name = ""
    for_phone: Number = ""
    words: Text = ""
    category: Code = ""
    area: Code = ""
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    detail: Annotated[str, StringConstraints(max_length=LONGEST_DETAIL, pattern=STORABLE)] = ""
    checked: Annotated[list[Line], Field(max_length=MOST_CHECKED)] = []


class PhoneIn(Schema):
    model_config = ConfigDict(extra="forbid")

    phone: Number


class SaidIn(Schema):
    """What was answered at once."""

    model_config = ConfigDict(extra="forbid")

    answer: Text


class KnownIn(Schema):
    """Which case it is about already, and whether the caller is to hear how that goes on."""

    model_config = ConfigDict(extra="forbid")

    case: Code
    wants_news: bool = False


class DangerIn(Schema):
    """What the danger is: a class and its condition, one marked as an emergency. `title` is fit for the public."""

    model_config = ConfigDict(extra="forbid")

    category: Code
    condition: Code
    title: Line = ""


class HandIn(Schema):
    """To a `department` or a `member` that takes calls there now (`…/takers`); one of the two."""

    model_config = ConfigDict(extra="forbid")

    department: int | None = None
    member: int | None = None
    note: Note


class WrapIn(Schema):
    """What is left to do; `helped` as in `first-asked`, where it is not the usual way."""

    model_config = ConfigDict(extra="forbid")

    note: Note = ""
    helped: Literal["", "handled", "forwarded", "on_behalf", "shown", "explained"] = ""


class CallOut(Schema):
    """A call without words or people. `state`: open, wrapping, done. `is_mine`: the key is its clerk; otherwise it
    waits for the key, or for a department of it. `seconds` have been spoken so far.
    """

    id: UUID
    way: str
    state: str
    outcome: str
    code: str
    category: str
    case: str
    is_mine: bool
    is_handed: bool
    started_at: datetime
    parked_at: datetime | None
    ended_at: datetime | None
    wrapped_at: datetime | None
    seconds: int


class CallsOut(Schema):
    """One page, the newest first, and where the next begins (null: this is the last)."""

    items: list[CallOut]
    next: UUID | None


class CallSheetOut(CallOut):
    """A call with all that was written, and the edition of the script with which it was taken."""

    phone: str
    name: str
    is_on_behalf: bool
    for_name: str
    for_phone: str
    words: str
    area: str
    place: str
    detail: str
    longitude: float | None
    latitude: float | None
    checked: list[str]
    script: str
    edition: int | None
    wants_news: bool
    answer: str
    note: str
    handed_note: str


class KnownCaseOut(Schema):
    number: str
    title: str
    status: str


class EarlierOut(Schema):
    way: str
    outcome: str
    started_at: datetime


class FoundOut(Schema):
    """What a number is known for within the areas of the key; no words and no names."""

    has_account: bool
    cases: list[KnownCaseOut]
    calls: list[EarlierOut]


class AlikeOut(KnownCaseOut):
    """An open case that may be the same matter."""

    metres: int


class TakerOut(Schema):
    id: int
    name: str


class TakersOut(Schema):
    departments: list[TakerOut]
    members: list[TakerOut]


class AlarmedOut(Schema):
    """`is_called`: whoever is on duty is called. Otherwise nobody could be: dial 110, 119 or 120."""

    call: CallOut
    is_called: bool


class CallFilters(Schema):
    """`state`: open, wrapping or done; left out, all. `handed`: calls that wait for the key or a department of it."""

    state: Literal["open", "wrapping", "done"] | None = None
    handed: bool = False
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50
    cursor: UUID | None = None


def call_item(call: Call, member: Member) -> dict[str, Any]:
    """A call as the API shows it. The area code is text: JavaScript's numbers end before it."""
    names = ("id", "way", "state", "outcome", "is_handed", "started_at", "parked_at", "ended_at", "wrapped_at")
    return {name: getattr(call, name) for name in names} | {
        "code": codes.write(call.code),
        "category": call.category_code,
        "case": call.case.number if call.case else "",
        "is_mine": call.clerk_id == member.pk,
        "seconds": int(call.talked(clock.now()).total_seconds()),
    }


def call_sheet(call: Call, member: Member) -> dict[str, Any]:
    """The same with all that was written."""
    script = call.script
    return call_item(call, member) | {
        **{name: getattr(call, name) for name in WRITTEN},
        "area": codes.write(call.place_code) if call.place_code else "",
        "script": kind_of(script.category_code) if script else "",
        "edition": script.number if script else None,
    }


def case_item(case: Case) -> dict[str, Any]:
    return {"number": case.number, "title": headline(case), "status": case.status}
