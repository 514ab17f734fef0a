"""Reports that a person should look at, and what was decided. No mark on anybody beyond a decision with an end."""

from django.db import models
from django.db.models import Q

from jingwei.cases.public import Case
from jingwei.kernel.public import AreaCodeField, uuid7
from jingwei.people.public import Member
from jingwei.repeats.rules import Decision, Kind, Measure


class RuleSet(models.Model):
    """The rules as the administrator set them: one row, or none while those that are shipped hold."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    most = models.PositiveSmallIntegerField()
    hours = models.PositiveSmallIntegerField()
    twin_hours = models.PositiveSmallIntegerField()
    words = models.TextField(default="", blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "repeat_rules"
        constraints = [models.CheckConstraint(name="one_row_of_repeat_rules", condition=Q(id=1))]


class Flag(models.Model):
    """Why a person should look at a report. It stands on the case, names nobody, and goes soon after."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    code = AreaCodeField()
    kind = models.CharField(max_length=6, choices=Kind)
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision, default="", blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "repeat_flag"
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="one_flag_a_case_and_kind")]
        indexes = [models.Index("code", "found_at", name="repeat_flag_waiting", condition=Q(decided_at=None))]


class Limit(models.Model):
    """A decision about an account's new reports, until `ends_at`. `office` is the community that it was made for."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    office = AreaCodeField()
    measure = models.CharField(max_length=6, choices=Measure)
    reason = models.TextField(max_length=1000)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    decided_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    appeal = models.TextField(max_length=2000, default="", blank=True)
    appealed_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=2000, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        db_table = "repeat_limit"
        constraints = [
            models.CheckConstraint(name="a_limit_ends", condition=Q(ends_at__gte=models.F("begins_at"))),
        ]
        indexes = [
            models.Index("member", "ends_at", name="repeat_limit_member"),
            models.Index("ends_at", name="repeat_limit_end"),
        ]
