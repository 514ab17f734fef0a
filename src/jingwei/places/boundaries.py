"""How outlines are kept. Whoever calls this announces it."""

from collections.abc import Sequence

from jingwei.places import mapversion
from jingwei.places.models import Area, Boundary
from jingwei.places.outlines import Outline

COLUMNS = ["wkb", "min_longitude", "min_latitude", "max_longitude", "max_latitude", "version"]


def keep_outlines(drawn: Sequence[tuple[Area, Outline]]) -> None:
    """Keep checked outlines as the areas' boundaries, and a point inside each: a new version of the map."""
    version = mapversion.bump()
    Boundary.objects.bulk_create(
        [_row(area, outline, version) for area, outline in drawn],
        update_conflicts=True,
        unique_fields=["area"],
        update_fields=COLUMNS,
    )
    for area, outline in drawn:
        inside = outline.point_on_surface()
        area.longitude, area.latitude = inside.x, inside.y
    Area.objects.bulk_update([area for area, _ in drawn], ["longitude", "latitude"], batch_size=500)


def _row(area: Area, outline: Outline, version: int) -> Boundary:
    west, south, east, north = outline.bounds
    return Boundary(
        area=area,
        wkb=outline.wkb,
        min_longitude=west,
        min_latitude=south,
        max_longitude=east,
        max_latitude=north,
        version=version,
    )
