"""The tables of heartbeats, and of what browsers report."""

from django.db.models import CharField, DateField, DateTimeField, IntegerField, Model, UniqueConstraint
from django.db.models.functions import Now


class Heartbeat(Model):
    """When a program that works by itself last went round. `blocked_at`: since when another one holds it up."""

    name = CharField(primary_key=True, max_length=20)
    beaten_at = DateTimeField(db_default=Now())
    blocked_at = DateTimeField(null=True)

    class Meta:
        db_table = "heartbeat"


class PolicyReport(Model):
    """How often browsers kept a page from doing something, by day. Of nobody: no address, no browser, no member."""

    day = DateField()
    route = CharField(max_length=100)
    directive = CharField(max_length=40)
    blocked = CharField(max_length=100)
    count = IntegerField(default=0)

    class Meta:
        db_table = "policy_report"
        constraints = [UniqueConstraint("day", "route", "directive", "blocked", name="policy_report_once")]
