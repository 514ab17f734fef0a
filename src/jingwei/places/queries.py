"""Questions about areas and buildings that have a name."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from jingwei.kernel.public import clock
from jingwei.places import codes
from jingwei.places.codes import Level

if TYPE_CHECKING:
    from jingwei.places.models import Area, Building  # noqa: F401 - named in a type below


def today() -> date:
    """The date on the district's clock."""
    return clock.local(clock.now()).date()


class AreaQuerySet(QuerySet["Area"]):
    def current(self, on: date | None = None) -> Self:
        """Areas that exist on a day, today unless said otherwise."""
        on = on or today()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), begins_on__lte=on)

    def under(self, code: int) -> Self:
        """The area and all below it."""
        return self.filter(code__range=codes.span(code))

    def at(self, *levels: Level) -> Self:
        return self.filter(level__in=levels)

    def locked(self, code: int) -> "Area":
        """Read one area again and hold it until the transaction ends. Raises Area.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=code)


class BuildingQuerySet(QuerySet["Building"]):
    def under(self, code: int) -> Self:
        return self.filter(code__range=codes.span(code))
