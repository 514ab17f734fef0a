"""How the dates of a case were reckoned: the promise and each stage, by the calendars as they were known then."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jingwei.calendars.public import Calendars, Explanation, explain
from jingwei.cases.dates import office_of, pauses_of
from jingwei.cases.limits import STAGE_LIMITS
from jingwei.cases.models import Assignment, Case, Stage, Step
from jingwei.cases.persons import office_name
from jingwei.cases.progress import Record
from jingwei.cases.said import decision, limit_length
from jingwei.cases.signals.told import SignalLine, lines_of_promise, lines_of_stage
from jingwei.kernel.public import Limit


@dataclass(frozen=True)
class Reckoned:
    """One date: its limit, whose calendar it was counted on, its course, and when it was moved and why.

    `note` says where the date is not simply the end of the course.
    """

    title: str | Promise
    due_at: datetime
    is_provisional: bool
    length: str = ""
    whose: str = ""
    explanation: Explanation | None = None
    note: str = ""
    moved: Sequence["Move"] = field(default_factory=list)
    signals: Sequence[SignalLine] = field(default_factory=list)


@dataclass(frozen=True)
class Move:
    """When a date was reckoned anew, and what was said of it."""

    at: datetime
    said: str


def reckonings(record: Record, known: Calendars, place: str) -> list[Reckoned]:
    """The promise, then every stage from the last to the first. `place`: what the case's area is called."""
    found = [_promise(record, known, place)] if record.case.due_at else []
    return found + [_stage(stage, record, known, place) for stage in reversed(record.stages)]


def _promise(record: Record, known: Calendars, place: str) -> Reckoned:
    case = record.case
    assert case.due_at is not None
    title = _("Promise to whoever reported it")
    limit = case.condition.limit if case.condition else None
    signals = lines_of_promise(case, record.steps, known)
    if case.calendar is None or limit is None:
        return Reckoned(title, case.due_at, case.is_provisional, note=_not_ours(), signals=signals)
    steps = [step for step in record.steps if step.recorded_at >= case.promise_from and "due" in step.detail]
    then = _known_then(known, steps, case.calendar)
    explanation = explain(limit, case.promise_from, then.place(case.code))
    return Reckoned(
        title,
        case.due_at,
        case.is_provisional,
        length=limit_length(limit),
        whose=place,
        explanation=explanation,
        note=_put_off(case) or _note(explanation, case.due_at, ends_with_promise=False),
        moved=_moves(steps, case),
        signals=signals,
    )


def _stage(stage: Stage, record: Record, known: Calendars, place: str) -> Reckoned:
    case, title = record.case, stage.get_name_display()
    limit: Limit | None = STAGE_LIMITS.get(stage.name)
    if limit is None:
        note = _("Handling has what is left of the promise.")
        return Reckoned(title, stage.due_at, stage.is_provisional, note=note)
    signals = lines_of_stage(stage, record.steps)
    if is_whistled(stage, record.parts):
        said = _("Whoever is called by a whistle reports in at the place within half an hour, day and night.")
        return Reckoned(title, stage.due_at, stage.is_provisional, note=said, signals=signals)
    if stage.calendar is None:
        return Reckoned(title, stage.due_at, stage.is_provisional, note=_not_ours(), signals=signals)
    steps = [step for step in record.steps if step.detail.get("stage") == stage.name and _is_during(step, stage)]
    then = _known_then(known, steps, stage.calendar)
    explanation = explain(limit, stage.started_at, office_of(stage.name, case, stage.department_id, then))
    goes_by_office = stage.name == Stage.Name.ACCEPT and stage.department is not None
    return Reckoned(
        title,
        stage.due_at,
        stage.is_provisional,
        length=limit_length(limit),
        whose=office_name(stage.department) if goes_by_office and stage.department else place,
        explanation=explanation,
        note=_put_off(case, stage) or _note(explanation, stage.due_at, ends_with_promise=True),
        moved=_moves(steps, case),
        signals=signals,
    )


def is_whistled(stage: Stage, parts: Sequence[Assignment]) -> bool:
    """Whether it is the time in which departments that were called come to the place."""
    return stage.name == Stage.Name.ACCEPT and any(
        part.is_whistled and part.sent_at == stage.started_at for part in parts
    )


def _known_then(known: Calendars, steps: Sequence[Step], given_at: int) -> Calendars:
    """Holidays and closed days as they were known at the last move, at the hours of when the date was given."""
    return known.as_of(steps[-1].detail.get("calendar", 0) if steps else given_at).keeping_hours_of(given_at)


def _is_during(step: Step, stage: Stage) -> bool:
    return stage.started_at <= step.occurred_at and (stage.ended_at is None or step.occurred_at <= stage.ended_at)


def _moves(steps: Sequence[Step], case: Case) -> list[Move]:
    return [Move(step.occurred_at, decision(step, case)) for step in steps]


def _note(explanation: Explanation, due_at: datetime, *, ends_with_promise: bool) -> str:
    if due_at < explanation.due_at and ends_with_promise:
        return _("The promise ends before that: the stage ends with it, or at once where it is over.")
    if due_at > explanation.due_at:
        return _("It stays where it was: a date never moves forward.")
    if due_at < explanation.due_at:
        return _("The offices have been arranged differently since: the date stands as it was given.")
    return ""


def _put_off(case: Case, stage: Stage | None = None) -> str:
    """Where somebody has decided that a date is not the end of its course: suspended, or given more time."""
    since, until = (stage.started_at, stage.ended_at) if stage else (None, None)
    times = sum(until is None or begun < until for begun, _ended in pauses_of(case, since=since))
    if times:
        return ngettext(
            "It was suspended %(n)d time: the date is later by what that lasted.",
            "It was suspended %(n)d times: the date is later by what that lasted.",
            times,
        ) % {"n": times}
    return _("More time was granted.") if stage is None and case.extended_from else ""


def _not_ours() -> str:
    return _("It came with the report from another system, or from a time before calendars were kept.")
