"""Disputes that are mediated. All but the first table is for those who mediate alone, by policies of the database."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.public import Case
from jingwei.kernel.public import AreaCodeField, EncryptedField, uuid7
from jingwei.mediation.rules import Elsewhere, Kind, Level, Result, Seen, Status
from jingwei.mediation.words import STEPS
from jingwei.people.public import Member


class Mediation(models.Model):
    """One dispute: a number, a kind, where, and how far it has come. Nobody is named here, and nothing told.

    `office` is the area whose officer arranges it. While it `is_waiting`, no officer has taken that on yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=20, unique=True)
    code = AreaCodeField()
    office = AreaCodeField()
    kind = models.CharField(_("kind of dispute"), max_length=10, choices=Kind)
    level = models.CharField(_("level"), max_length=9, choices=Level)
    status = models.CharField(_("status"), max_length=5, choices=Status, default=Status.OPEN)
    result = models.CharField(_("result"), max_length=9, choices=Result, default="", blank=True)
    referred_to = models.CharField(_("referred to"), max_length=11, choices=Elsewhere, default="", blank=True)
    is_waiting = models.BooleanField(default=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(_("opened"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        db_table = "mediation"
        constraints = [
            models.CheckConstraint(
                name="ended_mediation_has_result",
                condition=Q(status=Status.OPEN, result="", ended_at=None)
                | (Q(status=Status.ENDED, ended_at__isnull=False) & ~Q(result="")),
            ),
            models.CheckConstraint(
                name="referred_mediation_says_where",
                condition=Q(result=Result.REFERRED) & ~Q(referred_to="")
                | ~Q(result=Result.REFERRED) & Q(referred_to=""),
            ),
            models.UniqueConstraint(
                fields=["case"], name="one_open_mediation_a_case", condition=Q(status=Status.OPEN, case__isnull=False)
            ),
        ]
        indexes = [
            models.Index("office", "opened_at", name="mediation_waiting", condition=Q(is_waiting=True)),
            models.Index("code", "opened_at", name="mediation_place"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.status == Status.OPEN


class Seat(models.Model):
    """Somebody who takes part in the work: mediates, or arranges who does. Whoever has left knows nothing more."""

    class Role(models.TextChoices):
        MEDIATOR = "mediator", pgettext_lazy("seat", "Mediator")
        ARRANGER = "arranger", pgettext_lazy("seat", "Arranges")

    id = models.UUIDField(primary_key=True, default=uuid7)
    mediation = models.ForeignKey(Mediation, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=8, choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "mediation_seat"
        constraints = [
            models.UniqueConstraint(
                fields=["mediation", "member", "role"], name="one_seat_a_member_and_role", condition=Q(until=None)
            ),
            models.UniqueConstraint(
                fields=["mediation"], name="one_arranger_a_mediation", condition=Q(role="arranger", until=None)
            ),
        ]


class Party(models.Model):
    """One of those who disagree. `member` is the account of whoever reported the case; others need none."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    mediation = models.ForeignKey(Mediation, on_delete=models.CASCADE, related_name="parties")
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    name = EncryptedField(max_length=80)
    phone = EncryptedField(max_length=20, default="", blank=True)
    signed_on = models.DateField(null=True)

    class Meta:
        db_table = "mediation_party"


class Session(models.Model):
    """A meeting, planned or held. `said` is empty until it has been held and written down."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    mediation = models.ForeignKey(Mediation, on_delete=models.CASCADE, related_name="sessions")
    level = models.CharField(max_length=9, choices=Level)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    parties = ArrayField(models.UUIDField(), default=list)
    mediators = ArrayField(models.BigIntegerField(), default=list)
    others = models.CharField(max_length=200, default="", blank=True)
    said = models.TextField(max_length=4000, default="", blank=True)

    class Meta:
        db_table = "mediation_session"


class Agreement(models.Model):
    """What the parties agreed on, in words. It stands once a party has signed it."""

    mediation = models.OneToOneField(Mediation, primary_key=True, on_delete=models.CASCADE, related_name="agreement")
    text = models.TextField(max_length=8000)
    is_oral = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "mediation_agreement"


class Paper(models.Model):
    """A photo or scan of a signed paper, made anew without metadata."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    mediation = models.ForeignKey(Mediation, on_delete=models.CASCADE, related_name="papers")
    file = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        db_table = "mediation_paper"
        constraints = [models.UniqueConstraint(fields=["mediation", "digest"], name="a_paper_once_a_mediation")]


class Visit(models.Model):
    """A follow-up on a day: whether what was agreed is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    mediation = models.ForeignKey(Mediation, on_delete=models.CASCADE, related_name="visits")
    due_on = models.DateField()
    seen = models.CharField(max_length=8, choices=Seen, default="", blank=True)
    words = models.TextField(max_length=2000, default="", blank=True)
    made_at = models.DateTimeField(null=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        db_table = "mediation_visit"
        indexes = [models.Index("due_on", name="mediation_visit_due", condition=Q(made_at=None))]


class Step(models.Model):
    """What was done and what was said with it: the matter itself when it was opened, later reasons."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    mediation = models.ForeignKey(Mediation, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=10)
    level = models.CharField(max_length=9, choices=Level)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    about = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(max_length=4000, default="", blank=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "mediation_step"

    @property
    def title(self) -> str | Promise:
        return STEPS[self.verb][0]

    @property
    def icon(self) -> str:
        return STEPS[self.verb][1]
