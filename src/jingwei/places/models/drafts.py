"""Drafts of boundaries, what boundaries were before, and how large grids should be."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import AreaCodeField, clock, uuid7
from jingwei.places.models.areas import Area, Building


class BoundaryDraft(models.Model):
    """Changes of boundaries in a district that are not on the map yet. Members are named by number: they stand above.

    With faults left it needs two people: one says why (`asked_by`), another publishes.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Draft")
        PUBLISHED = "published", _("Published")
        DISCARDED = "discarded", _("Discarded")

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = AreaCodeField()  # the district
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, default="")
    asked_at = models.DateTimeField(null=True)
    asked_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)
    faults_left = models.PositiveIntegerField(default=0)  # when it was published

    class Meta:
        db_table = "boundary_draft"
        constraints = [
            models.UniqueConstraint("code", name="one_open_boundary_draft", condition=Q(state="open")),
            models.CheckConstraint(
                name="boundary_draft_says_when",
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="boundary_draft_with_faults_has_reason", condition=Q(faults_left=0) | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["code", "-closed_at"], name="boundary_draft_by_code")]


class DraftStep(models.Model):
    """One thing done in a draft: `act` says what, to the areas `codes`. Steps are undone from the last on."""

    class Act(models.TextChoices):
        MERGE_GAP = "gap", _("Gap closed")
        SETTLE_OVERLAP = "overlap", _("Overlap settled")
        TRIM = "outside", _("Cut back to the community")
        SNAP = "slivers", _("Slivers snapped")
        REGISTER = "stray", _("Buildings registered where they stand")
        IMPORT = "import", _("Imported")
        RESTORE = "restore", _("Taken back to a version")

    draft = models.ForeignKey(BoundaryDraft, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=8, choices=Act)
    codes = ArrayField(AreaCodeField(), default=list)
    at = models.DateTimeField(default=clock.now)
    by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "boundary_draft_step"
        ordering = ["number"]
        constraints = [models.UniqueConstraint("draft", "number", name="boundary_draft_step_number")]


class DraftOutline(models.Model):
    """The outline of an area after a step. `base`: the version of the boundary on the map when it was drawn."""

    step = models.ForeignKey(DraftStep, on_delete=models.CASCADE, related_name="outlines")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    wkb = models.BinaryField()
    base = models.BigIntegerField(null=True)

    class Meta:
        db_table = "boundary_draft_outline"
        constraints = [models.UniqueConstraint("step", "area", name="boundary_draft_outline_once_a_step")]


class DraftMove(models.Model):
    """A building that is registered in another grid by a step."""

    step = models.ForeignKey(DraftStep, on_delete=models.CASCADE, related_name="moves")
    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="+", db_index=False)
    code = AreaCodeField()

    class Meta:
        db_table = "boundary_draft_move"
        constraints = [models.UniqueConstraint("step", "building", name="boundary_draft_move_once_a_step")]


class PastBoundary(models.Model):
    """What a boundary was, from the map's version `version` until it was replaced."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="past_boundaries", db_index=False)
    wkb = models.BinaryField()
    version = models.BigIntegerField()
    replaced_by = models.BigIntegerField()  # the version since when it is otherwise
    replaced_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "area_boundary_past"
        constraints = [
            models.UniqueConstraint("area", "version", name="past_boundary_once_a_version"),
            models.CheckConstraint(name="past_boundary_was_replaced", condition=Q(replaced_by__gt=F("version"))),
        ]


class BoundaryUpload(models.Model):
    """A map file that somebody is looking at before it goes into a draft. Kept for a day at the longest."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = AreaCodeField()  # the district it is for
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    at = models.DateTimeField(default=clock.now)
    by = models.BigIntegerField()

    class Meta:
        db_table = "boundary_upload"
        indexes = [models.Index("at", name="boundary_upload_by_age")]


class CoverageLimits(models.Model):
    """How many households a grid of a district should have, and what counts as a sliver."""

    code = AreaCodeField(primary_key=True)  # the district
    fewest_households = models.PositiveIntegerField(_("fewest households of a grid"), default=200)
    most_households = models.PositiveIntegerField(_("most households of a grid"), default=500)
    sliver_metres = models.FloatField(_("slivers are smaller than, m²"), default=5.0)
    sliver_width = models.FloatField(_("or narrower than, m"), default=0.3)

    class Meta:
        db_table = "coverage_limits"
        constraints = [
            models.CheckConstraint(
                name="coverage_limits_are_in_order", condition=Q(fewest_households__lt=F("most_households"))
            ),
            models.CheckConstraint(
                name="coverage_limits_of_slivers",
                condition=Q(sliver_metres__range=(0, 10_000), sliver_width__range=(0, 100)),
            ),
        ]
