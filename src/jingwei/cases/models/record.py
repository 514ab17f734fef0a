"""What happened and what was said. Steps hold no words: those stand in `Words`, which can be erased."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingwei.cases.models.case import Case
from jingwei.kernel.public import AreaCodeField, EncryptedField, uuid7
from jingwei.people.public import Department, Member


class Report(models.Model):
    """Who reported, through which door. The id is the sender's own, so that sending twice is reporting once."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    digest = models.BinaryField(max_length=32)  # SHA-256 of the bytes as first queued
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    sender = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    name = EncryptedField(max_length=80, default="", blank=True)
    phone = EncryptedField(max_length=20, default="", blank=True)
    source = models.CharField(max_length=40, default="", blank=True)
    source_key = models.CharField(max_length=80, default="", blank=True)
    code = AreaCodeField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "case_report"
        indexes = [models.Index("member", "received_at", name="case_report_member")]


class Step(models.Model):
    """One move that was made. Order is by record, lateness by occurrence."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps", db_index=False)
    verb = models.CharField(max_length=16)
    before = models.CharField(max_length=10, default="", blank=True)
    after = models.CharField(max_length=10)
    level = models.CharField(max_length=9)
    actor = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    on_behalf_of = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    assignment_id = models.UUIDField(null=True)
    department = models.ForeignKey(Department, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    detail = models.JSONField(default=dict)  # codes and keys only: what a replay needs to rebuild the case
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "case_step"
        indexes = [models.Index("case", "id", name="case_step_case")]


class Words(models.Model):
    """What was said with a step: the report, an instruction, a reason, a result."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="words")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="words", db_index=False)
    code = AreaCodeField()
    text = models.TextField(max_length=2000)

    class Meta:
        db_table = "case_words"


class Photo(models.Model):
    """A picture, re-encoded on arrival: no metadata is kept, position and time taken are read first."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("Before")
        AFTER = "after", _("After")
        CHECK = "check", _("At the check")

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="photos")
    moment = models.CharField(max_length=6, choices=Moment)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    code = AreaCodeField()
    file = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32)  # of the bytes as sent: the same picture twice is kept once
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_at = models.DateTimeField(null=True)
    has_thumbnail = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "case_photo"
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="one_copy_of_a_photo_a_case")]


class Stage(models.Model):
    """An internal clock inside the promise: file, dispatch, accept or alarm, handle, check. Met or missed, by whom."""

    class Name(models.TextChoices):
        FILE = "file", _("Filing")
        DISPATCH = "dispatch", _("Dispatch")
        ACCEPT = "accept", _("Acceptance")
        ALARM = "alarm", _("Answering the alarm")
        HANDLE = "handle", _("Handling")
        CHECK = "check", _("Checking")

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=8, choices=Name)
    level = models.CharField(max_length=9)
    department = models.ForeignKey(Department, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    is_provisional = models.BooleanField(default=False)
    calendar = models.BigIntegerField(null=True)  # edition of the calendars by which it was reckoned; none: not ours
    is_signalled = models.BooleanField(default=False)  # that it was not kept has been said
    is_excluded = models.BooleanField(default=False)  # by an appeal: it stays on record, and no figure counts it
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        db_table = "case_stage"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="one_running_stage_a_case")
        ]

    @property
    def is_met(self) -> bool | None:
        """None while it runs."""
        return None if self.ended_at is None else self.ended_at <= self.due_at


class Rating(models.Model):
    """What the reporter thinks of a result: five grades, 5 the best. Who rated is not shown to who handled."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ratings", db_index=False)
    reopened = models.PositiveSmallIntegerField(
        default=0
    )  # of which result: how often the case was opened again by then
    grade = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    code = AreaCodeField()
    rated_at = models.DateTimeField()
    is_excluded = models.BooleanField(default=False)  # by an appeal: it stays on record, and no figure counts it

    class Meta:
        db_table = "case_rating"
        constraints = [
            models.CheckConstraint(name="grade_is_one_to_five", condition=Q(grade__range=(1, 5))),
            models.UniqueConstraint(fields=["case", "reopened"], name="one_rating_a_result"),
        ]
