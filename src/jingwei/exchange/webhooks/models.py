"""Who is told of what by HTTP, how far each has got, and what came of the last attempts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import EncryptedField, clock
from jingwei.people.public import Member


class Subscription(models.Model):
    """Facts of some kinds and areas, sent to one address in the order of their numbers.

    `seq` is the number of the last fact that was received there, or passed over. While `failing_since` is set the
    same delivery is tried again at `next_at`; a subscription that is not `is_on` waits where it is.
    """

    name = models.CharField(_("name"), max_length=80)
    url = models.CharField(_("address"), max_length=500)
    kinds = models.JSONField(default=list)
    codes = models.JSONField(default=list)  # of areas, with what lies below them; none: everywhere
    secret = EncryptedField(max_length=80)
    is_on = models.BooleanField(default=True)
    seq = models.BigIntegerField()
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    died_at = models.DateTimeField(null=True)
    trial_wanted_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        db_table = "webhook"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(name="a_dead_webhook_is_off", condition=Q(died_at=None) | Q(is_on=False)),
            models.CheckConstraint(name="a_webhook_has_kinds", condition=~Q(kinds=[])),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """dead, off, failing or on."""
        if self.died_at is not None:
            return "dead"
        if not self.is_on:
            return "off"
        return "failing" if self.failing_since else "on"


class Attempt(models.Model):
    """One call. `status` is what the other side answered; None where it did not, and `fault` says what happened."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="attempts", db_index=False)
    seq = models.BigIntegerField(null=True)  # of the fact; none: a trial
    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=60, default="", blank=True)
    ms = models.PositiveIntegerField()

    class Meta:
        db_table = "webhook_attempt"
        indexes = [
            models.Index("subscription", F("id").desc(), name="webhook_attempt_newest"),
            models.Index("at", name="webhook_attempt_at"),
        ]

    @property
    def is_received(self) -> bool:
        return self.status is not None and 200 <= self.status < 300
