"""What a case asks of somebody besides its course: a written answer, a call-back, a decision on an appeal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.models.case import Case
from jingwei.cases.workflow import Level
from jingwei.kernel.public import uuid7


class Errand(models.Model):
    """One of them, with its own limit. The steps of the case say who asked for it and what came of it.

    `level` answers for it; "": whoever has the case. `about` and `nth` are what an appeal is against, `instance` is
    whether it is the first or the second.
    """

    class Kind(models.TextChoices):
        SUPERVISION = "supervision", pgettext_lazy("errand", "Supervised: a written answer")
        CALL_BACK = "call_back", pgettext_lazy("errand", "Call back")
        RECTIFY = "rectify", pgettext_lazy("errand", "Put right")
        MEETING = "meeting", pgettext_lazy("errand", "Review meeting")
        EXTENSION = "extension", pgettext_lazy("errand", "Asked for more time")
        SUSPENSION = "suspension", pgettext_lazy("errand", "Asked to suspend")
        CONFIRMATION = "confirm", pgettext_lazy("errand", "To be confirmed")
        APPEAL = "appeal", pgettext_lazy("errand", "Appeal")
        SPOT_CHECK = "spot_check", pgettext_lazy("errand", "Check of what was solved on the spot")

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="errands", db_index=False)
    number = models.PositiveSmallIntegerField()  # the first, second … of the case: steps name it so
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    level = models.CharField(_("level"), max_length=9, choices=Level, default="", blank=True)
    about = models.CharField(max_length=9, default="", blank=True)
    nth = models.PositiveSmallIntegerField(default=0)
    instance = models.PositiveSmallIntegerField(default=0)
    verdict = models.CharField(max_length=9, default="", blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    is_provisional = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "case_errand"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_errand_a_number_and_case"),
        ]
        indexes = [models.Index("kind", "due_at", name="case_errand_open", condition=Q(ended_at=None))]

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def is_met(self) -> bool | None:
        """Whether it was done in time; None while it is open."""
        return None if self.ended_at is None else self.ended_at <= self.due_at
