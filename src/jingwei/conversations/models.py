"""Conversations between a resident and whoever works in their grid, and what is said in them."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingwei.attachments.public import FORMATS, Format, Kind
from jingwei.cases.public import Case
from jingwei.kernel.public import AreaCodeField, EncryptedField, uuid7
from jingwei.people.public import Member


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def locked(self, pk: UUID) -> "Conversation":
        """Read one again and hold it until the transaction ends."""
        return self.select_for_update().get(pk=pk)

    def waiting(self) -> Self:
        """Somebody waits for an answer."""
        return self.filter(waiting_since__isnull=False)


class Conversation(models.Model):
    """A resident's thread with one grid. It is the grid's: whoever works there goes on with it.

    `name` is how the resident is called, as of the last message of theirs. `waiting_since` is the first message
    without an answer, `due_at` when that answer is due; `raised_at` says that it went to the community unanswered.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = EncryptedField(max_length=80, default="", blank=True)
    code = AreaCodeField()
    chosen_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField(null=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        db_table = "conversation"
        constraints = [
            models.UniqueConstraint(fields=["member", "code"], name="one_conversation_a_grid"),
            models.CheckConstraint(
                name="whoever_waits_has_a_due_time",
                condition=Q(waiting_since=None, due_at=None, raised_at=None)
                | Q(waiting_since__isnull=False, due_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["code", "-last_at"], name="conversation_grid"),
            models.Index("due_at", name="conversation_due", condition=Q(due_at__isnull=False, raised_at=None)),
        ]


class Message(models.Model):
    """One thing that one side said. `id` is the sender's own, so that sending twice is saying once.

    `open_until` is when a resident's message was answered; none: not yet. Whoever takes a grid over sees what was said
    since, and what was still open then. `is_raised`: it went to the community, which sees it from then on.
    """

    class Side(models.TextChoices):
        RESIDENT = "resident", _("Resident")
        GRID = "grid", _("Grid")

    id = models.UUIDField(primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    author = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    code = AreaCodeField()
    side = models.CharField(max_length=8, choices=Side)
    text = models.TextField(max_length=2000, default="", blank=True)
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    open_until = models.DateTimeField(null=True)
    is_raised = models.BooleanField(default=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        db_table = "conversation_message"
        indexes = [
            models.Index(fields=["conversation", "-written_at", "-id"], name="message_thread"),
            models.Index("conversation", "side", name="message_unread", condition=Q(read_at=None)),
            models.Index("written_at", name="message_age"),
        ]


class Attachment(models.Model):
    """A photo, voice message or video of a message, as `keep` wrote it down.

    What is held waits for the scanner, and nobody is shown it; what was removed was found harmful after all.
    """

    class State(models.TextChoices):
        THERE = "there", _("There")
        HELD = "held", _("Being checked")
        REMOVED = "removed", _("Removed")

    id = models.UUIDField(primary_key=True, default=uuid7)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=5, choices=Kind)
    content_type = models.CharField(max_length=20)
    state = models.CharField(max_length=7, choices=State, default=State.THERE)
    file = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "conversation_attachment"
        indexes = [models.Index("id", name="attachment_held", condition=Q(state="held"))]

    @property
    def format(self) -> Format:
        return FORMATS[self.content_type]


class Terms(models.Model):
    """What the district sets for all conversations: one row, once somebody has set it."""

    hours = models.FloatField(_("working hours until a first answer"))

    class Meta:
        db_table = "conversation_terms"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_set_of_terms"),
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=40), name="answers_are_due_within_a_week"),
        ]
