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
    "heirs_of",
    "level_of",
    "lineage",
    "name_of",
    "names_of",
    "read_before",
    "rename_area",
    "set_boundaries",
    "set_boundary",
    "span",
    "spans_of",
    "tessellate",
]
