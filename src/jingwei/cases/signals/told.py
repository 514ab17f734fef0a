"""The signals of a case as its page of dates tells them: when each is or was due, when it was given, what followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jingwei.calendars.public import Calendars
from jingwei.cases.models import Case, Stage, Step
from jingwei.cases.signals.kinds import OF_PROMISE
from jingwei.cases.signals.times import Timed, signal_of_stage, signals_of_promise
from jingwei.cases.signals.words import signal_said
from jingwei.ui.public import exact


@dataclass(frozen=True)
class SignalLine:
    """`at`: when it is due by the date that holds now. `given_at`: None while it is still to come, or never comes."""

    title: str | Promise
    at: datetime
    given_at: datetime | None = None
    said: str = ""
    note: str = ""


def lines_of_promise(case: Case, steps: Sequence[Step], known: Calendars) -> list[SignalLine]:
    """The four of the promise, in their order."""
    given = {step.detail["signal"]: step for step in steps if _is_given(step) and step.occurred_at >= case.promise_from}
    is_over = case.handled_at is not None or not case.is_open
    return [_line(timed, given.get(timed.what), is_over=is_over) for timed in signals_of_promise(case, known)]


def lines_of_stage(stage: Stage, steps: Sequence[Step]) -> list[SignalLine]:
    """The one at the limit of a stage that has its own."""
    timed = signal_of_stage(stage)
    if timed is None:
        return []
    during = [step for step in steps if _is_given(step) and step.detail["signal"] == timed.what]
    given = [
        step
        for step in during
        if stage.started_at <= step.occurred_at and (stage.ended_at is None or step.occurred_at <= stage.ended_at)
    ]
    return [_line(timed, given[-1] if given else None, is_over=stage.ended_at is not None)]


def _is_given(step: Step) -> bool:
    return step.verb == "signal"


def _line(timed: Timed, step: Step | None, *, is_over: bool) -> SignalLine:
    if step is None:
        note = _("It was not needed.") if is_over else _("Provisional, as the date is.") if timed.is_provisional else ""
        return SignalLine(timed.what.label, timed.at, note=note)
    note = ""
    if datetime.fromisoformat(step.detail["at"]) != timed.at:
        note = _("The date has moved since, to which it would be due at %(when)s. What was given stands.")
        note %= {"when": exact(timed.at)}
    return SignalLine(
        timed.what.label, datetime.fromisoformat(step.detail["at"]), step.occurred_at, signal_said(step), note
    )


def warning(case: Case) -> str | Promise:
    """The last signal of the promise that a case was given, while it has not been handled."""
    return OF_PROMISE[case.signalled - 1].label if case.is_warned else ""
