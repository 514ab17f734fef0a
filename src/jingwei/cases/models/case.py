"""The case itself. Reporter, words and photos stand beside it (`record.py`), parties in `work.py`."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingwei.cases.models.catalogue import Category, Condition
from jingwei.cases.queries import CaseQuerySet
from jingwei.cases.workflow import OPEN, WORKED_ON, Level, Status
from jingwei.kernel.public import AreaCodeField, uuid7

if TYPE_CHECKING:
    from jingwei.cases.models.record import Rating


class Case(models.Model):
    """Something that somebody has to deal with. `title` is fit for the public; `place` names no person."""

    class Urgency(models.TextChoices):
        NORMAL = "normal", _("Normal")
        URGENT = "urgent", _("Urgent")
        EMERGENCY = "emergency", _("Emergency")

    class Outcome(models.TextChoices):
        SOLVED = "solved", _("Solved")
        EXPLAINED = "explained", _("Explained")
        REFERRED = "referred", _("Referred")
        IMPOSSIBLE = "impossible", _("Not possible")

    id = models.UUIDField(primary_key=True, default=uuid7)
    # 20261121-000123: day and the district's serial, said on the phone
    number = models.CharField(_("number"), max_length=20, unique=True)
    code = AreaCodeField(_("area"))
    level = models.CharField(_("level"), max_length=9, choices=Level)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REPORTED)
    urgency = models.CharField(_("urgency"), max_length=9, choices=Urgency, default=Urgency.NORMAL)
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    condition = models.ForeignKey(Condition, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    category_code = models.CharField(max_length=4, default="")
    title = models.CharField(_("title"), max_length=120, default="")
    place = models.CharField(_("place"), max_length=200, default="")
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    channel = models.CharField(max_length=20)

    reported_at = models.DateTimeField(_("reported"))
    promise_from = models.DateTimeField()  # where the promise counts from: the report, or the last reopening
    due_at = models.DateTimeField(_("promised by"), null=True)
    is_provisional = models.BooleanField(default=False)
    extended_from = models.DateTimeField(null=True)  # the date promised first, where more time was granted
    suspended_at = models.DateTimeField(_("suspended"), null=True)  # since when its clocks stand
    review_at = models.DateTimeField(_("review"), null=True)  # when somebody looks at it again, or it goes on by itself
    suspended_for = models.CharField(max_length=12, default="", blank=True)  # the reason from the list
    pauses = models.JSONField(default=list)  # from when until when it was suspended before, since `promise_from`
    calendar = models.BigIntegerField(null=True)  # edition of the calendars that it was promised by; none: not by ours
    handled_at = models.DateTimeField(_("handled"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default="", blank=True)
    returns = models.PositiveSmallIntegerField(default=0)
    returns_from = models.DateTimeField(null=True)  # what was returned before counts no more: it was decided above
    reopened = models.PositiveSmallIntegerField(default=0)
    signalled = models.PositiveSmallIntegerField(default=0)  # how many signals of its promise it was given
    signal_at = models.DateTimeField(null=True)  # when the next signal is due; none while no clock runs
    raised = models.PositiveSmallIntegerField(default=0)  # by how many levels
    is_supervised = models.BooleanField(_("supervised"), default=False)  # a written answer is still owed
    is_excluded = models.BooleanField(default=False)  # by an appeal: whether the promise was kept counts in no figure
    urged_at = models.DateTimeField(null=True)  # when the reporter urged last
    alarm_at = models.DateTimeField(null=True)  # since when an alarm is on
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    # The case that goes on for this one: merged into it, or grouped under it.
    version = models.PositiveIntegerField(default=0)  # one more with each move: a stale form is refused

    objects = CaseQuerySet.as_manager()

    class Meta:
        db_table = "case_case"
        constraints = [
            models.CheckConstraint(name="closed_case_has_outcome", condition=~Q(status=Status.CLOSED) | ~Q(outcome="")),
            models.CheckConstraint(
                name="closed_case_has_time",
                condition=Q(status=Status.CLOSED, closed_at__isnull=False) | ~Q(status=Status.CLOSED),
            ),
            models.CheckConstraint(
                name="filed_case_has_category",
                condition=Q(status__in=[Status.REPORTED, Status.REJECTED, Status.WITHDRAWN, Status.MERGED])
                | Q(category__isnull=False),
            ),
            models.CheckConstraint(
                name="suspended_case_has_party_and_review",
                condition=Q(suspended_at=None, review_at=None)
                | Q(suspended_at__isnull=False, review_at__isnull=False, status__in=sorted(WORKED_ON)),
            ),
            models.CheckConstraint(
                name="case_point_is_whole",
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(
                    longitude__isnull=False,
                    latitude__isnull=False,
                    longitude__range=(-180, 180),
                    latitude__range=(-90, 90),
                ),
            ),
        ]
        indexes = [
            models.Index(F("reported_at").desc(), F("id").desc(), name="case_newest"),
            models.Index("status", F("reported_at").desc(), F("id").desc(), name="case_status_newest"),
            models.Index("code", "reported_at", name="case_code"),
            models.Index("follows", "reported_at", name="case_follows", condition=Q(follows__isnull=False)),
            models.Index("category_code", F("reported_at").desc(), F("id").desc(), name="case_category_newest"),
            models.Index("review_at", "id", name="case_review", condition=Q(review_at__isnull=False)),
            models.Index("signal_at", "id", name="case_signal", condition=Q(signal_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_suspended(self) -> bool:
        return self.suspended_at is not None

    @property
    def is_warned(self) -> bool:
        """Whether it was given a signal of its promise, and has not been handled."""
        return self.signalled > 0 and self.handled_at is None and self.is_open

    def is_late(self, now: datetime) -> bool:
        """Whether the promise has passed and it is not handled; while its clocks stand: whether it had before."""
        if self.due_at is None or self.handled_at is not None or not self.is_open:
            return False
        return self.due_at <= (self.suspended_at or now)

    @property
    def was_on_time(self) -> bool | None:
        """Whether the promise was met; None while it runs or where nothing was promised."""
        if self.due_at is None or self.handled_at is None:
            return None
        return self.handled_at <= self.due_at

    @property
    def rating(self) -> "Rating | None":
        """What the reporter thinks of the result that stands; None while there is none, or no word about it."""
        return next((rating for rating in self.ratings.all() if rating.reopened == self.reopened), None)
