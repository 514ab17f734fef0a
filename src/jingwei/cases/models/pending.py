"""A report while it is being written: what has been said so far, kept for a day, and nobody's but the writer's."""

from typing import Self

from django.db import models
from django.db.models import Q

from jingwei.cases.models.case import Case
from jingwei.kernel.public import AreaCodeField, uuid7
from jingwei.people.public import Member


class PendingQuerySet(models.QuerySet["PendingReport"]):
    def of(self, browser: str, member: Member | None) -> Self:
        """What was begun in this browser, by this member or before anybody signed in."""
        return self.filter(Q(member=None) | Q(member=member), browser=browser)


class PendingReport(models.Model):
    """The id becomes the report's own, so that sending twice is reporting once. `case` is what it became."""

    id = models.UUIDField(primary_key=True)
    browser = models.CharField(max_length=64)  # SHA-256 of the cookie of whoever writes it
    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    words = models.TextField(max_length=2000, default="", blank=True)
    category_code = models.CharField(max_length=4, default="", blank=True)
    code = AreaCodeField(null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    place = models.CharField(max_length=120, default="", blank=True)
    detail = models.CharField(max_length=80, default="", blank=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    changed_at = models.DateTimeField()

    objects = PendingQuerySet.as_manager()

    class Meta:
        db_table = "case_pending"
        indexes = [
            models.Index("changed_at", name="case_pending_age"),
            models.Index("browser", "changed_at", name="case_pending_browser"),
        ]


class PendingPhoto(models.Model):
    """A photo of a report that is being written, as it will be kept: re-encoded, without metadata."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(PendingReport, on_delete=models.CASCADE, related_name="photos")
    file = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    longitude = models.FloatField(null=True)  # where the camera says it was
    latitude = models.FloatField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "case_pending_photo"
        constraints = [
            models.UniqueConstraint(fields=["report", "digest"], name="one_copy_of_a_photo_a_pending_report")
        ]
