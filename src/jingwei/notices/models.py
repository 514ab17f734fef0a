"""What people are told, how each telling went out, and what they chose. Texts are codes and values, never words."""

from datetime import time
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.calendars.public import QuietHours
from jingwei.kernel.public import BlindIndexField, EncryptedField, clock, uuid7
from jingwei.notices.texts import Topic, Urgency
from jingwei.people.public import Department, Member


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, member: Member) -> Self:
        return self.filter(member_id=member.pk)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something that one recipient is told once: a member, a number without an account, or the robot of an office.

    `recipient` names it for "once"; `about` is the thing that it is about, by which several may be marked as read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    recipient = models.CharField(max_length=72)
    key = models.CharField(max_length=80)
    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    phone = EncryptedField(max_length=20, null=True)
    department = models.ForeignKey(Department, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    text = models.CharField(max_length=40)
    topic = models.CharField(max_length=8, choices=Topic)
    urgency = models.CharField(max_length=9, choices=Urgency)
    values = models.JSONField(default=dict)
    about = models.CharField(max_length=40, default="", blank=True)
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        db_table = "notice"
        constraints = [
            models.UniqueConstraint("recipient", "key", name="told_once"),
            models.CheckConstraint(
                name="notice_has_one_recipient",
                condition=Q(member__isnull=False, phone__isnull=True, department=None)
                | Q(member=None, phone__isnull=False, department=None)
                | Q(member=None, phone__isnull=True, department__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="notice_inbox"),
            models.Index("member", name="notice_unread", condition=Q(read_at=None)),
            models.Index("written_at", name="notice_age"),
        ]


class Channel(models.TextChoices):
    """Ways out of the house. What a member is told stands in the inbox besides, always."""

    SMS = "sms", pgettext_lazy("channel", "Text message")
    PUSH = "push", pgettext_lazy("channel", "On a device's screen")
    MAIL = "mail", _("E-mail")
    ROBOT = "robot", _("WeCom robot")


class Delivery(models.Model):
    """One notice on one channel, to browsers one each. `problem` is a code: why it failed, was dropped, or has to be
    tried again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "Waiting")
        SENDING = "sending", pgettext_lazy("delivery", "Being sent")
        SENT = "sent", pgettext_lazy("delivery", "Sent")
        FAILED = "failed", pgettext_lazy("delivery", "Failed")
        DROPPED = "dropped", pgettext_lazy("delivery", "Not needed")

    id = models.UUIDField(primary_key=True, default=uuid7)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.CharField(max_length=8, choices=Channel)
    device = models.UUIDField(null=True)  # the id of a PushDevice, which may have ended meanwhile
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        db_table = "notice_delivery"
        constraints = [
            models.UniqueConstraint("notice", "channel", name="one_delivery_a_way", condition=Q(device=None)),
            models.UniqueConstraint(
                "notice", "device", name="one_delivery_a_device", condition=Q(device__isnull=False)
            ),
            models.CheckConstraint(
                name="push_goes_to_a_device",
                condition=Q(channel="push", device__isnull=False) | Q(~Q(channel="push"), device=None),
            ),
        ]
        indexes = [
            models.Index("due_at", name="delivery_due", condition=Q(state__in=["waiting", "sending"])),
            models.Index("ended_at", name="delivery_ended"),
        ]


class Choices(models.Model):
    """What a member chose; no row, and an empty topic, mean the usual. An address counts once it is confirmed."""

    member = models.OneToOneField(Member, primary_key=True, on_delete=models.CASCADE, related_name="+")
    channels: "models.JSONField[dict[str, list[str]], dict[str, list[str]]]" = models.JSONField(default=dict)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    has_digest = models.BooleanField(default=True)
    email = EncryptedField(max_length=254, default="", blank=True)
    confirmed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "notice_choices"
        constraints = [
            models.CheckConstraint(
                name="quiet_hours_have_two_ends",
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
            )
        ]

    def quiet(self, usual: QuietHours) -> QuietHours:
        """The member's own quiet hours, or those of the district."""
        begins: time | None = self.quiet_from
        ends: time | None = self.quiet_until
        return usual if begins is None or ends is None else QuietHours(begins, ends)


class PushDeviceQuerySet(models.QuerySet["PushDevice"]):
    def at(self, endpoint: str) -> Self:
        field = PushDevice._meta.get_field("endpoint_index")  # noqa: SLF001
        assert isinstance(field, BlindIndexField)
        return self.filter(endpoint_index__in=field.under_any_key(endpoint))


class PushDevice(models.Model):
    """A browser that shows its member's messages: where its push service takes them, and what seals them.

    `server_key` is ours when it agreed: under another one the service takes nothing. `session` is where it agreed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    endpoint = EncryptedField(max_length=1000)
    endpoint_index = BlindIndexField(of="endpoint", purpose="notices.push", unique=True)
    key = EncryptedField(max_length=100)
    secret = EncryptedField(max_length=30)
    server_key = models.CharField(max_length=90)
    agent = models.CharField(max_length=250, default="", blank=True)
    session = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField()  # when it last agreed, or its service last took a message

    objects = PushDeviceQuerySet.as_manager()

    class Meta:
        db_table = "notice_push_device"
        indexes = [models.Index("used_at", name="push_device_age")]


class Robot(models.Model):
    """The robot of an office's group chat, by the address that the chat gave out."""

    department = models.OneToOneField(Department, on_delete=models.CASCADE, related_name="+")
    topics = ArrayField(models.CharField(max_length=8, choices=Topic), default=list)
    url = EncryptedField(max_length=300)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "notice_robot"


class ChannelState(models.Model):
    """How a channel is doing, and what became of all deliveries: kept by whoever sends, read by whoever watches."""

    channel = models.CharField(primary_key=True, max_length=8, choices=Channel)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    sent_count = models.PositiveBigIntegerField(default=0)
    failed_count = models.PositiveBigIntegerField(default=0)
    dropped_count = models.PositiveBigIntegerField(default=0)
    problem = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        db_table = "notice_channel"
