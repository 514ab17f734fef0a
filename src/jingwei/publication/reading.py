"""What the public pages read: cases of an area by filters, a page at a time, and one case."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Self
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jingwei.cases.public import OPEN, PublicCard, Status, current, kind_name
from jingwei.kernel.public import Refused
from jingwei.places.public import Area, Level, ancestor, spans_of
from jingwei.publication.models import PublicCase

PAGE = 20
PERIODS = {"30": timedelta(days=30), "90": timedelta(days=90), "365": timedelta(days=365)}
EVER = datetime(1970, 1, 1, tzinfo=UTC)
STATES = ("open", "late", "closed")


@dataclass(frozen=True)
class Filters:
    """What of an area is asked for; "" is everything. `category` is a class of two digits or one of its four."""

    category: str = ""
    state: str = ""
    period: str = ""

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Self:
        """From an address; what it does not know counts as not said."""
        category, state, period = (said.get(name, "") for name in ("category", "state", "period"))
        return cls(
            category if category in _classes() else "",
            state if state in STATES else "",
            period if period in PERIODS else "",
        )

    def condition(self, now: datetime) -> Q:
        asked = Q()
        if self.category:
            asked &= Q(category_code__range=(self.category.ljust(4, "0"), self.category.ljust(4, "9")))
        if self.period:
            asked &= Q(reported_at__gte=self.since(now))
        if self.state == "closed":
            asked &= Q(status=Status.CLOSED)
        elif self.state:
            asked &= Q(status__in=sorted(OPEN))
        if self.state == "late":
            asked &= Q(handled_at=None, due_at__lte=now)
        return asked

    def since(self, now: datetime) -> datetime:
        """From when on cases are asked for."""
        return now - PERIODS[self.period] if self.period else EVER

    @property
    def query(self) -> str:
        """As an address says it."""
        return urlencode({name: value for name, value in vars(self).items() if value})


def _classes() -> set[str]:
    codes = set(current())
    return codes | {code[:2] for code in codes}


def listed_classes() -> list[tuple[str, str]]:
    """The classes of the table that are public, by their first two digits."""
    names = {one.major: one.major_name for one in current().values() if one.is_public_space}
    return sorted(names.items())


def period_choices() -> list[tuple[str, str]]:
    return [("30", _("Last 30 days")), ("90", _("Last 90 days")), ("365", _("Last year"))]


def state_choices() -> list[tuple[str, str]]:
    return [("open", _("Being dealt with")), ("late", _("Overdue")), ("closed", pgettext("case", "Closed"))]


@dataclass(frozen=True)
class Shown:
    """A public case as a list shows it."""

    row: PublicCase
    title: str
    category: str
    is_late: bool


def shown(row: PublicCase, now: datetime) -> Shown:
    category = kind_name(row.category_code)
    is_late = row.status in OPEN and row.handled_at is None and row.due_at is not None and row.due_at <= now
    return Shown(row, row.title or category, category, is_late)


@dataclass(frozen=True)
class Page:
    """`next`: what the next page begins after, "" where this is the last."""

    list: list[Shown]
    next: str = ""


def cases_of(area: Area, filters: Filters, now: datetime) -> QuerySet[PublicCase]:
    """The public cases of an area and of those it came from, the newest first. Asks for what it came from."""
    rows = PublicCase.objects.filter(filters.condition(now), within(area), is_shown=True)
    return rows.order_by("-reported_at", "-case_id")


def within(area: Area) -> Q:
    """In an area: by the index of its level, or by ranges where parts of it came from elsewhere."""
    spans = spans_of(area.code)
    if len(spans) > 1:
        return reduce(or_, (Q(code__range=span) for span in spans))
    match area.level:
        case Level.STREET:
            return Q(street=area.code)
        case Level.COMMUNITY:
            return Q(community=area.code)
        case Level.GRID:
            return Q(community=ancestor(area.code, Level.COMMUNITY), code=area.code)
    return Q(code__range=spans[0])


def page(area: Area, filters: Filters, now: datetime, *, after: str = "", limit: int = PAGE) -> Page:
    """`limit` cases from `after` on."""
    rows = cases_of(area, filters, now)
    if after:
        reported_at, key = _read(after)
        rows = rows.filter(Q(reported_at__lt=reported_at) | Q(case_id__lt=key), reported_at__lte=reported_at)
    found = list(rows[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(
        [shown(row, now) for row in found[:limit]],
        f"{last.reported_at.isoformat()}~{last.case_id}" if last else "",
    )


def _read(after: str) -> tuple[datetime, UUID]:
    at, _mark, key = after.partition("~")
    try:
        moment, pk = datetime.fromisoformat(at), UUID(key)
    except ValueError:
        moment, pk = EVER.replace(tzinfo=None), None
    if pk is None or moment.tzinfo is None:
        raise Refused(_("This page of the list cannot be found. Begin again at its top."))
    return moment, pk


def find_case(number: str) -> PublicCase | None:
    """The public case with this number; None where everybody may know of none."""
    return PublicCase.objects.filter(number=number, is_shown=True).first()


def cards(case_ids: Collection[UUID]) -> dict[UUID, PublicCard]:
    """Those of the cases that are public, as everybody may be told of them: one query."""
    rows = PublicCase.objects.filter(pk__in=case_ids, is_shown=True)
    return {
        row.case_id: PublicCard(
            row.number,
            row.title or kind_name(row.category_code),
            row.status,
            reverse("public:case", args=[row.number]),
        )
        for row in rows
    }
