"""First asked, for other software: note how somebody was helped, and read the counts."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field, StringConstraints

from jingwei.cases.public import Case
from jingwei.counter import actions
from jingwei.counter.actions.asked import LONGEST_WORDS
from jingwei.counter.asked import DAYS, Line, overview_for
from jingwei.counter.models import FirstAsked
from jingwei.counter.policy import OVERVIEW
from jingwei.kernel.public import STORABLE, NotPermitted, Refused, clock, may
from jingwei.people.public import KeyRequest, Member
from jingwei.places.public import codes

router = Router(tags=["first asked"])
Code = Annotated[str, StringConstraints(max_length=20, pattern=STORABLE)]
Way = Literal["handled", "forwarded", "on_behalf", "shown", "explained"]


class AskedIn(Schema):
    """Somebody was asked in an `area` (18 digits) and helped in this way. Say what it was about by `category` (a class,
    or the first two digits of one) or in a few `words`, without names. Sent again with the same `id`, it is one note.
    """

    model_config = ConfigDict(extra="forbid")

    id: UUID
    way: Way
    area: Code
    category: Code = ""
    words: Annotated[str, StringConstraints(max_length=LONGEST_WORDS, pattern=STORABLE)] = ""
    case: Code = ""


class AskedOut(Schema):
    id: UUID
    way: str
    area: str
    asked_at: datetime


class AskedLineOut(Schema):
    """Counts by way of one area or one kind of matter. Fewer than three people's stand together, or nowhere."""

    name: str
    counts: dict[str, int]


class CountsOut(Schema):
    areas: list[AskedLineOut]
    kinds: list[AskedLineOut]


class Period(Schema):
    """How many days back."""

    days: Annotated[int, Field(ge=1, le=366)] = DAYS


@router.post("/first-asked", response={200: AskedOut, 201: AskedOut})
def note_first_asked(request: KeyRequest, said: AskedIn) -> Status[Any]:
    """Note how somebody was helped (201); the same `id` came before (200)."""
    before = FirstAsked.objects.filter(pk=said.id, member_id=request.auth.pk).exists()
    row = actions.note_asked(
        said.way,
        category_code=said.category,
        words=said.words,
        case=_case(said.case, request.auth),
        code=_area(said.area),
        key=said.id,
        by=request.auth,
    )
    told = {"id": row.pk, "way": row.way, "area": codes.write(row.code), "asked_at": row.asked_at}
    return Status(200 if before else 201, told)


def _case(number: str, by: Member) -> Case | None:
    if not number:
        return None
    case = Case.objects.by_numbers([number]).first()
    if case is None or not may(by, "cases.see", case):
        raise Http404
    return case


def _area(written: str) -> int:
    try:
        return codes.read(written)
    except ValueError:
        raise Refused(_("Give the area by its 18 digits.")) from None


@router.post("/first-asked/{uuid:note}/take-back", response={204: None})
def take_back_first_asked(request: KeyRequest, note: UUID) -> Status[None]:
    """It was a slip: within a day the key takes back a note of its own."""
    actions.take_back_asked(FirstAsked.objects.get(pk=note, member_id=request.auth.pk), by=request.auth)
    return Status(204, None)


@router.get("/first-asked/counts", response=CountsOut)
def first_asked_counts(request: KeyRequest, period: Query[Period]) -> dict[str, Any]:
    """How people were helped in the areas of the key: by community (by street for a district), by kind of matter."""
    if not request.auth.has_duty(OVERVIEW):
        raise NotPermitted
    found = overview_for(request.auth, clock.now(), period.days)
    return {"areas": list(map(_line, found.areas)), "kinds": list(map(_line, found.kinds))}


def _line(line: Line) -> dict[str, Any]:
    return {"name": line.name, "counts": dict(zip(FirstAsked.Way.values, line.counts, strict=True))}
