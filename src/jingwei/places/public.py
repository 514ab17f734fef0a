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
from jingwei.places.changes.contents import within
from jingwei.places.changes.effect import apply_due_changes, approve_change, bring_latecomers, undo_change
from jingwei.places.changes.holdings import Holding, Line, Moment, Moved, Thing, recode, register_holding
from jingwei.places.changes.planning import PartWanted, plan_merge, plan_move, plan_rename, plan_split
from jingwei.places.changes.preview import preview
from jingwei.places.changes.recoding import Spot
from jingwei.places.changes.shaping import cut_area
from jingwei.places.codes import WHOLE, Level, ancestor, level_of, lineage, span
from jingwei.places.coordinates import Datum, from_wgs84, shapes_from_wgs84, shapes_to_wgs84, to_wgs84
from jingwei.places.coverage.drafting import Act, discard_draft, draw_in_draft, open_draft_of, undo_step
from jingwei.places.coverage.ground import Staffing
from jingwei.places.coverage.publishing import publish_draft
from jingwei.places.coverage.staffing import register_staffing
from jingwei.places.facts import (
    AreaChangeApproved,
    AreaChangePlanned,
    AreaChangeUndone,
    AreaCreated,
    AreaEnded,
    AreaMoved,
    AreaRenamed,
    AreasImported,
    AreasMerged,
    AreaSplit,
    BoundariesPublished,
    BoundaryDraftChanged,
    BoundarySet,
    BuildingAdded,
    BuildingMoved,
)
from jingwei.places.index import Found, find, find_many
from jingwei.places.models import Area, AreaChange, Boundary, BoundaryDraft, Building, Succession
from jingwei.places.names import name_of, names_of
from jingwei.places.squares import METRES_A_DEGREE, SQUARE_SQL, bounds_around, metres_between, square_of, squares_of
from jingwei.places.succession import Span, before_sql, heirs_of, read_before, spans_of
from jingwei.places.tessellation import Rectangle, around, tessellate

__all__ = [
    "METRES_A_DEGREE",
    "SQUARE_SQL",
    "WHOLE",
    "Act",
    "Area",
    "AreaChange",
    "AreaChangeApproved",
    "AreaChangePlanned",
    "AreaChangeUndone",
    "AreaCreated",
    "AreaEnded",
    "AreaMoved",
    "AreaRenamed",
    "AreaSplit",
    "AreasImported",
    "AreasMerged",
    "BoundariesPublished",
    "Boundary",
    "BoundaryDraft",
    "BoundaryDraftChanged",
    "BoundarySet",
    "Building",
    "BuildingAdded",
    "BuildingMoved",
    "Datum",
    "Found",
    "Holding",
    "Level",
    "Line",
    "Moment",
    "Moved",
    "NewArea",
    "PartWanted",
    "Rectangle",
    "Span",
    "Spot",
    "Staffing",
    "Succession",
    "Thing",
    "add_buildings",
    "ancestor",
    "apply_due_changes",
    "approve_change",
    "around",
    "before_sql",
    "bounds_around",
    "bring_latecomers",
    "codes",
    "create_area",
    "create_areas",
    "cut_area",
    "discard_draft",
    "draw_in_draft",
    "end_area",
    "find",
    "find_many",
    "from_wgs84",
    "heirs_of",
    "level_of",
    "lineage",
    "metres_between",
    "name_of",
    "names_of",
    "open_draft_of",
    "plan_merge",
    "plan_move",
    "plan_rename",
    "plan_split",
    "preview",
    "publish_draft",
    "read_before",
    "recode",
    "register_holding",
    "register_staffing",
    "rename_area",
    "set_boundaries",
    "set_boundary",
    "shapes_from_wgs84",
    "shapes_to_wgs84",
    "span",
    "spans_of",
    "square_of",
    "squares_of",
    "tessellate",
    "to_wgs84",
    "undo_change",
    "undo_step",
    "within",
]
