"""What becomes of a call, for other software: a case, an alarm, an answer, nothing; or it goes to somebody else.

To report a call, the key needs the duty `cases.report` as well.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Router

from jingwei.cases.public import Case, condition_of
from jingwei.counter import actions
from jingwei.counter.api_calls import seen_call
from jingwei.counter.api_shapes import (
    AlarmedOut,
    CallOut,
    Code,
    DangerIn,
    HandIn,
    KnownIn,
    SaidIn,
    WrapIn,
    call_item,
)
from jingwei.counter.models import Call
from jingwei.kernel.public import Refused, clock, may
from jingwei.people.public import KeyRequest, Member

router = Router(tags=["calls"])


@router.post("/calls/{uuid:call}/report", response=CallOut)
def report_call(request: KeyRequest, call: UUID) -> dict[str, Any]:
    """It becomes a case in the name of whom it concerns. Sent again, it is the same case."""
    return _ended(request.auth, call, Call.Outcome.REPORTED, actions.report_call)


@router.post("/calls/{uuid:call}/alarm", response=AlarmedOut)
def alarm_call(request: KeyRequest, call: UUID, given: DangerIn) -> dict[str, Any]:
    """Report it and raise the alarm in one go."""
    condition = condition_of(given.category, given.condition)
    found = seen_call(request.auth, call)
    done, is_called = actions.alarm_call(found, condition=condition, title=given.title, by=request.auth)
    return {"call": call_item(done, request.auth), "is_called": is_called}


@router.post("/calls/{uuid:call}/answer", response=CallOut)
def close_answered_call(request: KeyRequest, call: UUID, given: SaidIn) -> dict[str, Any]:
    """It was answered at once, and is closed without a case."""
    return _ended(request.auth, call, Call.Outcome.ANSWERED, actions.answer_call, answer=given.answer)


@router.post("/calls/{uuid:call}/follow", response=CallOut)
def follow_case_of_call(request: KeyRequest, call: UUID, given: KnownIn) -> dict[str, Any]:
    """It is known already: no second case is made."""
    found = seen_call(request.auth, call)
    case = Case.objects.by_numbers([given.case]).first()
    if case is None or not may(request.auth, "cases.desk", case):
        raise Http404
    if found.outcome == Call.Outcome.FOLLOWED and found.case_id == case.pk:
        return call_item(found, request.auth)
    done = actions.follow_call(found, case, wants_news=given.wants_news, by=request.auth)
    return call_item(done, request.auth)


@router.post("/calls/{uuid:call}/hand", response=CallOut)
def hand_call(request: KeyRequest, call: UUID, given: HandIn) -> dict[str, Any]:
    """Offer it to somebody else, with a note. It stays where it is until they take it."""
    found = seen_call(request.auth, call)
    takers = actions.takers_of(found, request.auth, clock.now())
    to: dict[str, Any] = {
        "department": next((one for one in takers.offices if one.pk == given.department), None),
        "member": next((one for one in takers.people if one.pk == given.member), None),
    }
    return call_item(actions.hand_call(found, note=given.note, by=request.auth, **to), request.auth)


@router.post("/calls/{uuid:call}/wrap", response=CallOut)
def wrap_call(request: KeyRequest, call: UUID, given: WrapIn) -> dict[str, Any]:
    """The work behind it is done; done already, it stays as it is."""
    found = seen_call(request.auth, call)
    return call_item(actions.wrap_call(found, note=given.note, helped=given.helped, by=request.auth), request.auth)


ACTS: Mapping[str, Callable[[Call, Member], Call]] = MappingProxyType(
    {
        "park": lambda call, by: actions.park_call(call, by=by),
        "resume": lambda call, by: actions.resume_call(call, by=by),
        "keep": lambda call, by: actions.keep_call(call, by=by),
        "take": lambda call, by: actions.take_call(call, by=by),
    }
)


@router.post("/calls/{uuid:call}/drop", response=CallOut)
def drop_call(request: KeyRequest, call: UUID) -> dict[str, Any]:
    """Broken off: nothing is kept but that it was."""
    return _ended(request.auth, call, Call.Outcome.DROPPED, actions.drop_call)


@router.post("/calls/{uuid:call}/{verb}", response=CallOut)
def act_on_call(request: KeyRequest, call: UUID, verb: Code) -> dict[str, Any]:
    """The caller waits (`park`) or is spoken with again (`resume`); an offer is taken back (`keep`) or up (`take`)."""
    found = seen_call(request.auth, call)
    if verb not in ACTS:
        raise Refused(_("There is no move %(verb)s. There are: %(verbs)s.") % {"verb": verb, "verbs": ", ".join(ACTS)})
    return call_item(ACTS[verb](found, request.auth), request.auth)


def _ended(member: Member, key: UUID, outcome: str, end: Callable[..., Call], **said: Any) -> dict[str, Any]:
    """The call with what became of it. That it ended so before is a success: the answer may have been lost."""
    found = seen_call(member, key)
    is_so = found.outcome == outcome and found.clerk_id == member.pk
    return call_item(found if is_so else end(found, by=member, **said), member)
