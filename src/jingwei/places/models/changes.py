"""Changes of areas: planned for a day, in effect from then on, and what came from what."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from jingwei.kernel.public import AreaCodeField, clock, uuid7
from jingwei.places.models.areas import Area


class AreaChange(models.Model):
    """One change of areas. Who planned, approved and undid it are numbers of members: people stand above places."""

    class Kind(models.TextChoices):
        SPLIT = "split", pgettext_lazy("change of areas", "Split")
        MERGE = "merge", pgettext_lazy("change of areas", "Merge")
        MOVE = "move", pgettext_lazy("change of areas", "Move")
        RENAME = "rename", pgettext_lazy("change of areas", "Rename")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("change of areas", "Draft")
        APPROVED = "approved", pgettext_lazy("change of areas", "Approved")
        IN_EFFECT = "in_effect", pgettext_lazy("change of areas", "In effect")
        UNDONE = "undone", pgettext_lazy("change of areas", "Undone")

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=6, choices=Kind)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    code = AreaCodeField()  # the smallest area that holds all that it touches
    takes_effect_on = models.DateField()
    reason = models.CharField(max_length=300)
    planned_at = models.DateTimeField(default=clock.now)
    planned_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.BigIntegerField(null=True)
    took_effect_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "area_change"
        constraints = [
            models.CheckConstraint(
                name="area_change_says_when",
                condition=Q(state="draft", took_effect_at=None, undone_at=None)
                | Q(state="approved", approved_at__isnull=False, took_effect_at=None, undone_at=None)
                | Q(state="in_effect", approved_at__isnull=False, took_effect_at__isnull=False, undone_at=None)
                | Q(state="undone", took_effect_at=None, undone_at__isnull=False),
            ),
            models.CheckConstraint(name="area_change_has_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index("state", "takes_effect_on", name="area_change_due")]

    @property
    def is_pending(self) -> bool:
        """Whether it is still to come."""
        return self.state in PENDING


PENDING = (AreaChange.State.DRAFT, AreaChange.State.APPROVED)


class ChangedArea(models.Model):
    """An area that a change ends, or renames. Its name is the one it has until then."""

    change = models.ForeignKey(AreaChange, on_delete=models.CASCADE, related_name="sources")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="changes", db_index=False)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, default="")
    is_pending = models.BooleanField(default=True)

    class Meta:
        db_table = "area_change_source"
        constraints = [
            models.UniqueConstraint("area", name="area_has_one_change_to_come", condition=Q(is_pending=True)),
            models.UniqueConstraint("area", "change", name="area_is_changed_once_a_change"),
        ]


class ChangePart(models.Model):
    """An area as the change leaves it. `areas` below a split area and `buildings` in it are those that fall to it."""

    change = models.ForeignKey(AreaChange, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    code = AreaCodeField()
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, default="")
    wkb = models.BinaryField(null=True)  # its outline, where it is given: WGS-84
    areas = ArrayField(AreaCodeField(), default=list)
    buildings = ArrayField(models.UUIDField(), default=list)
    takes_rest = models.BooleanField(default=False)  # what nothing else decides falls to it

    class Meta:
        db_table = "area_change_part"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("change", "number", name="area_change_part_number"),
            models.UniqueConstraint("change", name="one_part_takes_the_rest", condition=Q(takes_rest=True)),
        ]
        indexes = [models.Index("code", name="area_change_part_code")]


class Succession(models.Model):
    """`predecessor` ended, and `successor` began in its place or in a part of it.

    `depth` is that of the smallest area that holds both (-1: none does): a post at or above it needs no such row,
    since its range of codes holds both anyway.
    """

    change = models.ForeignKey(AreaChange, on_delete=models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    successor = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    depth = models.SmallIntegerField()

    class Meta:
        db_table = "area_succession"
        constraints = [
            models.UniqueConstraint("predecessor", "successor", name="area_succeeds_once"),
            models.CheckConstraint(name="area_does_not_succeed_itself", condition=~Q(predecessor=F("successor"))),
        ]
        indexes = [models.Index("depth", "successor", name="area_succession_by_successor")]
