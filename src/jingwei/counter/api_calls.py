"""Calls for other software, such as a telephone exchange: begin one, write down what is said, see who calls.

Thin: each operation calls one action. For keys with the duty `counter.take`; the software that began or took a call is
its clerk.
"""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from jingwei.cases.public import Spot, current, read_spot, spot_at
from jingwei.counter import actions
from jingwei.counter.accounts import read_number
from jingwei.counter.api_shapes import (
    AlikeOut,
    CallFilters,
    CallIn,
    CallOut,
    CallSheetOut,
    CallsOut,
    FoundOut,
    PhoneIn,
    TakersOut,
    WrittenIn,
    call_item,
    call_sheet,
    case_item,
)
from jingwei.counter.desk import alike, handed_calls
from jingwei.counter.lookup import look_up
from jingwei.counter.models import Call
from jingwei.counter.policy import TAKE
from jingwei.counter.scripts import script_for
from jingwei.kernel.public import NotPermitted, Refused, allowed, clock, may
from jingwei.people.public import KeyRequest, Member

LONGEST_PLACE = 120
router = Router(tags=["calls"])


@router.get("/calls", response=CallsOut)
def calls(request: KeyRequest, filters: Query[CallFilters]) -> dict[str, Any]:
    """The calls of the key, or those that wait for it, the newest first."""
    if filters.handed:
        rows = Call.objects.filter(pk__in=[one.pk for one in handed_calls(request.auth)])
    else:
        rows = allowed(request.auth, "counter.work", Call.objects.all())
    if filters.state is not None:
        rows = rows.filter(state=filters.state)
    if filters.cursor is not None:
        rows = rows.filter(pk__lt=filters.cursor)
    found = list(rows.select_related("case").order_by("-pk")[: filters.limit + 1])
    shown = found[: filters.limit]
    items = [call_item(one, request.auth) for one in shown]
    return {"items": items, "next": shown[-1].pk if len(found) > len(shown) else None}


@router.post("/calls", response={200: CallOut, 201: CallOut})
def begin_call(request: KeyRequest, given: CallIn) -> Status[dict[str, Any]]:
    """A call begins (201); the same `id` came before (200)."""
    if not request.auth.has_duty(TAKE):
        raise NotPermitted
    before = Call.objects.filter(pk=given.id, clerk_id=request.auth.pk).exists()
    call = actions.begin_call(given.way, phone=_number(given.phone), key=given.id, by=request.auth)
    return Status(200 if before else 201, call_item(call, request.auth))


@router.get("/calls/{uuid:call}", response=CallSheetOut)
def one_call(request: KeyRequest, call: UUID) -> dict[str, Any]:
    """One call with all that was written. Of a call that waits for the key, that it was read is noted."""
    found = seen_call(request.auth, call)
    if found.state == Call.State.OPEN and may(request.auth, "counter.receive", found):
        actions.open_handed(found, by=request.auth)
    return call_sheet(found, request.auth)


@router.post("/calls/{uuid:call}", response=CallSheetOut)
def write_call(request: KeyRequest, call: UUID, given: WrittenIn) -> dict[str, Any]:
    """Write down what is said, bit by bit. The answer names the script that holds for the class."""
    found = seen_call(request.auth, call)
    written = _written(given)
    script = script_for(written.get("category_code", found.category_code))
    actions.write_call(found, by=request.auth, script_id=script.pk if script else None, **written)
    return call_sheet(seen_call(request.auth, call), request.auth)


@router.post("/calls/{uuid:call}/look-up", response=FoundOut)
def look_up_caller(request: KeyRequest, call: UUID, given: PhoneIn) -> dict[str, Any]:
    """What the number is known for. It is kept with the call, and that somebody looked is noted."""
    found = look_up(seen_call(request.auth, call), _number(given.phone), by=request.auth)
    earlier = [{"way": one.way, "outcome": one.outcome, "started_at": one.started_at} for one in found.calls]
    return {"has_account": found.has_account, "cases": [case_item(one) for one in found.cases], "calls": earlier}


@router.get("/calls/{uuid:call}/alike", response=list[AlikeOut])
def alike_cases(request: KeyRequest, call: UUID) -> list[dict[str, Any]]:
    """Open cases near by that sound alike."""
    found = alike(seen_call(request.auth, call), request.auth, clock.now())
    return [case_item(one.case) | {"metres": one.metres} for one in found]


@router.get("/calls/{uuid:call}/takers", response=TakersOut)
def call_takers(request: KeyRequest, call: UUID) -> dict[str, Any]:
    """To whom the call may be handed now."""
    takers = actions.takers_of(seen_call(request.auth, call), request.auth, clock.now())
    return {
        "departments": [{"id": one.pk, "name": one.name} for one in takers.offices],
        "members": [{"id": one.pk, "name": one.name} for one in takers.people],
    }


def seen_call(member: Member, key: UUID) -> Call:
    """The call, if it is the key's or waits for it. Raises Call.DoesNotExist."""
    found = Call.objects.select_related("case", "script").get(pk=key)
    if not may(member, "counter.see", found):
        raise Call.DoesNotExist
    return found


def _number(text: str) -> str:
    try:
        return read_number(text) if text.strip() else ""
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from None


def _written(given: WrittenIn) -> dict[str, Any]:
    """What goes into the call: each field that was sent."""
    written = given.model_dump(exclude_unset=True)
    for name in {"phone", "for_phone"} & written.keys():
        written[name] = _number(written[name])
    if "category" in written:
        code = written["category_code"] = written.pop("category")
        if code and code not in current():
            raise Refused(_("There is no category %(code)s.") % {"code": code})
    if written.get("for_name") or written.get("for_phone"):
        written["is_on_behalf"] = True  # whoever names somebody else speaks for them
    spots = {written.pop(name, None) for name in ("area", "longitude", "latitude")}
    return written | (_placed(_spot(given)) if spots - {None, ""} else {})


def _spot(given: WrittenIn) -> Spot | None:
    if given.longitude is None or given.latitude is None:
        return read_spot(f"a{given.area}")
    return spot_at("point", given.longitude, given.latitude)


def _placed(spot: Spot | None) -> dict[str, Any]:
    if spot is None:
        raise Refused(_("This place cannot be found. Give an area by its 18 digits, or a point within our areas."))
    return {
        "place_code": spot.code,
        "place": spot.title[:LONGEST_PLACE],
        "longitude": spot.longitude,
        "latitude": spot.latitude,
    }
