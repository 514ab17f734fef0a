"""The table of heartbeats."""

from django.db.models import CharField, DateTimeField, Model
from django.db.models.functions import Now


class Heartbeat(Model):
    """When a program that works by itself last went round. `blocked_at`: since when another one holds it up."""

    name = CharField(primary_key=True, max_length=20)
    beaten_at = DateTimeField(db_default=Now())
    blocked_at = DateTimeField(null=True)

    class Meta:
        db_table = "heartbeat"
