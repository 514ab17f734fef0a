"""The emergency button: a report and its alarm in one go."""

from dataclasses import dataclass
from datetime import datetime

from django.db.transaction import atomic

from jingwei.cases.public import Case, Condition, Draft, alarm_case, report_case
from jingwei.emergency.models import Incident
from jingwei.kernel.public import Refused
from jingwei.people.public import Member


@dataclass(frozen=True)
class Pressed:
    """The case, and whether somebody is called."""

    number: str
    is_alarmed: bool


@atomic
def press_button(draft: Draft, *, condition: Condition, by: Member, now: datetime | None = None) -> Pressed:
    """Report it and raise the alarm. The report stays where nobody is on duty; sent twice, it is one alarm."""
    answer = report_case(draft, by=by, now=now)
    assert answer.case_id is not None  # only what was refused has none, and that was raised
    if Incident.objects.filter(case_id=answer.case_id).exists():
        return Pressed(answer.number, is_alarmed=True)
    case = Case.objects.get(pk=answer.case_id)
    return Pressed(answer.number, is_alarmed=press_for(case, condition=condition, by=by, now=now))


def press_for(case: Case, *, condition: Condition, title: str = "", by: Member, now: datetime | None = None) -> bool:
    """The button for a case that `by` has just reported; whether somebody is called."""
    try:
        with atomic():
            alarm_case(case, condition=condition, title=title, origin=Incident.Origin.BUTTON, by=by, now=now)
    except Refused:
        return False
    return True
