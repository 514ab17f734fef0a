"""The way from the sheet of a case to its emergency, for those who answer alarms at the place."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.public import Case, SheetLink, Status
from jingwei.emergency.policy import ANSWERS
from jingwei.kernel.public import may
from jingwei.people.public import Member

EARLY = frozenset({Status.REPORTED, Status.FILED})


def emergency_link(case: Case, member: Member) -> SheetLink | None:
    """To the alarm that is on, or to where one is raised. Asks the database nothing."""
    if not member.has_duty(ANSWERS) or not may(member, "cases.answer_alarm", case):
        return None
    if case.alarm_at is not None:
        return SheetLink(
            _("An alarm is on: to the emergency"), reverse("emergency:incident", args=[case.number]), "urgent"
        )
    if case.status in EARLY and case.follows_id is None:
        return SheetLink(
            pgettext_lazy("move", "Raise the alarm"), reverse("emergency:alarm", args=[case.number]), "urgent"
        )
    return None
