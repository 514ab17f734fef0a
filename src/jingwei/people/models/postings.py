"""What members hold: postings, in areas and departments. Roles and duties are data (`roles.py`, `duties.py`)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import AreaCodeField
from jingwei.people.models.accounts import Member
from jingwei.people.posts import NOWHERE
from jingwei.people.queries import DepartmentQuerySet, PostingQuerySet
from jingwei.people.roles import ROLES, Seat, roles_apart, roles_at
from jingwei.places.public import span


class Department(models.Model):
    """A functional office at a street or district, or a part of one. `code` is the area it serves.

    `key` says what kind of office it is, the same in every street, so that tables of rules can name it.
    """

    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80, default="", blank=True)
    key = models.CharField(_("kind of office"), max_length=40, default="", blank=True)
    code = AreaCodeField(_("area"))
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        verbose_name=_("part of"),
    )
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors", db_index=False
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        db_table = "department"
        constraints = [
            models.UniqueConstraint("code", "parent", "name", name="department_name_is_unique", nulls_distinct=False),
            models.CheckConstraint(name="department_is_not_its_own_part", condition=~Q(parent=F("id"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        is_chinese = (get_language() or "zh").startswith("zh")
        return self.name if is_chinese else self.name_en or self.name


class DateRange(models.Func):
    """From a day until before another."""

    function = "daterange"
    output_field = DateRangeField()


class Posting(models.Model):
    """A role held at an area and below, in a department, or both, from the day `begins_on` until before `ends_on`."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="postings")
    role = models.CharField(_("role"), max_length=20)
    code = AreaCodeField(_("area"), null=True, blank=True)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="postings")
    categories = ArrayField(models.CharField(max_length=4), verbose_name=_("categories"), default=list, blank=True)
    begins_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        db_table = "posting"
        constraints = [
            models.CheckConstraint(
                name="posting_seat_fits_role",
                condition=Q(role__in=roles_at(Seat.AREA), code__isnull=False, department__isnull=True)
                | Q(role__in=roles_at(Seat.DEPARTMENT), code__isnull=True, department__isnull=False)
                | Q(role__in=roles_at(Seat.BOTH), code__isnull=False, department__isnull=False),
            ),
            models.CheckConstraint(
                name="posting_ends_after_it_begins",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
            ),
            models.UniqueConstraint(
                "member",
                "role",
                "code",
                "department",
                name="posting_is_held_once",
                condition=Q(ends_on=None),
                nulls_distinct=False,
            ),
            ExclusionConstraint(
                name="roles_apart_never_meet",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    ("role", RangeOperators.NOT_EQUAL),
                    (DateRange("begins_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=roles_apart()),
            ),
        ]
        indexes = [models.Index("code", "role", name="posting_by_area")]

    @property
    def title(self) -> Promise:
        """What the role is called."""
        return ROLES[self.role].title

    @property
    def place(self) -> int:
        """Code of the area where it is held: its own, or its department's."""
        code: int = self.code or self.department.code  # type: ignore[union-attr] # one of them, says the constraint
        return code

    @property
    def span(self) -> tuple[int, int]:
        """First and last code of its area and all below it; nowhere for one in a department."""
        return NOWHERE if self.code is None else span(self.code)
