"""Emergencies for other software: raise an alarm, read it, answer, work through the plan, write the log, stand down.

Thin: each operation calls one action. Software that answers leads for the centre that holds its key.
"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field, StringConstraints

from jingwei.cases.public import Case, alarm_case, condition_of
from jingwei.emergency import actions
from jingwei.emergency.board import board_of, last_incident
from jingwei.emergency.models import Call, Incident, LogEntry, PlanStep
from jingwei.kernel.public import STORABLE, allowed, may
from jingwei.people.public import KeyRequest, Member
from jingwei.places.public import codes

router = Router(tags=["emergencies"])
MOST = 200
Code = Annotated[str, StringConstraints(max_length=20, pattern=STORABLE)]
Text = Annotated[str, StringConstraints(max_length=actions.MOST_WORDS, pattern=STORABLE)]


class AlarmIn(Schema):
    """What the danger is: a `category` and its `condition`, one marked as an emergency. Both may be left out where the
    case is filed. `title` is fit for the public; left empty, it is called as the danger.
    """

    model_config = ConfigDict(extra="forbid")

    category: Code = ""
    condition: Code = ""
    title: Text = ""
    words: Text = ""


class StepIn(Schema):
    """`answer`: done, or not_needed with the words of why."""

    model_config = ConfigDict(extra="forbid")

    answer: Code
    words: Text = ""


class NoteIn(Schema):
    model_config = ConfigDict(extra="forbid")

    words: Text


class EndIn(Schema):
    """`outcome`: handled (over and dealt with) or filed (goes on as an ordinary case)."""

    model_config = ConfigDict(extra="forbid")

    outcome: Code
    words: Text


class EmergencyOut(Schema):
    """An alarm, without words or people. `number` is that of its case; `origin`: button, condition or officer.
    `next_call_at` is null once somebody has answered, `ended_at` until it is stood down.
    """

    number: str
    code: str
    category: str
    title: str
    origin: str
    raised_at: datetime
    next_call_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    outcome: str


class EmergenciesOut(Schema):
    """One page, the newest first, and where the next begins (null: this is the last)."""

    items: list[EmergencyOut]
    next: UUID | None


class DutyCallOut(Schema):
    """That somebody was called, and until when they had time to answer."""

    turn: int
    round: int
    called: str
    called_at: datetime
    until: datetime


class PlanStepOut(Schema):
    """A step of the plan in the language of the request; `answer`: done, not_needed, or empty while it is open."""

    number: int
    text: str
    answer: str
    answered_at: datetime | None


class LogEntryOut(Schema):
    """What happened; `by` did it, `called` was called, `step` is the number of the step it is about."""

    kind: str
    at: datetime
    by: str
    called: str
    step: int | None
    answer: str
    words: str


class EmergencySheetOut(EmergencyOut):
    """An alarm with who leads, the calls in their order, the plan, and the log, the newest first."""

    lead: str
    calls: list[DutyCallOut]
    steps: list[PlanStepOut]
    log: list[LogEntryOut]


class EmergencyFilters(Schema):
    """`is_on`: the alarms that are on, or those stood down; left out, all."""

    is_on: bool | None = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50
    cursor: UUID | None = None


@router.post("/cases/{number}/alarm", response={201: EmergencyOut})
def raise_alarm(request: KeyRequest, number: str, given: AlarmIn) -> Status[dict[str, Any]]:
    """Raise the alarm for a case that is reported or filed: whoever is on duty is called at once. For keys that answer
    alarms at the place, and for the software that reported it. 409 where it is on already, or nobody could be called.
    """
    case = Case.objects.by_numbers([number]).select_related("category").get()
    if not (may(request.auth, "cases.see", case) or may(request.auth, "cases.alarm", case)):
        raise Case.DoesNotExist
    condition = condition_of(given.category, given.condition) if given.category else None
    alarm_case(case, condition=condition, title=given.title, words=given.words, by=request.auth)
    return Status(201, item(_incidents().get(case_id=case.pk, ended_at=None)))


@router.get("/emergencies", response=EmergenciesOut)
def emergencies(request: KeyRequest, filters: Query[EmergencyFilters]) -> dict[str, Any]:
    """Alarms in the areas of the key, the newest first."""
    rows = allowed(request.auth, "emergency.work", _incidents())
    if filters.is_on is not None:
        rows = rows.filter(ended_at__isnull=filters.is_on)
    if filters.cursor is not None:
        rows = rows.filter(pk__lt=filters.cursor)
    found = list(rows.order_by("-pk")[: filters.limit + 1])
    shown = found[: filters.limit]
    return {"items": [item(one) for one in shown], "next": shown[-1].pk if len(found) > len(shown) else None}


@router.get("/emergencies/{number}", response=EmergencySheetOut)
def one_emergency(request: KeyRequest, number: str) -> dict[str, Any]:
    """The last alarm of a case with its calls, its plan and its log."""
    return sheet(worked_on(request.auth, number), request.auth)


@router.post("/emergencies/{number}/answer", response=EmergencySheetOut)
def answer(request: KeyRequest, number: str) -> dict[str, Any]:
    """Take it on and lead: nobody else is called. The same again changes nothing; 409 where somebody else leads."""
    incident = worked_on(request.auth, number)
    actions.answer_incident(incident, by=request.auth)
    return sheet(worked_on(request.auth, number), request.auth)


@router.post("/emergencies/{number}/steps/{int:step}", response=EmergencySheetOut)
def answer_step(request: KeyRequest, number: str, step: int, given: StepIn) -> dict[str, Any]:
    """Answer a step of the plan. It may be answered anew: the log keeps both."""
    incident = worked_on(request.auth, number)
    actions.answer_step(incident, step, answer=given.answer, words=given.words, by=request.auth)
    return sheet(incident, request.auth)


@router.post("/emergencies/{number}/log", response=EmergencySheetOut)
def write_log(request: KeyRequest, number: str, given: NoteIn) -> dict[str, Any]:
    """Add what happened to the log."""
    incident = worked_on(request.auth, number)
    actions.add_note(incident, words=given.words, by=request.auth)
    return sheet(incident, request.auth)


@router.post("/emergencies/{number}/end", response=EmergencySheetOut)
def end(request: KeyRequest, number: str, given: EndIn) -> dict[str, Any]:
    """Stand it down, for whoever leads, once every step of the plan is answered."""
    incident = worked_on(request.auth, number)
    actions.stand_down(incident, outcome=given.outcome, words=given.words, by=request.auth)
    return sheet(worked_on(request.auth, number), request.auth)


def worked_on(member: Member, number: str) -> Incident:
    """The last alarm of a case. Raises Incident.DoesNotExist also where the key does not answer alarms there."""
    incident = last_incident(number, member)
    if incident is None:
        raise Incident.DoesNotExist
    return incident


def _incidents() -> Any:
    return Incident.objects.select_related("case__category")


def item(incident: Incident) -> dict[str, Any]:
    """An alarm as the API shows it. The area code is text: JavaScript's numbers end before it."""
    names = ("origin", "raised_at", "answered_at", "ended_at", "outcome")
    return {name: getattr(incident, name) for name in names} | {
        "number": incident.case.number,
        "code": codes.write(incident.code),
        "category": incident.case.category_code,
        "title": incident.case.title,
        "next_call_at": incident.next_at,
    }


def sheet(incident: Incident, member: Member) -> dict[str, Any]:
    board = board_of(incident, member)
    return item(incident) | {
        "lead": board.lead.name if board.lead else "",
        "calls": [_call(one) for one in board.calls],
        "steps": [_step(one) for one in board.steps],
        "log": [_entry(one) for one in board.log],
    }


def _call(call: Call) -> dict[str, Any]:
    names = ("turn", "round", "called_at", "until")
    return {name: getattr(call, name) for name in names} | {"called": call.member.name}


def _step(step: PlanStep) -> dict[str, Any]:
    return {name: getattr(step, name) for name in PlanStepOut.model_fields}


def _entry(entry: LogEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("kind", "at", "answer", "words")} | {
        "by": entry.member.name if entry.member else "",
        "called": entry.called.name if entry.called else "",
        "step": entry.step.number if entry.step else None,
    }
