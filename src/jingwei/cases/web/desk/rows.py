"""The rows of a queue, as a list shows them: nothing of the reporter, nothing of the words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.cases.desk import Listed, midnight, read_cursor
from jingwei.cases.said import headline, serial, short_place
from jingwei.cases.signals.told import warning


@dataclass(frozen=True)
class Row:
    number: str
    serial: str
    headline: str
    place: str
    where: str
    party: str
    status: str
    urgency: str
    is_supervised: bool
    is_urged: bool
    is_suspended: bool
    warning: str | Promise
    is_raised: bool
    due_at: datetime


@dataclass(frozen=True)
class Span:
    """A part of the list: how it is called, and how it looks."""

    title: Promise
    icon: str
    tone: str = ""


SPANS: Mapping[str, Span] = MappingProxyType(
    {
        "late": Span(gettext_lazy("Overdue"), "clock-exclamation", "overdue"),
        "today": Span(gettext_lazy("Due today"), "calendar"),
        "later": Span(gettext_lazy("Tomorrow and later"), "arrow-right"),
    }
)


@dataclass(frozen=True)
class Group:
    """Rows of one span. `has_head` is false where the list before ended within the same span."""

    span: Span
    count: int | None
    rows: Sequence[Row] = field(default_factory=list)
    has_head: bool = True


def grouped(entries: Iterable[Listed], *, now: datetime, counts: Mapping[str, int], cursor: str = "") -> list[Group]:
    """Entries in due order, by span. `counts`: how many each has in all; `cursor`: behind which rows that
    are shown already these come.
    """
    tomorrow = midnight(now, days=1)

    def span_of(due_at: datetime) -> str:
        return "late" if due_at < now else "today" if due_at < tomorrow else "later"

    last = span_of(read_cursor(cursor)[0]) if cursor else ""
    return [
        Group(SPANS[key], counts.get(key), [_row(entry) for entry in part], has_head=key != last)
        for key, part in groupby(entries, key=lambda entry: span_of(entry.due_at))
    ]


def _row(entry: Listed) -> Row:
    case = entry.case
    community, grid = entry.community_name or "", entry.grid_name or ""
    return Row(
        number=case.number,
        serial=serial(case),
        headline=headline(case),
        place=short_place(case.code, community, grid),
        where=_("%(grid)s, %(community)s") % {"grid": grid, "community": community} if community != grid else grid,
        party=entry.party or "",
        status=case.status,
        urgency=case.urgency,
        is_supervised=case.is_supervised,
        is_urged=case.is_open and case.urged_at is not None and case.handled_at is None,
        is_suspended=case.is_suspended,
        warning=warning(case),
        is_raised=case.raised > 0,
        due_at=entry.due_at,
    )
