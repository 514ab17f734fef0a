"""What an installation decides about roles."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import clock


class RoleDuties(models.Model):
    """The duties that a role gives here, where that is not what `roles.py` says. Read along with the posts."""

    role = models.CharField(_("role"), max_length=20, primary_key=True)
    duties = ArrayField(models.CharField(max_length=40), verbose_name=_("duties"), default=list)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "role_duties"
