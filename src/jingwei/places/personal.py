"""Places are no persons. Who planned a change of areas is the id of a member."""

from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, declare, not_personal
from jingwei.places.models import Area, AreaChange, Boundary, Building, ChangedArea, ChangePart, MapVersion

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
