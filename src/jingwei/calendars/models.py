"""What is known of working days and hours, and since when. Rows are never changed: a later edition retires them.

No column is about a person.
"""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.kernel.public import AreaCodeField
from jingwei.people.public import Department


class Edition(models.Model):
    """One change of any calendar. The calendars as of an edition are what was known once it was made."""

    class Kind(models.TextChoices):
        YEAR = "year", _("A year's holidays")
        HOURS = "hours", _("Working hours")
        DAYS = "days", _("Own days")
        WITHDRAWN = "withdrawn", _("Own days taken back")

    kind = models.CharField(max_length=9, choices=Kind)
    made_at = models.DateTimeField()
    transaction = models.BigIntegerField()  # which made it: until that commits, only its own thread may follow

    class Meta:
        db_table = "calendar_edition"


class Known(models.Model):
    """Something that is known from one edition on, until another retires it."""

    since = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    until = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def is_known(self, edition: int) -> bool:
        """Whether it was known at `edition`."""
        return self.since_id <= edition and (self.until_id is None or self.until_id > edition)


class AnnouncedYear(Known):
    """The holidays of a year as the State Council announced them; some lie in the December before."""

    year = models.PositiveSmallIntegerField(_("year"))
    off = models.JSONField(default=dict)  # "2027-01-01": the key of the holiday
    on = models.JSONField(default=dict)
    source = models.CharField(_("source"), max_length=120, default="", blank=True)

    class Meta:
        db_table = "calendar_year"
        constraints = [
            models.UniqueConstraint(fields=["year"], condition=Q(until=None), name="one_announcement_a_year"),
            models.CheckConstraint(condition=Q(year__range=(2000, 2200)), name="announced_year_is_of_our_time"),
        ]


class Held(Known):
    """Something that an area's offices have of their own, or with `department` one office there and its parts."""

    code = AreaCodeField(_("area"))
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def holder(self) -> "tuple[str, int]":
        return ("d", self.department_id) if self.department_id else ("a", self.code)


class OfficeHours(Held):
    """The hours from a day on. Without a schedule: those of whoever stands above, again."""

    begins_on = models.DateField(pgettext_lazy("hours", "begins"))
    schedule = models.JSONField(null=True)

    class Meta:
        db_table = "calendar_hours"
        constraints = [
            models.UniqueConstraint(
                "code",
                "department",
                "begins_on",
                name="hours_begin_once_a_day",
                condition=Q(until=None),
                nulls_distinct=False,
            )
        ]


class OwnDays(Held):
    """Days on which an office departs from its hours: closed, or open at `hours`. `reason` is public."""

    first_on = models.DateField(pgettext_lazy("hours", "first day"))
    last_on = models.DateField(pgettext_lazy("hours", "last day"))
    hours: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    reason = models.CharField(pgettext_lazy("hours", "reason"), max_length=60)

    class Meta:
        db_table = "calendar_own_days"
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="own_days_end_after_they_begin")
        ]

    def has(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


class QuietHoursSetting(models.Model):
    """The part of the day in which messages wait: one row, once somebody has set it."""

    begins = models.TimeField(pgettext_lazy("quiet hours", "from"))
    ends = models.TimeField(pgettext_lazy("quiet hours", "until"))

    class Meta:
        db_table = "calendar_quiet"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_setting_of_quiet_hours")]
