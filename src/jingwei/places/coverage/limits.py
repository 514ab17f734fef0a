"""How large grids of a district should be, and what counts as a sliver."""

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, publish, require
from jingwei.places.actions import Actor
from jingwei.places.coverage.drafting import PERMIT
from jingwei.places.facts import CoverageLimitsSet
from jingwei.places.models import Area, CoverageLimits


@atomic
def set_limits(
    district: Area,
    *,
    fewest_households: int,
    most_households: int,
    sliver_metres: float,
    sliver_width: float,
    by: Actor,
) -> CoverageLimits:
    """From now on checks go by these numbers."""
    if by is not None:
        require(by, PERMIT, district)
    if fewest_households >= most_households:
        raise Refused(_("The fewest households must be fewer than the most."))
    limits, _is_new = CoverageLimits.objects.update_or_create(
        code=district.code,
        defaults={
            "fewest_households": fewest_households,
            "most_households": most_households,
            "sliver_metres": sliver_metres,
            "sliver_width": sliver_width,
        },
    )
    publish(CoverageLimitsSet(code=district.code), by=by)
    return limits
