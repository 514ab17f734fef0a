"""Categories: two levels, each with the conditions under which it is filed and the limits that follow."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jingwei.cases.workflow import Level
from jingwei.kernel.public import Limit, LimitKind


def in_language(zh: str, en: str) -> str:
    """The text of a table that holds both languages, in the one the reader uses."""
    return en if (get_language() or "").startswith("en") and en else zh


class Edition(models.Model):
    """One published version of the whole table. A case keeps the edition under which it was filed."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    digest = models.CharField(max_length=64)
    begins_at = models.DateTimeField(_("begins"))

    class Meta:
        db_table = "case_edition"


class Category(models.Model):
    """A class of facilities or events: 2 + 2 digits, such as 0101, unique within an edition."""

    class Kind(models.TextChoices):
        FACILITY = "facility", _("Facility")
        EVENT = "event", _("Event")

    class Checker(models.TextChoices):
        WORKER = "worker", _("the grid worker of the place")
        REPORTER = "reporter", _("the reporter")
        AUTO = "auto", _("automatic")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="categories")
    code = models.CharField(_("code"), max_length=4)
    kind = models.CharField(max_length=8, choices=Kind)
    major = models.CharField(max_length=2)
    major_zh = models.CharField(max_length=40)
    major_en = models.CharField(max_length=80)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)
    level = models.CharField(max_length=9, choices=Level)
    department_key = models.CharField(max_length=40, default="", blank=True)
    check_by = models.CharField(max_length=8, choices=Checker, default=Checker.WORKER)
    is_public_space = models.BooleanField(default=True)
    twin_metres = models.PositiveIntegerField(default=50)
    twin_hours = models.PositiveIntegerField(default=24)
    spot_percent = models.PositiveSmallIntegerField(default=5, validators=[MaxValueValidator(100)])
    needs_confirmation = models.BooleanField(default=False)  # by the department that handled it
    keywords_zh = models.CharField(max_length=300, default="", blank=True)
    keywords_en = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        db_table = "case_category"
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_category_a_code_and_edition")]

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def major_name(self) -> str:
        return in_language(self.major_zh, self.major_en)


class Condition(models.Model):
    """When a category is filed, what ends it, and how long that may take. Limits as in GB/T 30428.8."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="conditions")
    number = models.CharField(max_length=2)
    text_zh = models.CharField(max_length=200)
    text_en = models.CharField(max_length=300)
    closing_zh = models.CharField(max_length=200)
    closing_en = models.CharField(max_length=300)
    limit_kind = models.CharField(max_length=14, choices=[(kind.value, kind.value) for kind in LimitKind])
    limit_amount = models.PositiveIntegerField()
    needs_photo = models.BooleanField(default=False)
    is_emergency = models.BooleanField(default=False)

    class Meta:
        db_table = "case_condition"
        constraints = [
            models.UniqueConstraint(fields=["category", "number"], name="one_condition_a_number_and_category"),
            models.CheckConstraint(condition=Q(limit_amount__gt=0), name="a_limit_is_longer_than_nothing"),
        ]

    @property
    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)

    @property
    def closing(self) -> str:
        return in_language(self.closing_zh, self.closing_en)

    @property
    def limit(self) -> Limit:
        return Limit(LimitKind(self.limit_kind), self.limit_amount)
