"""Who is away and who stands in; what somebody left open when their posting ended; a clash that was looked at."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.kernel.public import AreaCodeField
from jingwei.people.models.accounts import Member
from jingwei.people.models.postings import Posting
from jingwei.people.queries import AbsenceQuerySet


class Absence(models.Model):
    """A member is away from the day `begins_on` until before `ends_on`; `delegate` holds their postings meanwhile.

    Why is not asked: `kind` says what it means for the work, never what an illness is.
    """

    class Kind(models.TextChoices):
        LEAVE = "leave", pgettext_lazy("absence", "Leave")
        TRAINING = "training", pgettext_lazy("absence", "Training")
        SECONDED = "seconded", pgettext_lazy("absence", "Working elsewhere")
        OTHER = "other", pgettext_lazy("absence", "Other")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.LEAVE)
    begins_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("back on"))
    delegate = models.ForeignKey(
        Member,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stand_ins",
        verbose_name=_("stands in"),
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        db_table = "absence"
        constraints = [
            models.CheckConstraint(name="absence_ends_after_it_begins", condition=Q(ends_on__gte=F("begins_on"))),
            models.CheckConstraint(name="nobody_stands_in_for_themselves", condition=~Q(delegate=F("member"))),
        ]


class HandOver(models.Model):
    """Work that stays behind when a posting ends: open until somebody else has all of it.

    `code` is where the posting was held, `due_on` the day on which it ends. What exactly is open is asked of the
    modules that know (`work.py`); nothing of it is copied here.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="hand_overs")
    posting = models.OneToOneField(Posting, on_delete=models.CASCADE, related_name="hand_over")
    code = AreaCodeField(_("area"))
    due_on = models.DateField(_("due"))
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        db_table = "hand_over"
        indexes = [models.Index("code", name="hand_over_open", condition=Q(done_at=None))]


class KeptClash(models.Model):
    """Two postings of one member that give duties better kept apart, left as they are for a reason."""

    first = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(_("reason"), max_length=200)
    kept_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "kept_clash"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_reason_a_clash"),
            models.CheckConstraint(name="clash_is_in_order", condition=Q(first__lt=F("second"))),
        ]
