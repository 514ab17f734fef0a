"""How outlines are kept. Whoever calls this announces it."""

from collections.abc import Sequence

from django.db import connection

from jingwei.kernel.public import clock
from jingwei.places import mapversion
from jingwei.places.models import Area, Boundary
from jingwei.places.outlines import Outline

# Until when each was in force can be told from the version that replaces it.
KEEP_PAST = """
    INSERT INTO area_boundary_past (area_id, wkb, version, replaced_by, replaced_at)
    SELECT area_id, wkb, version, %s, %s FROM area_boundary WHERE area_id = ANY(%s)
"""
COLUMNS = ["wkb", "min_longitude", "min_latitude", "max_longitude", "max_latitude", "version"]


def keep_outlines(drawn: Sequence[tuple[Area, Outline]]) -> None:
    """Keep checked outlines as the areas' boundaries, and a point inside each: a new version of the map.

    What was there before is kept as past.
    """
    version = mapversion.bump()
    with connection.cursor() as cursor:
        cursor.execute(KEEP_PAST, [version, clock.now(), [area.code for area, _outline in drawn]])
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
