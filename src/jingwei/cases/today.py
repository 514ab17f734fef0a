"""What a worker has to do: cases to file, check, solve and handle, in due order. Two queries, however many there are.

Area dockets tell what lies in the places of one's posts, party dockets what was sent to oneself or one's department.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from types import MappingProxyType

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.cases.catalogue import current
from jingwei.cases.models import Assignment, Case, DocketEntry
from jingwei.cases.said import headline
from jingwei.cases.spots import where_is
from jingwei.kernel.public import clock
from jingwei.people.public import Member, Post
from jingwei.ui.public import clock_time, day_or_time, left

MOST = 200
Tray = DocketEntry.Tray
NEEDS: Mapping[str, str] = MappingProxyType(
    {Tray.TO_FILE: "cases.file", Tray.TO_CHECK: "cases.check", Tray.TO_DISPATCH: "cases.solve"}
)
"""Trays of an area's docket that are a worker's, with the duty they take. What waits for dispatch at the worker's own
level is the worker's to solve.
"""
VERBS: Mapping[str, tuple[str, Promise]] = MappingProxyType(
    {
        Tray.TO_FILE: ("file", pgettext_lazy("do", "File")),
        Tray.TO_CHECK: ("check", pgettext_lazy("do", "Check")),
        Tray.TO_DISPATCH: ("solve", pgettext_lazy("do", "Solve")),
        Tray.TO_ACCEPT: ("report_in", pgettext_lazy("do", "Take on")),
        Tray.IN_HAND: ("handle", pgettext_lazy("do", "Handle")),
    }
)
"""What is to be done with a case of each tray, as its button says."""
PARTS: Mapping[str, Promise] = MappingProxyType(
    {
        "late": gettext_lazy("Overdue"),
        "today": gettext_lazy("Today"),
        "tomorrow": gettext_lazy("Tomorrow"),
        "later": gettext_lazy("Later"),
    }
)


@dataclass(frozen=True)
class Task:
    """One case that waits for the worker: what, where, until when (`when` and, smaller, `note`), the move to make."""

    case: Case
    title: str
    place: str
    due_at: datetime
    when: str
    note: str
    is_late: bool
    verb: str
    button: str | Promise


@dataclass(frozen=True)
class Part:
    """Tasks due in the same stretch of time."""

    key: str
    title: Promise
    tasks: Sequence[Task]


@dataclass(frozen=True)
class Today:
    """The list in parts. `is_cut`: there is more than a list can hold."""

    parts: Sequence[Part]
    count: int
    late: int
    is_cut: bool = False


def today(member: Member, now: datetime) -> Today:
    """All that waits for `member`, in due order."""
    entries = _entries(member)
    tasks = _tasks(entries[:MOST], now)
    parts = [
        Part(key, PARTS[key], list(group)) for key, group in groupby(tasks, key=lambda task: _part(task.due_at, now))
    ]
    return Today(parts, len(tasks), sum(task.is_late for task in tasks), is_cut=len(entries) > MOST)


def _entries(member: Member) -> list[DocketEntry]:
    branches = [*_areas(member.posts), *_parties(member)]
    keys = [DocketEntry.objects.filter(branch).values("pk") for branch in branches]
    handled = Assignment.objects.filter(case_id=OuterRef("case_id"), handler_id__in=member.stands_for)
    rows = DocketEntry.objects.filter(pk__in=keys[0].union(*keys[1:], all=True))
    own_check = Q(tray=Tray.TO_CHECK) & Exists(handled)
    return list(
        rows.exclude(own_check)
        .exclude(tray=Tray.SUSPENDED)
        .select_related("case__category")
        .order_by("due_at", "case_id")[: MOST + 1]
    )


def _areas(posts: Iterable[Post]) -> list[Q]:
    """One branch for each tray that a post's duties open: one range of an index."""
    return [
        Q(holder="a", holder_id=post.first, tray=tray) & _within(post.categories)
        for post in posts
        for tray, duty in NEEDS.items()
        if post.has_area and duty in post.duties
    ]


def _within(categories: tuple[str, ...]) -> Q:
    within = Q()
    for beginning in categories:
        within |= Q(category_code__startswith=beginning)
    return within


def _parties(member: Member) -> list[Q]:
    """What was sent to the member, to whom they stand in for, or to a department where they handle such cases."""
    mine = [Q(holder="m", holder_id__in=member.stands_for, is_party=True)]
    return mine + [
        Q(holder="d", holder_id=key, is_party=True) & _within(post.categories) & _placed(post)
        for post in member.posts
        if "cases.handle" in post.duties
        for key in sorted(post.department_ids)
    ]


def _placed(post: Post) -> Q:
    """Where a post in a department goes: to its own area, if it has one."""
    return Q(case__code__range=(post.first, post.last)) if post.has_area else Q()


def _tasks(entries: Sequence[DocketEntry], now: datetime) -> list[Task]:
    first = {entry.case_id: entry for entry in reversed(entries)}
    places = where_is(entry.case.code for entry in first.values())
    return [_task(entry, places[entry.case.code], now) for entry in entries if first[entry.case_id] is entry]


def _task(entry: DocketEntry, area: str, now: datetime) -> Task:
    verb, button = VERBS[entry.tray]
    due_at = entry.due_at
    has_day = clock.local(due_at).date() != clock.local(now).date()
    return Task(
        case=entry.case,
        title=_title(entry.case),
        place=entry.case.place or area,
        due_at=due_at,
        when=day_or_time(due_at, now),
        note=clock_time(due_at) if has_day and due_at > now else left(due_at, now),
        is_late=due_at <= now,
        verb=verb,
        button=button,
    )


def _title(case: Case) -> str:
    """As everywhere; a new report is called after the category that its reporter chose."""
    guess = current().get(case.category_code) if not case.title and case.category is None else None
    return guess.name if guess else headline(case)


def _part(due_at: datetime, now: datetime) -> str:
    if due_at <= now:
        return "late"
    days = (clock.local(due_at).date() - clock.local(now).date()) // timedelta(days=1)
    return {0: "today", 1: "tomorrow"}.get(days, "later")
