"""Files on their way here, in pieces."""

from django.db import models
from django.db.models import F, Q

from jingwei.kernel.public import uuid7
from jingwei.people.public import Member


class Upload(models.Model):
    """A file that a member sends piece by piece; the id is the sender's own. `received` is how much of it is here."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "upload"
        constraints = [
            models.CheckConstraint(name="no_more_than_the_whole_arrives", condition=Q(received__lte=F("size")))
        ]
        indexes = [models.Index("changed_at", name="upload_age")]

    @property
    def is_whole(self) -> bool:
        return self.received == self.size
