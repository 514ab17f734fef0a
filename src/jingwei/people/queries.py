"""Named questions about members, postings and departments."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from jingwei.kernel.public import clock, environment
from jingwei.places.public import lineage

if TYPE_CHECKING:
    from jingwei.people.models import Department, Member, Posting  # noqa: F401 - named in types below


def today(now: datetime | None = None) -> date:
    """The district's date at `now`."""
    return clock.local(now or clock.now()).date()


def open_accounts(path: str = "") -> Q:
    """Members who may come in, `path` being the way to the member. Demo accounts live only in a demo."""
    welcome = Q(**{f"{path}is_active": True})
    return welcome if environment().is_demo else welcome & Q(**{f"{path}is_demo": False})


class MemberQuerySet(QuerySet["Member"]):
    def open(self) -> Self:
        return self.filter(open_accounts())


class PostingQuerySet(QuerySet["Posting"]):
    def held(self, on: date) -> Self:
        """Postings that hold on the day `on`."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on), begins_on__lte=on)


class DepartmentQuerySet(QuerySet["Department"]):
    def serving(self, code: int) -> Self:
        """Departments that serve the area `code`, or more."""
        return self.filter(code__in=lineage(code))
