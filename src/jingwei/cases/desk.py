"""The desk's working lists: queues, their counts and their pages. Reads the docket only; one query a question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Self
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Mod
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.models import Assignment, DocketEntry
from jingwei.kernel.public import Refused, clock
from jingwei.people.public import Member
from jingwei.places.public import Area

PAGE = 50
Tray = DocketEntry.Tray


@dataclass(frozen=True)
class Holder:
    """Whose docket: an area (its code), a department or a member."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}{self.id}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The holder written as by `str`. ValueError for anything else."""
        kind, number = text[:1], text[1:]
        if kind not in DocketEntry.Holder.values or not (number.isascii() and number.isdigit()):
            raise ValueError(text)
        return cls(kind, int(number))


@dataclass(frozen=True)
class Queue:
    """A list of the rail: what lies in one tray, or what is due by some moment."""

    key: str
    title: Promise
    icon: str
    tray: str = ""
    due: str = ""  # "late" or "today"


_AREA = (
    Queue("all", pgettext_lazy("queue", "All open"), "inbox"),
    Queue("file", pgettext_lazy("queue", "To file"), "file-check", tray=Tray.TO_FILE),
    Queue("dispatch", pgettext_lazy("queue", "To dispatch"), "send", tray=Tray.TO_DISPATCH),
    Queue("late", pgettext_lazy("queue", "Overdue"), "alarm", due="late"),
    Queue("today", pgettext_lazy("queue", "Due today"), "calendar-time", due="today"),
    Queue("accept", pgettext_lazy("queue", "Not accepted yet"), "user-check", tray=Tray.TO_ACCEPT),
    Queue("hand", pgettext_lazy("queue", "In hand"), "tool", tray=Tray.IN_HAND),
    Queue("check", pgettext_lazy("queue", "To check"), "clipboard-check", tray=Tray.TO_CHECK),
    Queue("below", pgettext_lazy("queue", "At other levels"), "stairs-up", tray=Tray.BELOW),
)
_PARTY = (
    Queue("all", pgettext_lazy("queue", "All open"), "inbox"),
    Queue("accept", pgettext_lazy("queue", "To accept"), "user-check", tray=Tray.TO_ACCEPT),
    Queue("hand", pgettext_lazy("queue", "In hand"), "tool", tray=Tray.IN_HAND),
    Queue("late", pgettext_lazy("queue", "Overdue"), "alarm", due="late"),
    Queue("today", pgettext_lazy("queue", "Due today"), "calendar-time", due="today"),
)
QUEUES: Mapping[str, Mapping[str, Queue]] = MappingProxyType(
    {kind: {queue.key: queue for queue in queues} for kind, queues in (("a", _AREA), ("d", _PARTY), ("m", _PARTY))}
)


def may_open(member: Member, holder: Holder) -> bool:
    """Whether the docket of `holder` lies within what the member may see."""
    if holder.kind == "a":
        return any("cases.see" in post.duties and post.covers(holder.id) for post in member.posts)
    if holder.kind == "d":
        return any("cases.see" in post.duties and holder.id in post.department_ids for post in member.posts)
    return holder.id == member.pk


def holders_of(member: Member) -> list[Holder]:
    """The dockets a member works from: each area and department of their posts, the widest first."""
    areas = {
        (post.last - post.first, post.first) for post in member.posts if post.has_area and "cases.see" in post.duties
    }
    departments = sorted(
        {
            key
            for post in member.posts
            if not post.has_area and "cases.see" in post.duties
            for key in post.department_ids
        }
    )
    return [Holder("a", first) for _size, first in sorted(areas, reverse=True)] + [
        Holder("d", key) for key in departments
    ]


@dataclass(frozen=True)
class Counts:
    """How many cases lie in each queue of a holder. Exact."""

    trays: Mapping[str, int] = field(default_factory=dict)
    late: int = 0
    today: int = 0

    @property
    def total(self) -> int:
        return sum(self.trays.values())

    def of(self, queue: Queue) -> int:
        if queue.due:
            return self.late if queue.due == "late" else self.today
        return self.trays.get(queue.tray, 0) if queue.tray else self.total


COUNTS = """
SELECT tray, sum(amount), sum(amount) FILTER (WHERE due_on < %(today)s), sum(amount) FILTER (WHERE due_on = %(today)s)
FROM case_docket_count WHERE holder = %(kind)s AND holder_id = %(id)s GROUP BY tray
UNION ALL
SELECT NULL, NULL, count(*), -count(*) FROM case_docket
WHERE holder = %(kind)s AND holder_id = %(id)s AND due_at >= %(midnight)s AND due_at < %(now)s
"""


def counts(holder: Holder, now: datetime) -> Counts:
    """The counts of every queue of one docket: one query. What fell due earlier today is counted one by one."""
    local = clock.local(now)
    midnight = datetime.combine(local.date(), time(), local.tzinfo)
    given: dict[str, Any] = {
        "kind": holder.kind,
        "id": holder.id,
        "today": local.date(),
        "midnight": midnight,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, given)
        rows = cursor.fetchall()
    return Counts(
        trays={tray: int(total) for tray, total, _late, _today in rows if tray is not None},
        late=sum(int(late or 0) for _tray, _total, late, _today in rows),
        today=sum(int(today or 0) for _tray, _total, _late, today in rows),
    )


@dataclass(frozen=True)
class Page:
    """One page of a queue in due order, and where the next begins ("": nowhere)."""

    entries: list[DocketEntry]
    next: str = ""


def page(
    holder: Holder, queue: Queue, *, now: datetime, category: str = "", cursor: str = "", limit: int = PAGE
) -> Page:
    """One index range of the docket, from `cursor` on, with all that a row shows: one query."""
    rows = _within(DocketEntry.objects.filter(holder=holder.kind, holder_id=holder.id), queue, now)
    if category:
        rows = rows.filter(category_code=category)
    if cursor:
        rows = rows.filter(_behind(cursor))
    entries = list(_shown(rows.order_by("due_at", "case_id"))[: limit + 1])
    if len(entries) <= limit:
        return Page(entries)
    last = entries[limit - 1]
    return Page(entries[:limit], f"{last.due_at.isoformat()}~{last.case_id}")


def _within(rows: QuerySet[DocketEntry], queue: Queue, now: datetime) -> QuerySet[DocketEntry]:
    if queue.tray:
        return rows.filter(tray=queue.tray)
    if queue.due == "late":
        return rows.filter(due_at__lt=now)
    if queue.due == "today":
        local = clock.local(now)
        midnight = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
        return rows.filter(due_at__gte=now, due_at__lt=midnight)
    return rows


def _behind(cursor: str) -> Q:
    """The row comparison (due_at, case) > cursor, in the form that an index range serves."""
    try:
        due, key = cursor.split("~")
        due_at, case_id = datetime.fromisoformat(due), UUID(key)
    except ValueError:
        raise Refused(_("This page of the list cannot be found. Begin again at its top.")) from None
    return Q(due_at__gte=due_at) & (Q(due_at__gt=due_at) | Q(case_id__gt=case_id))


def _shown(rows: QuerySet[DocketEntry]) -> QuerySet[DocketEntry]:
    """Rows with case, class, names of grid and community, and the party, without a query for each."""
    lead = Assignment.objects.filter(case_id=OuterRef("case_id"), role="lead", status__in=["sent", "accepted", "done"])
    named = lead.order_by("-sent_at").values_list(Coalesce("department__name", "member__name"))
    code = OuterRef("case__code")
    return rows.select_related("case", "case__category").annotate(
        grid_name=Subquery(Area.objects.filter(code=code - Mod(code, Value(1000))).values("name")[:1]),
        community_name=Subquery(Area.objects.filter(code=code - Mod(code, Value(1000000))).values("name")[:1]),
        party=Subquery(named[:1]),
    )
