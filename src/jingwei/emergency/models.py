"""An incident is the alarm of a case: who is called, what is to be done, what was done. Rosters say who is on duty."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jingwei.cases.public import Case
from jingwei.kernel.public import AreaCodeField, uuid7
from jingwei.people.public import Member


def in_language(zh: str, en: str) -> str:
    """The text of a table that holds both languages, in the one the reader uses."""
    return en if (get_language() or "").startswith("en") and en else zh


class ShiftQuerySet(models.QuerySet["Shift"]):
    def at(self, now: datetime) -> Self:
        """Shifts that are on."""
        return self.filter(starts_at__lte=now, ends_at__gt=now)

    def between(self, start: datetime, end: datetime) -> Self:
        """Shifts that are on at some time in between."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)


class Shift(models.Model):
    """Who is on duty for a street or district, from when to when. `rank` is the order in which they are called."""

    id = models.BigAutoField(primary_key=True)
    code = AreaCodeField()
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = ShiftQuerySet.as_manager()

    class Meta:
        db_table = "emergency_shift"
        constraints = [
            models.CheckConstraint(name="a_shift_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="ranks_begin_with_one", condition=Q(rank__gte=1)),
            models.UniqueConstraint(fields=["code", "rank", "starts_at"], name="one_shift_a_rank_and_beginning"),
        ]
        indexes = [models.Index("code", "ends_at", name="emergency_shift_times")]


class Plan(models.Model):
    """What a district has laid down for a kind of emergency: a class of cases, a major class, or "" for any other."""

    category_code = models.CharField(max_length=4, unique=True, blank=True)
    title_zh = models.CharField(max_length=40)
    title_en = models.CharField(max_length=80, blank=True)
    steps_zh = models.TextField(max_length=4000)
    steps_en = models.TextField(max_length=6000, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "emergency_plan"


class Incident(models.Model):
    """An alarm of a case, from the first call until it is stood down. `next_at`: when somebody else is called."""

    class Origin(models.TextChoices):
        BUTTON = "button", _("The emergency button")
        CONDITION = "condition", _("A condition marked as an emergency")
        OFFICER = "officer", _("The duty officer")

    class Outcome(models.TextChoices):
        HANDLED = "handled", _("Over and dealt with")
        FILED = "filed", _("No danger any more, goes on as an ordinary case")

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="incidents")
    code = AreaCodeField()
    origin = models.CharField(max_length=9, choices=Origin)
    raised_at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=1)  # how often the whole chain has been gone through
    next_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=7, choices=Outcome, default="", blank=True)

    class Meta:
        db_table = "emergency_incident"
        constraints = [
            models.UniqueConstraint("case", condition=Q(ended_at=None), name="one_running_incident_a_case"),
            models.CheckConstraint(
                name="calls_go_on_until_answered",
                condition=Q(answered_at=None, ended_at=None, next_at__isnull=False)
                | Q(Q(answered_at__isnull=False) | Q(ended_at__isnull=False), next_at=None),
            ),
            models.CheckConstraint(
                name="ended_incident_has_outcome", condition=Q(ended_at=None, outcome="") | Q(ended_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index("next_at", name="emergency_next", condition=Q(next_at__isnull=False)),
            models.Index("code", F("raised_at").desc(), name="emergency_newest"),
        ]

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


class Call(models.Model):
    """That somebody was called to an incident: one row a turn, once a round for each."""

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="calls", db_index=False)
    code = AreaCodeField()
    turn = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    called_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        db_table = "emergency_call"
        constraints = [
            models.UniqueConstraint("incident", "turn", name="one_call_a_turn"),
            models.UniqueConstraint("incident", "round", "member", name="called_once_a_round"),
        ]


class PlanStep(models.Model):
    """A step of the plan, copied when the alarm was raised: a plan that is changed later changes nothing here."""

    class Answer(models.TextChoices):
        DONE = "done", pgettext_lazy("plan step", "Done")
        NOT_NEEDED = "not_needed", pgettext_lazy("plan step", "Not needed")

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="steps", db_index=False)
    code = AreaCodeField()
    number = models.PositiveSmallIntegerField()
    text_zh = models.CharField(max_length=200)
    text_en = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        db_table = "emergency_step"
        constraints = [
            models.UniqueConstraint("incident", "number", name="one_step_a_number"),
            models.CheckConstraint(
                name="answered_step_has_time",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    @property
    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)


class LogEntry(models.Model):
    """What happened, in order. Entries are added and never changed; `member` did it, `called` was called."""

    class Kind(models.TextChoices):
        RAISED = "raised", pgettext_lazy("incident", "Alarm raised")
        CALLED = "called", pgettext_lazy("incident", "Called")
        NOBODY = "nobody", pgettext_lazy("incident", "Nobody on duty to call; leaders told")
        ANEW = "anew", pgettext_lazy("incident", "Nobody has answered: leaders told, the chain begins again")
        ANSWERED = "answered", pgettext_lazy("incident", "Answered, and leads")
        STEP = "step", pgettext_lazy("incident", "Step of the plan")
        NOTE = "note", pgettext_lazy("incident", "Note")
        STOOD_DOWN = "stood_down", pgettext_lazy("incident", "Stood down: over and dealt with")
        CALLED_OFF = "called_off", pgettext_lazy("incident", "Stood down: goes on as an ordinary case")

    id = models.UUIDField(primary_key=True, default=uuid7)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="log")
    code = AreaCodeField()
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    called = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    step = models.ForeignKey(PlanStep, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    answer = models.CharField(max_length=10, default="", blank=True)
    words = models.TextField(default="", blank=True)

    class Meta:
        db_table = "emergency_log"
