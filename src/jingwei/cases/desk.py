"""The desk's working lists: queues, their counts and their pages. Reads the docket only; one query a question."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Protocol, Self, cast
from uuid import UUID

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Mod, NullIf
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from jingwei.cases.models import Assignment, Case, DocketEntry
from jingwei.cases.models.docket import COURSE
from jingwei.kernel.public import Refused, clock
from jingwei.people.public import Member, Post
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
    Queue("warned", pgettext_lazy("queue", "Warned"), "hourglass", tray=Tray.WARNED),
    Queue("accept", pgettext_lazy("queue", "Not accepted yet"), "user-check", tray=Tray.TO_ACCEPT),
    Queue("hand", pgettext_lazy("queue", "In hand"), "tool", tray=Tray.IN_HAND),
    Queue("check", pgettext_lazy("queue", "To check"), "clipboard-check", tray=Tray.TO_CHECK),
    Queue("below", pgettext_lazy("queue", "At other levels"), "stairs-up", tray=Tray.BELOW),
    Queue("extend", pgettext_lazy("queue", "Asked for more time"), "calendar-event", tray=Tray.TO_EXTEND),
    Queue("suspend", pgettext_lazy("queue", "Asked to suspend"), "player-pause", tray=Tray.TO_SUSPEND),
    Queue("pause", pgettext_lazy("queue", "Suspended"), "clock-pause", tray=Tray.SUSPENDED),
    Queue("supervised", pgettext_lazy("queue", "Supervised"), "eye", tray=Tray.SUPERVISED),
    Queue("call", pgettext_lazy("queue", "To call back"), "phone-call", tray=Tray.TO_CALL_BACK),
    Queue("meeting", pgettext_lazy("queue", "Review meetings"), "users-group", tray=Tray.TO_MEET),
    Queue("appeals", pgettext_lazy("queue", "Appeals"), "scale", tray=Tray.APPEALED),
    Queue("inspect", pgettext_lazy("queue", "Solved on the spot, drawn"), "search", tray=Tray.TO_INSPECT),
)
_PARTY = (
    Queue("all", pgettext_lazy("queue", "All open"), "inbox"),
    Queue("accept", pgettext_lazy("queue", "To accept"), "user-check", tray=Tray.TO_ACCEPT),
    Queue("hand", pgettext_lazy("queue", "In hand"), "tool", tray=Tray.IN_HAND),
    Queue("confirm", pgettext_lazy("queue", "To confirm"), "clipboard-check", tray=Tray.TO_CONFIRM),
    Queue("late", pgettext_lazy("queue", "Overdue"), "alarm", due="late"),
    Queue("today", pgettext_lazy("queue", "Due today"), "calendar-time", due="today"),
    Queue("warned", pgettext_lazy("queue", "Warned"), "hourglass", tray=Tray.WARNED),
    Queue("pause", pgettext_lazy("queue", "Suspended"), "clock-pause", tray=Tray.SUSPENDED),
    Queue("supervised", pgettext_lazy("queue", "Supervised"), "eye", tray=Tray.SUPERVISED),
)
BESIDE = tuple(tray for tray in Tray if tray not in COURSE)
QUEUES: Mapping[str, Mapping[str, Queue]] = MappingProxyType(
    {kind: {queue.key: queue for queue in queues} for kind, queues in (("a", _AREA), ("d", _PARTY), ("m", _PARTY))}
)


def may_open(member: Member, holder: Holder) -> bool:
    """Whether the docket of `holder` lies within what the member may see."""
    if holder.kind == "a":
        return any(_sees_all(post) and post.covers(holder.id) for post in member.posts)
    if holder.kind == "d":
        return any(_sees_all(post) and holder.id in post.department_ids for post in member.posts)
    return holder.id in member.stands_for


def _sees_all(post: Post) -> bool:
    """A docket holds every class: a post limited to some of them sees its cases elsewhere, such as in its day."""
    return "cases.see" in post.duties and not post.categories


def holders_of(member: Member) -> list[Holder]:
    """The dockets a member works from: each area and department of their posts, the widest first."""
    areas = {(post.last - post.first, post.first) for post in member.posts if post.has_area and _sees_all(post)}
    departments = sorted(
        {key for post in member.posts if not post.has_area and _sees_all(post) for key in post.department_ids}
    )
    return [Holder("a", first) for _size, first in sorted(areas, reverse=True)] + [
        Holder("d", key) for key in departments
    ]


@dataclass(frozen=True)
class Counts:
    """How many cases lie in each tray of a holder, and how many of them are overdue or due today. Exact."""

    trays: Mapping[str, int] = field(default_factory=dict)
    late_in: Mapping[str, int] = field(default_factory=dict)
    today_in: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return _of_course(self.trays)

    @property
    def late(self) -> int:
        return _of_course(self.late_in)

    @property
    def today(self) -> int:
        return _of_course(self.today_in)

    def of(self, queue: Queue) -> int:
        if queue.due:
            return self.late if queue.due == "late" else self.today
        return self.trays.get(queue.tray, 0) if queue.tray else self.total

    def by_due(self, queue: Queue) -> dict[str, int]:
        """How many of a queue are overdue ("late"), due "today", and due "later"."""
        late = self.late_in.get(queue.tray, 0) if queue.tray else self.late
        today = self.today_in.get(queue.tray, 0) if queue.tray else self.today
        if queue.due:
            late, today = (late, 0) if queue.due == "late" else (0, today)
        return {"late": late, "today": today, "later": self.of(queue) - late - today}


def _of_course(trays: Mapping[str, int]) -> int:
    """Errands, and what is warned, are counted in their own queues only."""
    return sum(trays.get(tray, 0) for tray in COURSE)


COUNTS = """
SELECT tray, sum(amount) AS total,
    coalesce(sum(amount) FILTER (WHERE due_on < %(today)s), 0) AS late,
    coalesce(sum(amount) FILTER (WHERE due_on = %(today)s), 0) AS today
FROM case_docket_count WHERE holder = %(kind)s AND holder_id = %(id)s GROUP BY tray
UNION ALL
SELECT tray, 0, fallen, -fallen FROM unnest(%(trays)s::text[]) AS each (tray), LATERAL (
    SELECT count(*) AS fallen FROM case_docket
    WHERE holder = %(kind)s AND holder_id = %(id)s AND tray = each.tray
        AND due_at >= %(midnight)s AND due_at < %(now)s
) AS since_midnight
"""


def counts(holder: Holder, now: datetime) -> Counts:
    """The counts of every queue of one docket: one query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, counting(holder, now))
        return add_up(cursor.fetchall())


def counting(holder: Holder, now: datetime) -> dict[str, Any]:
    """The parameters of COUNTS. What fell due earlier today is counted one by one, the rest from the ledger."""
    return {
        "kind": holder.kind,
        "id": holder.id,
        "trays": list(Tray.values),
        "today": clock.local(now).date(),
        "midnight": midnight(now),
        "now": now,
    }


def add_up(rows: Iterable[tuple[str, int, int, int]]) -> Counts:
    """The counts from the rows of COUNTS."""
    trays, late_in, today_in = Counter[str](), Counter[str](), Counter[str]()
    for tray, total, late, today in rows:
        trays[tray] += int(total)
        late_in[tray] += int(late)
        today_in[tray] += int(today)
    return Counts(trays, late_in, today_in)


class Listed(Protocol):
    """A docket entry with what its row shows, names in the reader's language."""

    due_at: datetime
    case_id: UUID
    case: Case
    grid_name: str | None
    community_name: str | None
    party: str | None


@dataclass(frozen=True)
class Page:
    """One page of a queue in due order, and where the next begins ("": nowhere)."""

    entries: list[Listed]
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
    entries = cast("list[Listed]", list(_shown(rows.order_by("due_at", "case_id"))[: limit + 1]))
    if len(entries) <= limit:
        return Page(entries)
    last = entries[limit - 1]
    return Page(entries[:limit], f"{last.due_at.isoformat()}~{last.case_id}")


def _within(rows: QuerySet[DocketEntry], queue: Queue, now: datetime) -> QuerySet[DocketEntry]:
    first, end = due_between(queue, now)
    rows = rows.filter(tray=queue.tray) if queue.tray else rows.exclude(tray__in=BESIDE)
    if first:
        rows = rows.filter(due_at__gte=first)
    return rows.filter(due_at__lt=end) if end else rows


def due_between(queue: Queue, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when (included) until when the entries of a queue are due; None: no bound."""
    if queue.due == "late":
        return None, now
    return (now, midnight(now, days=1)) if queue.due == "today" else (None, None)


def midnight(now: datetime, days: int = 0) -> datetime:
    """The beginning of the district's day, or of one so many days later."""
    local = clock.local(now)
    return datetime.combine(local.date() + timedelta(days=days), time(), local.tzinfo)


def _behind(cursor: str) -> Q:
    """The row comparison (due_at, case) > cursor, in the form that an index range serves."""
    due_at, case_id = read_cursor(cursor)
    return Q(due_at__gte=due_at) & (Q(due_at__gt=due_at) | Q(case_id__gt=case_id))


def read_cursor(cursor: str) -> tuple[datetime, UUID]:
    """When the last entry of the page before was due, and its case. Raises Refused."""
    try:
        due, case_id = cursor.split("~")
        due_at = datetime.fromisoformat(due)
        if due_at.tzinfo is not None:
            return due_at, UUID(case_id)
    except ValueError:
        pass
    raise Refused(_("This page of the list cannot be found. Begin again at its top."))


CASE = (
    "number",
    "title",
    "place",
    "code",
    "status",
    "urgency",
    "is_supervised",
    "suspended_at",
    "urged_at",
    "signalled",
    "raised",
    "handled_at",
    "category__name_zh",
    "category__name_en",
)
SHOWN = ("due_at", "case_id", *(f"case__{name}" for name in CASE))


def _shown(rows: QuerySet[DocketEntry]) -> QuerySet[DocketEntry]:
    """Rows with case, class, names of grid and community, and the party, without a query for each."""
    lead = Assignment.objects.filter(case_id=OuterRef("case_id"), role="lead", status__in=["sent", "accepted", "done"])
    party = lead.order_by("-sent_at").values_list(Coalesce(_named("department__"), "member__name"))
    code = OuterRef("case__code")
    return (
        rows.select_related("case", "case__category")
        .only(*SHOWN)
        .annotate(
            grid_name=Subquery(Area.objects.filter(code=code - Mod(code, Value(1000))).values_list(_named())[:1]),
            community_name=Subquery(
                Area.objects.filter(code=code - Mod(code, Value(1000000))).values_list(_named())[:1]
            ),
            party=Subquery(party[:1]),
        )
    )


def _named(path: str = "") -> F | Coalesce:
    """The name of an area or department in the reader's language, Chinese where there is no other."""
    if not (get_language() or "").startswith("en"):
        return F(f"{path}name")
    return Coalesce(NullIf(f"{path}name_en", Value("")), f"{path}name")
