"""Builders of emergencies for tests. They go through the actions, so that what they build could have happened."""

from datetime import datetime, timedelta

from jingwei.cases.public import Case, alarm_case
from jingwei.cases.testing import MONDAY, a_case, a_condition
from jingwei.emergency.models import Incident, Shift
from jingwei.people.public import Member
from jingwei.people.testing import Cast, a_holder, the_cast
from jingwei.places.testing import an_area

FIRE = ("2502", "01")
DAY = timedelta(days=1)


def cast_and_areas() -> Cast:
    """A cast, and the areas around it."""
    cast = the_cast()
    an_area(cast.grid)
    return cast


def on_duty(code: int, *, rank: int = 1, at: datetime = MONDAY, member: Member | None = None) -> Member:
    """Somebody who answers alarms at the area `code`, on duty the whole day around `at`."""
    member = member or a_holder("duty_officer", code)
    Shift.objects.create(code=code, member=member, rank=rank, starts_at=at - DAY, ends_at=at + DAY)
    return member


def an_incident(cast: Cast, *, by: Member | None = None, at: datetime = MONDAY) -> Incident:
    """A fire that the dispatcher raised the alarm for, a minute after it was reported."""
    case = a_case(cast=cast, at=at - timedelta(minutes=1))
    return alarmed(case, by=by or cast.dispatcher, at=at)


def alarmed(case: Case, *, by: Member, at: datetime = MONDAY) -> Incident:
    alarm_case(case, condition=a_condition(*FIRE), by=by, now=at)
    return Incident.objects.get(case_id=case.pk, ended_at=None)
