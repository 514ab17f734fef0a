"""What a decision would mean for the clocks, shown as dates before it is made."""

from dataclasses import dataclass
from datetime import datetime

from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _

from jingwei.calendars.public import calendars
from jingwei.cases.forms import ClassForm
from jingwei.cases.limits import STAGE_LIMITS, promised, stage_due
from jingwei.cases.models import Case, Condition
from jingwei.cases.said import limit_length
from jingwei.kernel.public import Due


@dataclass(frozen=True)
class ConditionShown:
    """A condition to choose, with its limit and the date that follows from it."""

    widget: BoundWidget
    condition: Condition
    length: str
    due: Due


@dataclass(frozen=True)
class LimitShown:
    """One line of the limits beside a dispatch. `is_past`: it has happened; `note` says how it is reckoned."""

    name: str
    at: datetime
    note: str = ""
    is_past: bool = False


def conditions_shown(form: ClassForm, case: Case) -> list[ConditionShown]:
    """The conditions of the category chosen. A promise that the source of the case made already stands."""
    calendar = calendars().place(case.code)
    shown = []
    for widget in form["condition"].subwidgets:
        condition = form.conditions[str(widget.data["value"])]
        due = promised(condition.limit, case.promise_from, calendar)
        if case.due_at is not None:
            due = Due(case.due_at, case.is_provisional)
        shown.append(ConditionShown(widget, condition, limit_length(condition.limit), due))
    return shown


def dispatch_limits(case: Case, now: datetime) -> list[LimitShown]:
    """By when the party has to accept and handle, and the checker to check, if it is dispatched now."""
    calendar = calendars().place(case.code)
    accept, check = STAGE_LIMITS["accept"], STAGE_LIMITS["check"]
    accepted = _("%(length)s, by the hours of whoever gets it") % {"length": limit_length(accept)}
    limits = [
        LimitShown(_("Reported; the clock runs from here"), case.promise_from, is_past=True),
        LimitShown(_("Accepted"), stage_due("accept", now, case.due_at, calendar).at, accepted),
    ]
    if case.due_at is None:
        return limits
    handle = limit_length(case.condition.limit) if case.condition else ""
    checked = stage_due("check", max(case.due_at, now), case.due_at, calendar)
    return [
        *limits,
        LimitShown(_("Handled"), case.due_at, handle),
        LimitShown(_("Checked"), checked.at, _("%(length)s after it was handled") % {"length": limit_length(check)}),
    ]
