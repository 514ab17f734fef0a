"""Ways back into an account, and into one that nobody has come into yet."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import clock, uuid7
from jingwei.people.models.accounts import Member


class Recovery(models.Model):
    """A member is let in anew, by a code that is shown once and kept as a hash.

    An account in use takes two officers: one opens the recovery, another approves it. One that nobody ever came into
    takes one (an invitation). On the command line nobody is named: whoever runs the site does it.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Invitation")
        RECOVERY = "recovery", _("Recovery")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="recoveries")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(_("reason"), max_length=200, default="", blank=True)
    opened_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, default="", blank=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "recovery"
        constraints = [
            models.CheckConstraint(
                name="recovery_takes_two",
                condition=Q(kind="invitation")
                | Q(approved_at=None)
                | Q(opened_by=None, approved_by=None)
                | (Q(opened_by__isnull=False, approved_by__isnull=False) & ~Q(opened_by=F("approved_by"))),
            ),
            models.CheckConstraint(
                name="recovery_is_not_by_its_member",
                condition=(Q(opened_by=None) | ~Q(opened_by=F("member")))
                & (Q(approved_by=None) | ~Q(approved_by=F("member"))),
            ),
            models.CheckConstraint(
                name="recovery_has_a_code_once_approved",
                condition=Q(digest="", approved_at=None) | ~Q(digest="") & Q(approved_at__isnull=False),
            ),
            models.UniqueConstraint(
                "member", name="member_has_one_open_recovery", condition=Q(used_at=None, withdrawn_at=None)
            ),
        ]

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and now < self.expires_at

    def is_waiting(self, now: datetime) -> bool:
        """Whether it still needs a second officer."""
        return self.is_open(now) and self.approved_at is None
