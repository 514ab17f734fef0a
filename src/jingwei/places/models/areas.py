"""Areas, their boundaries and the buildings in them."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.lookups import Exact
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import AreaCodeField, uuid7
from jingwei.places import codes
from jingwei.places.codes import Level
from jingwei.places.queries import AreaQuerySet, BuildingQuerySet, today

ROOTS = (Level.PROVINCE, Level.CITY, Level.DISTRICT)
"""Levels that may stand without a parent: a deployment need not hold the whole country."""


def _rest(level: Level) -> CombinedExpression:
    return F("code") % Value(level.step)


def _used(level: Level) -> Q:
    return ~Q(Exact(F("code") / Value(level.step) % Value(level.serials + 1), Value(0)))


def _code_fits_level() -> Q:
    """The code's last digits are those of `level`, and the level above is not left out.

    That no other level is left out follows from the parents, down from a root.
    """
    branches = [
        Q(_used(level), _used(level.above or level), Exact(_rest(level), Value(0)), level=level.value)
        for level in Level
    ]
    return Q(Q(*branches, _connector=Q.OR), code__range=codes.span(codes.WHOLE))


def _parent_is_above() -> Q:
    free = Q(level__in=[level.value for level in ROOTS], parent__isnull=True)
    bound = [
        Q(Exact(F("parent_id"), F("code") - _rest(level.above)), level=level.value, parent__isnull=False)
        for level in Level
        if level.above
    ]
    return Q(free, *bound, _connector=Q.OR)


def _on_earth(prefix: str = "") -> Q:
    """Both coordinates are there (a range alone would let NULL pass), in degrees."""
    there = Q(**{f"{prefix}longitude__isnull": False, f"{prefix}latitude__isnull": False})
    return there & Q(**{f"{prefix}longitude__range": (-180, 180), f"{prefix}latitude__range": (-90, 90)})


class Area(models.Model):
    """A node of the tree: province, city, district, street, community, grid or unit."""

    Level = Level

    code = AreaCodeField(_("code"), primary_key=True)
    level = models.CharField(_("level"), max_length=9, choices=Level)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100, default="", blank=True)
    # Twelve digits as the statistics bureau publishes them. Ours follow them where they fit the tree.
    standard_code = models.CharField(_("standard code"), max_length=12, null=True, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children", db_index=False)
    begins_on = models.DateField(_("first day"), default=today)
    ends_on = models.DateField(_("no longer from"), null=True, blank=True)
    # A point inside the boundary, or the one given where there is no boundary.
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        db_table = "area"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="area_code_fits_level", condition=_code_fits_level()),
            models.CheckConstraint(name="area_parent_is_above", condition=_parent_is_above()),
            models.CheckConstraint(name="area_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="area_ends_after_it_begins",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("begins_on")),
            ),
            models.CheckConstraint(
                name="area_point_is_whole",
                condition=Q(longitude__isnull=True, latitude__isnull=True) | _on_earth(),
            ),
            models.CheckConstraint(
                name="area_standard_code_has_12_digits",
                condition=Q(standard_code__isnull=True) | Q(standard_code__regex=r"^\d{12}$"),
            ),
            models.UniqueConstraint(
                "standard_code", "level", name="area_standard_code", condition=Q(standard_code__isnull=False)
            ),
            # Also the index by parent. Two living neighbours never share a name.
            models.UniqueConstraint("parent", "name", name="area_name_beside", condition=Q(ends_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> tuple[int, int]:
        """First and last code of this area and all below it."""
        return codes.span(self.code)

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        is_chinese = (get_language() or "zh").startswith("zh")
        return self.name if is_chinese else self.name_en or self.name


class Boundary(models.Model):
    """The outline of an area on WGS-84, as WKB, with its bounding box in degrees."""

    area = models.OneToOneField(Area, primary_key=True, on_delete=models.PROTECT, related_name="boundary")
    wkb = models.BinaryField()
    min_longitude = models.FloatField()
    min_latitude = models.FloatField()
    max_longitude = models.FloatField()
    max_latitude = models.FloatField()
    version = models.BigIntegerField()  # of the map, since when it is so

    class Meta:
        db_table = "area_boundary"
        constraints = [
            models.CheckConstraint(name="boundary_is_on_earth", condition=_on_earth("min_") & _on_earth("max_")),
            models.CheckConstraint(
                name="boundary_has_extent",
                condition=Q(min_longitude__lt=F("max_longitude"), min_latitude__lt=F("max_latitude")),
            ),
        ]


class MapVersion(models.Model):
    """One row that changes whenever a boundary, a building or the life of an area does (`mapversion.py`)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()
    transaction = models.BigIntegerField()  # the one that wrote `number`

    class Meta:
        db_table = "map_version"
        constraints = [models.CheckConstraint(name="map_version_is_one_row", condition=Q(id=1))]


class Building(models.Model):
    """A building, in the unit or grid that `code` names."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = AreaCodeField(_("area"))
    name = models.CharField(_("name"), max_length=100)
    address = models.CharField(_("address"), max_length=200, default="", blank=True)
    floors = models.PositiveSmallIntegerField(_("floors"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    longitude = models.FloatField()
    latitude = models.FloatField()
    footprint = models.BinaryField(null=True)  # WKB, WGS-84

    objects = BuildingQuerySet.as_manager()

    class Meta:
        db_table = "building"
        constraints = [
            models.CheckConstraint(
                name="building_is_in_grid_or_unit",
                condition=~Q(Exact(F("code") % Value(Level.COMMUNITY.step), Value(0))),
            ),
            models.CheckConstraint(name="building_is_on_earth", condition=_on_earth()),
        ]
        indexes = [models.Index("code", "name", name="building_code")]

    def __str__(self) -> str:
        return self.name
