"""Which grids have a worker and which units a head, for the check of coverage.

The rule of the trade is about these two roles (one grid, one full-time worker), so they are asked for by name.
"""

from datetime import date

from jingwei.kernel.public import WHOLE, opened
from jingwei.people.models import Posting
from jingwei.places.public import Staffing, register_staffing

GRID_WORKER, UNIT_HEAD = "grid_worker", "unit_head"


def staffing_of(first: int, last: int, on: date) -> Staffing:
    """Of the areas with codes from `first` to `last`, by postings held on a day. Says of places, not of people."""
    with opened(WHOLE):
        held = Posting.objects.held(on).filter(role__in=(GRID_WORKER, UNIT_HEAD), code__range=(first, last))
        rows = list(held.values_list("role", "code"))

    def those(wanted: str) -> frozenset[int]:
        return frozenset(code for role, code in rows if role == wanted and code is not None)

    return Staffing(those(GRID_WORKER), those(UNIT_HEAD))


register_staffing(staffing_of)
