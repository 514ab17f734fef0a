"""What other modules may use of places."""

from jingwei.places import codes
from jingwei.places.actions import (
    NewArea,
    add_buildings,
    create_area,
    create_areas,
    end_area,
    rename_area,
    set_boundaries,
    set_boundary,
)
from jingwei.places.codes import WHOLE, Level, ancestor, level_of, lineage, span
from jingwei.places.coordinates import Datum, from_wgs84, shapes_from_wgs84, shapes_to_wgs84, to_wgs84
from jingwei.places.facts import (
    AreaCreated,
    AreaEnded,
    AreaRenamed,
    AreasImported,
    BoundarySet,
    BuildingAdded,
)
from jingwei.places.index import Found, find, find_many
from jingwei.places.models import Area, Boundary, Building
from jingwei.places.names import name_of, names_of
from jingwei.places.succession import Span, before_sql, heirs_of, read_before, spans_of
from jingwei.places.tessellation import Rectangle, around, tessellate

__all__ = [
    "WHOLE",
    "Area",
    "AreaCreated",
    "AreaEnded",
    "AreaRenamed",
    "AreasImported",
    "Boundary",
    "BoundarySet",
    "Building",
    "BuildingAdded",
    "Datum",
    "Found",
    "Level",
    "NewArea",
    "Rectangle",
    "Span",
    "add_buildings",
    "ancestor",
    "around",
    "before_sql",
    "codes",
    "create_area",
    "create_areas",
    "end_area",
    "find",
    "find_many",
    "from_wgs84",
    "heirs_of",
    "level_of",
    "lineage",
    "name_of",
    "names_of",
    "read_before",
    "rename_area",
    "set_boundaries",
    "set_boundary",
    "shapes_from_wgs84",
    "shapes_to_wgs84",
    "span",
    "spans_of",
    "tessellate",
    "to_wgs84",
]
