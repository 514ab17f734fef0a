"""Rules of routing, in editions. A published edition never changes; the one that is not published is the draft."""

from collections.abc import Mapping

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.models import Case
from jingwei.cases.workflow import Level
from jingwei.people.public import Department, Member


class RuleEdition(models.Model):
    """All rules in their order, as published with a reason. A step of a case names the edition that decided."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    reason = models.CharField(_("reason"), max_length=200, default="", blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        db_table = "routing_edition"
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(published_at__isnull=True), name="one_draft_of_rules_at_a_time"
            ),
        ]


class Rule(models.Model):
    """For which cases (an empty condition asks nothing), and what is decided about them (an empty answer nothing).

    `categories`: major classes (02), classes (0201) or conditions (0201-01). `areas` with everything below them.
    `words`: one of them is said. The party is a kind of `office`, a certain `department` or team, or whoever holds
    `role` at the place.
    """

    class Hours(models.TextChoices):
        OPEN = "open", pgettext_lazy("hours", "within office hours")
        CLOSED = "closed", pgettext_lazy("hours", "outside office hours")

    class Urgency(models.TextChoices):
        NORMAL = Case.Urgency.NORMAL.value, Case.Urgency.NORMAL.label
        URGENT = Case.Urgency.URGENT.value, Case.Urgency.URGENT.label

    edition = models.ForeignKey(RuleEdition, on_delete=models.CASCADE, related_name="rules")
    key = models.CharField(max_length=8)  # the same in every edition: how a step names it
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=60)
    is_on = models.BooleanField(default=True)
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # the first day on which it holds no more

    categories = ArrayField(models.CharField(max_length=7), default=list, blank=True)
    areas = ArrayField(models.BigIntegerField(), default=list, blank=True)
    channels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    urgencies = ArrayField(models.CharField(max_length=9), default=list, blank=True)
    hours = models.CharField(max_length=6, choices=Hours, default="", blank=True)
    hours_of = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)  # 1 is Monday
    season_from = models.CharField(max_length=5, default="", blank=True)  # month and day, both included
    season_until = models.CharField(max_length=5, default="", blank=True)
    words = ArrayField(models.CharField(max_length=30), default=list, blank=True)

    level = models.CharField(max_length=9, choices=Level, default="", blank=True)
    urgency = models.CharField(max_length=9, choices=Urgency, default="", blank=True)
    office = models.CharField(max_length=40, default="", blank=True)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, default="", blank=True)
    sends_at_once = models.BooleanField(default=False)

    class Meta:
        db_table = "routing_rule"
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="one_rule_a_key_and_edition"),
            models.CheckConstraint(
                name="a_rule_names_one_party_at_most",
                condition=Q(office="", role="")
                | Q(office="", department__isnull=True)
                | Q(role="", department__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def party(self) -> str:
        """`office:KEY`, `department:NUMBER` or `role:KEY`; "" where it names none."""
        if self.department_id is not None:
            return f"department:{self.department_id}"
        return f"office:{self.office}" if self.office else f"role:{self.role}" if self.role else ""

    @property
    def answers(self) -> Mapping[str, str]:
        """What it decides, by question."""
        given = {"level": self.level, "party": self.party, "urgency": self.urgency}
        return {question: value for question, value in given.items() if value}


QUESTIONS = ("level", "party", "urgency")
CONTENT = (
    "key", "name", "is_on", "begins_on", "ends_on",
    "categories", "areas", "channels", "urgencies", "hours", "hours_of_id", "weekdays",
    "season_from", "season_until", "words",
    "level", "urgency", "office", "department_id", "role", "sends_at_once",
)  # fmt: skip
"""What makes a rule: the columns that a copy takes along."""
