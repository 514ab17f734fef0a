"""A call that tells of danger: reported, and its alarm raised, in one go."""

from datetime import datetime

from django.db.transaction import atomic

from jingwei.cases.public import Condition
from jingwei.counter.actions.ending import report_call
from jingwei.counter.models import Call
from jingwei.emergency.public import press_for
from jingwei.people.public import Member


@atomic
def alarm_call(
    call: Call, *, condition: Condition, title: str = "", by: Member, now: datetime | None = None
) -> tuple[Call, bool]:
    """Report what was said and raise the alarm; whether somebody is called. The report stays where nobody could be."""
    call = report_call(call, by=by, now=now)
    assert call.case is not None  # a call that was reported has one
    return call, press_for(call.case, condition=condition, title=title, by=by, now=now)
