"""A sheet of staff on its way in: kept while somebody looks at it and while it runs, and empty afterwards."""

from django.db import models

from jingwei.kernel.public import EncryptedField, uuid7
from jingwei.people.models.accounts import Member


class StaffSheet(models.Model):
    """`rows` are its lines as text. `counts` and `refused` tell what became of them, by change and by row."""

    class State(models.TextChoices):
        LOOKED_AT = "looked_at"
        RUNNING = "running"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid7)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    rows = EncryptedField(null=True)
    state = models.CharField(max_length=9, choices=State, default=State.LOOKED_AT)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "staff_sheet"
        indexes = [models.Index("created_at", name="staff_sheet_age")]
