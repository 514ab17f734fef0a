"""Phones that keep a part of the site, and what was sent from them. Both are their member's alone."""

from django.db import models

from jingwei.kernel.public import EncryptedField
from jingwei.people.public import Member


class Phone(models.Model):
    """A browser that keeps pages of its member under `key` (32 bytes, base64). Withdrawn, it never gets it again.

    The phone makes up its own id.
    """

    id = models.UUIDField(primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    key = EncryptedField(max_length=44)
    agent = models.CharField(max_length=250, default="", blank=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "offline_phone"
        indexes = [models.Index("seen_at", name="offline_phone_age")]


class Sent(models.Model):
    """A form that waited on a phone and was taken, under the id that the phone gave it: the same again is the same.

    `digest` is that of its content; `location` where it led to. `is_clock_doubtful`: when it was made cannot be known.
    """

    id = models.UUIDField(primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    digest = models.BinaryField()
    location = models.CharField(max_length=300, default="", blank=True)
    is_clock_doubtful = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        db_table = "offline_sent"
        indexes = [models.Index("received_at", name="offline_sent_age")]
