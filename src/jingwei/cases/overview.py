"""What a leader looks at: what is overdue and where each case is stuck, and how the places and offices below stand.

Nothing of who reported, and nothing of single workers: standings are of places and offices.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db.models import Count, F, Max, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from jingwei.cases import desk
from jingwei.cases.desk import QUEUES, Holder, Listed
from jingwei.cases.models import Case, DocketEntry, Step
from jingwei.cases.models.docket import COURSE, DocketCount
from jingwei.cases.obstacles import was_urged_today
from jingwei.cases.said import headline
from jingwei.cases.workflow import Level, Status
from jingwei.kernel.public import clock
from jingwei.people.public import Department
from jingwei.places.public import Area
from jingwei.ui.public import left, moment

Tray = DocketEntry.Tray
PLACES: Mapping[Status, Promise] = MappingProxyType(
    {
        Status.REPORTED: pgettext_lazy("stuck", "Stuck at filing."),
        Status.FILED: pgettext_lazy("stuck", "Stuck at dispatch."),
        Status.DISPATCHED: pgettext_lazy("stuck", "Sent, not accepted."),
        Status.IN_HAND: pgettext_lazy("stuck", "Stuck in handling."),
        Status.HANDLED: pgettext_lazy("stuck", "Stuck at checking."),
    }
)
WAITS: Mapping[str, Promise] = MappingProxyType(
    {
        Tray.TO_FILE: pgettext_lazy("stuck", "most of it waits to be filed"),
        Tray.TO_DISPATCH: pgettext_lazy("stuck", "most of it waits for dispatch"),
        Tray.BELOW: pgettext_lazy("stuck", "most of it waits at another level"),
        Tray.TO_ACCEPT: pgettext_lazy("stuck", "most of it was sent and not accepted"),
        Tray.IN_HAND: pgettext_lazy("stuck", "most of it is being handled"),
        Tray.TO_CHECK: pgettext_lazy("stuck", "most of it waits to be checked"),
        Tray.SUSPENDED: pgettext_lazy("stuck", "most of it is suspended"),
    }
)


@dataclass(frozen=True)
class StuckCase:
    """An overdue case: how late, where it is stuck, and why, in a sentence."""

    number: str
    headline: str
    where: str
    over: str
    place: Promise
    why: str
    is_supervised: bool
    is_urged: bool


@dataclass(frozen=True)
class Standing:
    """A place or office with its open cases. `share` is the part of them that is overdue, 0 to 1."""

    rank: int
    name: str
    holder: Holder
    open: int
    late: int
    why: str | Promise

    @property
    def share(self) -> float:
        return self.late / self.open if self.open else 0.0

    @property
    def percent(self) -> float:
        return 100 * self.share


@dataclass(frozen=True)
class Overview:
    """An area at a glance: open cases, what is overdue or due today, poor ratings to call back, and the worst of it."""

    holder: Holder
    open: int
    late: int
    today: int
    today_unaccepted: int
    to_call_back: int
    stuck: Sequence[StuckCase]


def overview(code: int, now: datetime, limit: int) -> Overview:
    """The area at a glance, with `limit` of its overdue cases, those due the longest first. Four queries."""
    holder = Holder("a", code)
    counts = desk.counts(holder, now)
    return Overview(
        holder=holder,
        open=counts.total,
        late=counts.late,
        today=counts.today,
        today_unaccepted=counts.today_in.get(Tray.TO_ACCEPT, 0),
        to_call_back=counts.trays.get(Tray.TO_CALL_BACK, 0),
        stuck=_stuck_cases(holder, now, limit) if counts.late else [],
    )


def _stuck_cases(holder: Holder, now: datetime, limit: int) -> list[StuckCase]:
    entries = desk.page(holder, QUEUES[holder.kind]["late"], now=now, limit=limit).entries
    keys = [entry.case_id for entry in entries]
    courses = Step.objects.filter(case_id__in=keys).exclude(before=F("after"))
    last = dict(courses.values_list("case_id").annotate(Max("occurred_at")))
    besides = Case.objects.only("level", "returns").in_bulk(keys)
    return [_stuck(entry, now, moment(last[entry.case_id], now), besides[entry.case_id]) for entry in entries]


def _stuck(entry: Listed, now: datetime, since: str, besides: Case) -> StuckCase:
    """`besides`: what a row of the desk does not load."""
    case = entry.case
    return StuckCase(
        number=case.number,
        headline=headline(case),
        where=entry.community_name or "",
        over=left(entry.due_at, now),
        place=PLACES[Status(case.status)],
        why=_why(case, entry.party or "", since, besides),
        is_supervised=case.is_supervised,
        is_urged=was_urged_today(case, now),
    )


def _why(case: Case, party: str, since: str, besides: Case) -> str:
    told = {"party": party, "since": since, "level": Level(besides.level).label, "n": besides.returns}
    if case.status == Status.REPORTED:
        return _("Nobody has filed it. Last step: %(since)s.") % told
    if case.status == Status.FILED and besides.returns:
        return (
            ngettext(
                "Sent back %(n)d time, and with nobody since. Last step: %(since)s.",
                "Sent back %(n)d times, and with nobody since. Last step: %(since)s.",
                besides.returns,
            )
            % told
        )
    if case.status == Status.FILED:
        return _("%(level)s: sent to nobody yet. Last step: %(since)s.") % told
    if case.status == Status.DISPATCHED:
        return _("%(party)s has not answered. Last step: %(since)s.") % told
    if case.status == Status.IN_HAND:
        return _("%(party)s has it. Last step: %(since)s.") % told
    return _("Reported handled; nobody has looked at the result. Last step: %(since)s.") % told


def places_below(code: int, now: datetime) -> list[Standing]:
    """The areas right below one, the smallest share of overdue cases first. Three queries."""
    areas = Area.objects.current().filter(parent=code).order_by("code")
    return _standings([(Holder("a", area.code), area.title) for area in areas], now)


def offices_within(area: Area, now: datetime) -> list[Standing]:
    """The offices that serve an area or one below it, as far as they have open cases. Three queries."""
    offices = Department.objects.within([area.span]).order_by("code", "name")
    return _standings([(Holder("d", office.pk), office.title) for office in offices], now, needs_open=True)


def _standings(named: Sequence[tuple[Holder, str]], now: datetime, *, needs_open: bool = False) -> list[Standing]:
    amounts = _amounts([holder for holder, _name in named], now)
    rows = []
    for holder, name in named:
        everything, late = amounts[holder.id]
        if everything or not needs_open:
            rows.append((sum(late.values()), sum(everything.values()), name, holder, late))
    rows.sort(key=lambda row: (row[0] / row[1] if row[1] else 0, -row[1], row[2]))
    return [
        Standing(rank, name, holder, total, overdue, _said(late, total, overdue))
        for rank, (overdue, total, name, holder, late) in enumerate(rows, 1)
    ]


def _said(late: Mapping[str, int], total: int, overdue: int) -> str | Promise:
    if not total:
        return _("nothing open")
    return WAITS[max(late, key=lambda tray: late[tray])] if overdue else _("nothing overdue")


def _amounts(holders: Iterable[Holder], now: datetime) -> Mapping[int, tuple[dict[str, int], dict[str, int]]]:
    """By holder: how many lie in each tray, and how many of them are overdue; as the counts of the desk have them."""
    holders = list(holders)
    mine = {
        "holder": holders[0].kind if holders else "",
        "holder_id__in": [one.id for one in holders],
        "tray__in": COURSE,
    }
    today, midnight = clock.local(now).date(), desk.midnight(now)
    found: dict[int, tuple[dict[str, int], dict[str, int]]] = defaultdict(lambda: (defaultdict(int), defaultdict(int)))
    counted = DocketCount.objects.filter(**mine).values_list("holder_id", "tray")
    sums = {"total": Sum("amount"), "late": Sum("amount", filter=Q(due_on__lt=today), default=0)}
    for key, tray, total, late in counted.annotate(**sums):
        found[key][0][tray] += total
        found[key][1][tray] += late
    fallen = DocketEntry.objects.filter(**mine, due_at__gte=midnight, due_at__lt=now).values_list("holder_id", "tray")
    for key, tray, amount in fallen.annotate(Count("pk")):
        found[key][1][tray] += amount
    return found
