"""Who has it: one party's part of a case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingwei.cases.models.case import Case
from jingwei.cases.workflow import LIVE, Level, Part
from jingwei.kernel.public import uuid7
from jingwei.people.public import Department, Member


class Assignment(models.Model):
    """One party (a department or a member) and its own clock on a case."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        ASSIST = "assist", _("Assist")

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=6, choices=Role, default=Role.LEAD)
    status = models.CharField(max_length=8, choices=Part, default=Part.SENT)
    is_whistled = models.BooleanField(default=False)  # called to the place, to report in there within half an hour
    level = models.CharField(max_length=9, choices=Level)  # of the case when it was sent: who may send it again
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    # by when an assistant is to report in; the lead's clock is the stage of the case
    accept_by = models.DateTimeField(null=True)
    calendar = models.BigIntegerField(null=True)  # edition of the calendars by which that was reckoned; none: not ours
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    handler = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")

    # who confirmed for the department what the handler did, where the class asks for it
    confirmed_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        db_table = "case_assignment"
        constraints = [
            models.CheckConstraint(
                name="assignment_has_one_party",
                condition=Q(department__isnull=False, member__isnull=True)
                | Q(department__isnull=True, member__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(role="lead", status__in=sorted(LIVE)),
                name="one_live_lead_a_case",
            ),
        ]

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def party(self) -> str:
        """The party as steps keep it: "d7" a department, "m3" a member."""
        return f"d{self.department_id}" if self.department_id is not None else f"m{self.member_id}"
