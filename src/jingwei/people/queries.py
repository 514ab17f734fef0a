"""Named questions about members, postings and departments."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from jingwei.kernel.public import clock, environment
from jingwei.places.public import lineage

if TYPE_CHECKING:
    from jingwei.people.models import Department, Member, Posting  # noqa: F401 - named in types below


def today(now: datetime | None = None) -> date:
    """The district's date at `now`."""
    return clock.local(now or clock.now()).date()


class MemberQuerySet(QuerySet["Member"]):
    def open(self) -> Self:
        """Members who may come in. Demo accounts live only in a demo."""
        active = self.filter(is_active=True)
        return active if environment().is_demo else active.filter(is_demo=False)


class PostingQuerySet(QuerySet["Posting"]):
    def held(self, on: date) -> Self:
        """Postings that hold on the day `on`."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on), begins_on__lte=on)


class DepartmentQuerySet(QuerySet["Department"]):
    def serving(self, code: int) -> Self:
        """Departments that serve the area `code`, or more."""
        return self.filter(code__in=lineage(code))

    def within(self, spans: Iterable[tuple[int, int]]) -> Self:
        """Departments whose area lies between one of these pairs of codes, both included."""
        return self.filter(reduce(or_, (Q(code__range=span) for span in spans)))
