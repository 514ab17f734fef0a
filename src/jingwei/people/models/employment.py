"""The employment record of the staff: hired, trained, certificates, left. It says nothing of how well anybody works."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import EncryptedField
from jingwei.people.models.accounts import Member


class Employment(models.Model):
    """From when until when somebody works here. Leave stands among the absences."""

    member = models.OneToOneField(Member, primary_key=True, on_delete=models.CASCADE, related_name="employment")
    hired_on = models.DateField(_("hired"), null=True, blank=True)
    left_on = models.DateField(_("left"), null=True, blank=True)

    class Meta:
        db_table = "employment"
        constraints = [
            models.CheckConstraint(
                name="nobody_leaves_before_they_come",
                condition=Q(hired_on=None) | Q(left_on=None) | Q(left_on__gte=F("hired_on")),
            ),
        ]


class Training(models.Model):
    """Something that was learned for the work."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="trainings")
    name = models.CharField(_("training"), max_length=80)
    held_on = models.DateField(_("day"))
    hours = models.PositiveSmallIntegerField(_("hours"))

    class Meta:
        db_table = "training"


class Certificate(models.Model):
    """A paper that allows some work. Its number may be that of the holder's identity card, and is encrypted."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="certificates")
    kind = models.CharField(_("certificate"), max_length=80)
    number = EncryptedField(_("number"), max_length=40, null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        db_table = "certificate"
        indexes = [models.Index("valid_until", name="certificate_by_end")]
