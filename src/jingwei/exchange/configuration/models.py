"""Sets of files that were brought in, and which of them were put into force."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import clock
from jingwei.people.public import Member


class ConfigurationSet(models.Model):
    """A whole set as it was brought in: `files` by name, CSV as text. Never changed; the newest in force holds.

    What held before the first set is kept as a set of its own, so that there is always a way back.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    note = models.CharField(_("note"), max_length=200, default="", blank=True)
    files = models.JSONField()
    brought_at = models.DateTimeField(default=clock.now)
    brought_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        db_table = "configuration_set"
        ordering = ("-number",)
        constraints = [
            models.CheckConstraint(name="configuration_set_has_files", condition=~Q(files={})),
        ]
