"""Calls and walk-ins as they are taken, what is said at each kind of matter, and how whoever was asked first helped."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.public import Case
from jingwei.kernel.public import AreaCodeField, BlindIndexField, EncryptedField, uuid7
from jingwei.people.public import Department, Member


class Script(models.Model):
    """What is said, asked and answered at a kind of matter: "" all, "02" a major class, "0201" a class.

    An edition never changes; the newest of a kind holds. One that says nothing ends its kind.
    """

    category_code = models.CharField(_("class"), max_length=4, default="", blank=True)
    number = models.PositiveIntegerField(_("edition"))
    opening = models.TextField(_("What to say first"), max_length=1000, default="", blank=True)
    questions = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    answers = models.JSONField(default=list, blank=True)  # objects with title and text
    reason = models.CharField(_("reason"), max_length=200)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        db_table = "counter_script"
        constraints = [
            models.UniqueConstraint(fields=["category_code", "number"], name="one_script_a_kind_and_edition")
        ]

    @property
    def is_empty(self) -> bool:
        return not (self.opening or self.questions or self.answers)


class Call(models.Model):
    """One conversation: on the phone, at the counter, or taken by another line whose ticket came as a file.

    While it is open it holds all that has been typed, so that nothing is lost. What became of it is its `outcome`; then
    the clerk wraps it up. `code` is the place of the counter, `place_code` and what follows that of the matter.
    """

    class Way(models.TextChoices):
        PHONE = "phone", pgettext_lazy("way", "Phone")
        WALK_IN = "walk_in", pgettext_lazy("way", "Walk-in")
        TICKET = "ticket", pgettext_lazy("way", "Hotline ticket")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("call", "Open")
        WRAPPING = "wrapping", pgettext_lazy("call", "Wrap-up")
        DONE = "done", pgettext_lazy("call", "Done")

    class Outcome(models.TextChoices):
        REPORTED = "reported", pgettext_lazy("call", "Reported")
        FOLLOWED = "followed", pgettext_lazy("call", "Follows a case")
        ANSWERED = "answered", pgettext_lazy("call", "Answered")
        DROPPED = "dropped", pgettext_lazy("call", "Broken off")

    id = models.UUIDField(primary_key=True, default=uuid7)
    way = models.CharField(max_length=7, choices=Way)
    clerk = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    code = AreaCodeField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=8, choices=Outcome, default="", blank=True)

    caller = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    name = EncryptedField(max_length=80, default="", blank=True)
    phone = EncryptedField(max_length=20, default="", blank=True)
    phone_index = BlindIndexField(of="phone", purpose="counter_call.phone", max_length=16, null=True)
    is_on_behalf = models.BooleanField(default=False)
    for_name = EncryptedField(max_length=80, default="", blank=True)
    for_phone = EncryptedField(max_length=20, default="", blank=True)

    words = models.TextField(max_length=2000, default="", blank=True)
    category_code = models.CharField(max_length=4, default="", blank=True)
    place_code = AreaCodeField(null=True)
    place = models.CharField(max_length=120, default="", blank=True)
    detail = models.CharField(max_length=80, default="", blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    script = models.ForeignKey(Script, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    checked = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    wants_news = models.BooleanField(default=False)
    answer = models.TextField(max_length=2000, default="", blank=True)
    note = models.CharField(max_length=500, default="", blank=True)

    to_department = models.ForeignKey(
        Department, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    to_member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    handed_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    handed_at = models.DateTimeField(null=True)
    handed_note = models.CharField(max_length=500, default="", blank=True)

    started_at = models.DateTimeField()
    parked_at = models.DateTimeField(null=True)
    held = models.DurationField(default=timedelta)
    ended_at = models.DateTimeField(null=True)
    wrapped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "counter_call"
        constraints = [
            models.CheckConstraint(
                name="a_call_ends_with_an_outcome",
                condition=Q(state="open", outcome="", ended_at=None) | (~Q(state="open") & ~Q(outcome="")),
            ),
            models.CheckConstraint(name="a_call_ends_after_it_began", condition=Q(ended_at__gte=F("started_at"))),
            models.CheckConstraint(name="a_call_is_done_when_wrapped", condition=Q(wrapped_at=None) | Q(state="done")),
        ]
        indexes = [
            models.Index("phone_index", "started_at", name="counter_call_phone"),
            models.Index("clerk", "started_at", name="counter_call_clerk"),
            models.Index("code", "started_at", name="counter_call_place"),
            models.Index("to_department", name="counter_call_office", condition=Q(to_department__isnull=False)),
            models.Index("to_member", name="counter_call_handed", condition=Q(to_member__isnull=False)),
            models.Index("caller", name="counter_call_caller", condition=Q(caller__isnull=False)),
        ]

    @property
    def is_handed(self) -> bool:
        """Whether it was handed on and nobody has taken it yet."""
        return self.to_department_id is not None or self.to_member_id is not None

    def talked(self, now: datetime) -> timedelta:
        """How long they have spoken, less what the caller was kept waiting."""
        waits = now - self.parked_at if self.parked_at else timedelta()
        return max((self.ended_at or now) - self.started_at - self.held - waits, timedelta())

    def wrapped(self, now: datetime) -> timedelta:
        """How long the work behind it took."""
        return (self.wrapped_at or now) - self.ended_at if self.ended_at else timedelta()


class TicketSheet(models.Model):
    """A file of another hotline. `rows` are its lines as text until it has run; `mapping` says which column (from 0)
    holds what. `counts` and `refused` tell what became of the rows, by fate and by row.
    """

    class State(models.TextChoices):
        LOOKED_AT = "looked_at", pgettext_lazy("tickets", "To be looked at")
        RUNNING = "running", pgettext_lazy("tickets", "Running")
        DONE = "done", pgettext_lazy("tickets", "In")

    id = models.UUIDField(primary_key=True, default=uuid7)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    code = AreaCodeField()
    source = models.CharField(max_length=40)
    rows = EncryptedField(null=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State, default=State.LOOKED_AT)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "counter_ticket_sheet"
        indexes = [models.Index("created_at", name="counter_ticket_sheet_age")]


class FirstAsked(models.Model):
    """Somebody of staff was asked, and helped in one of five ways. `code` is where they work.

    It says who was asked and never who asked; `words` are a few, without names. Of a call there is one at most: that of
    whoever was asked first.
    """

    class Way(models.TextChoices):
        HANDLED = "handled", pgettext_lazy("first asked", "Handled it")
        FORWARDED = "forwarded", pgettext_lazy("first asked", "Forwarded it")
        ON_BEHALF = "on_behalf", pgettext_lazy("first asked", "Took it on behalf")
        SHOWN = "shown", pgettext_lazy("first asked", "Explained the way")
        EXPLAINED = "explained", pgettext_lazy("first asked", "Explained patiently")

    id = models.UUIDField(primary_key=True, default=uuid7)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    code = AreaCodeField()
    way = models.CharField(max_length=9, choices=Way)
    category_code = models.CharField(max_length=4, default="", blank=True)
    words = models.CharField(max_length=200, default="", blank=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    call = models.OneToOneField(Call, null=True, on_delete=models.SET_NULL, related_name="first_asked")
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "counter_first_asked"
        indexes = [
            models.Index("code", "asked_at", name="counter_first_asked_place"),
            models.Index("member", "asked_at", name="counter_first_asked_member"),
        ]
