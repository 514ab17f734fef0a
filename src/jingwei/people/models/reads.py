"""Who looked at whose data. A row is written once; the database refuses to change it."""

from django.db import models

from jingwei.kernel.public import AreaCodeField, uuid7
from jingwei.people.models.accounts import Member


class Read(models.Model):
    """`reader` was shown what `kind` says of `subject` (None: somebody without an account), for `reason`.

    `thing` is the id of what it stood on, such as a case; `words` what the reader added to the reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=40)
    reader = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    thing = models.CharField(max_length=40, default="", blank=True)
    code = AreaCodeField(null=True)
    reason = models.CharField(max_length=20)
    words = models.CharField(max_length=200, default="", blank=True)
    read_at = models.DateTimeField()

    class Meta:
        db_table = "personal_read"
        indexes = [
            models.Index(fields=["subject", "-id"], name="personal_read_subject"),
            models.Index(fields=["reader", "-id"], name="personal_read_reader"),
            models.Index(fields=["thing"], name="personal_read_thing"),
            models.Index(fields=["read_at"], name="personal_read_time"),
        ]
