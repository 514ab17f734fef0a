"""Places are no persons. Who changed areas or boundaries is the id of a member."""

from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, declare, not_personal
from jingwei.places.models import (
    Area,
    AreaChange,
    Boundary,
    BoundaryDraft,
    BoundaryUpload,
    Building,
    ChangedArea,
    ChangePart,
    CoverageLimits,
    DraftMove,
    DraftOutline,
    DraftStep,
    MapVersion,
    PastBoundary,
)

PLACE = "names and shapes of areas and buildings"

not_personal(Area, "name", "name_en", "standard_code", "begins_on", "ends_on", "longitude", "latitude", because=PLACE)
not_personal(
    Boundary, "wkb", "min_longitude", "min_latitude", "max_longitude", "max_latitude", "version", because=PLACE
)
not_personal(MapVersion, "number", "transaction", because="counts changes of the map")
not_personal(Building, "name", "address", "longitude", "latitude", "footprint", because=PLACE)
not_personal(ChangedArea, "name", "name_en", because=PLACE)
not_personal(ChangePart, "name", "name_en", "wkb", "areas", "buildings", because=PLACE)
not_personal(AreaChange, "takes_effect_on", because="the day on which areas change")
not_personal(AreaChange, "reason", because="why areas change: a sentence of the administration about places")
declare(
    AreaChange,
    "planned_by",
    "approved_by",
    "undone_by",
    purpose="Who answers for a change of areas",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    readers=("whoever sets up areas",),
)

not_personal(PastBoundary, "wkb", "version", "replaced_by", "replaced_at", because=PLACE)
not_personal(DraftStep, "number", "codes", because="what was done to which areas")
not_personal(DraftOutline, "wkb", "base", because=PLACE)
not_personal(DraftMove, because="which grid a building is registered in")
not_personal(
    CoverageLimits,
    "fewest_households",
    "most_households",
    "sliver_metres",
    "sliver_width",
    because="how large grids are",
)
not_personal(BoundaryUpload, "name", "content", because="a map file that is being looked at, kept for a day")
not_personal(BoundaryDraft, "faults_left", because="counts places")
not_personal(BoundaryDraft, "reason", because="why boundaries are published: a sentence about places")
for table, columns in (
    (BoundaryDraft, ("opened_by", "asked_by", "closed_by")),
    (DraftStep, ("by",)),
    (BoundaryUpload, ("by",)),
):
    declare(
        table,
        *columns,
        purpose="Who answers for a boundary",
        basis=Basis.DUTY,
        retention=FOLLOWS_ACCOUNT,
        readers=("whoever sets up boundaries",),
    )
