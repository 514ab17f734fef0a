"""Teams: who works together, for a place or an office."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.kernel.public import AreaCodeField
from jingwei.people.models.accounts import Member
from jingwei.people.models.postings import Department


class Team(models.Model):
    """`code` is the place that it serves; one of an office has its department too. Who is in a volunteer team has said
    so, and may take it back: then nothing of it is kept.
    """

    class Kind(models.TextChoices):
        VOLUNTEER = "volunteer", pgettext_lazy("team", "Volunteers")
        PROPERTY = "property", pgettext_lazy("team", "Property")
        PROFESSIONAL = "professional", pgettext_lazy("team", "Professional")
        SERVICE = "service", pgettext_lazy("team", "Service")

    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    code = AreaCodeField(_("area"))
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="teams")
    leader = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("leader")
    )
    begins_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        db_table = "team"
        constraints = [
            models.UniqueConstraint("code", "name", name="one_team_of_a_name_a_place", condition=Q(ends_on=None)),
            models.CheckConstraint(
                name="team_ends_after_it_begins", condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Somebody in a team, from a day on."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="people")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="teams")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "team_member"
        constraints = [
            models.UniqueConstraint("team", "member", name="in_a_team_once", condition=Q(ends_on=None)),
        ]
