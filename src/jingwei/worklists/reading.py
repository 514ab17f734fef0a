"""What the pages of work lists show: lists with how far they have come, a grid's tasks, one task. Reads only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count

from jingwei.kernel.public import allowed, may
from jingwei.people.public import Member
from jingwei.places.public import Level, ancestor, names_of
from jingwei.worklists.models import Answer, Item, Step, Task, WorkList
from jingwei.worklists.policy import ANSWER
from jingwei.worklists.rules import Stage, Status

MOST_LISTS = 100
MOST_TASKS = 100


@dataclass(frozen=True)
class Progress:
    """How many tasks stand where, of a list or of one community of it."""

    by_status: Mapping[str, int]
    late: int = 0

    def of(self, status: str) -> int:
        return self.by_status.get(status, 0)

    @property
    def all(self) -> int:
        return sum(self.by_status.values())

    @property
    def assigned(self) -> int:
        return self.of(Status.ASSIGNED)

    @property
    def reported(self) -> int:
        return self.of(Status.REPORTED)

    @property
    def sorted(self) -> int:
        return self.of(Status.SORTED)

    @property
    def done(self) -> int:
        return self.of(Status.DONE)

    @property
    def answered(self) -> int:
        """What grids have reported, wherever it is by now."""
        return self.reported + self.sorted + self.done


@dataclass(frozen=True)
class ListRow:
    """A list among others. `waits`: how much of it the member is to do something about."""

    row: WorkList
    office: str
    progress: Progress
    is_late: bool
    waits: int


def lists_for(member: Member, today: date) -> list[ListRow]:
    """Lists that the member issues, sorts or sees: open ones by day, then those that ended, the newest first."""
    seen = allowed(member, "worklists.see_list", WorkList.objects.all()).select_related("department")
    open_ones = list(seen.filter(stage=Stage.OPEN).order_by("due_on", "number")[:MOST_LISTS])
    ended = list(seen.exclude(stage=Stage.OPEN).order_by("-ended_at", "number")[:MOST_LISTS])
    rows = open_ones + ended
    counts = counts_of(rows, member, today)
    waits = Counter[Any]()
    for permit, status in (("worklists.sort", Status.REPORTED), ("worklists.decide", Status.SORTED)):
        mine = allowed(member, permit, Task.objects.filter(work_list__in=rows, status=status))
        waits.update(mine.values_list("work_list_id", flat=True))
    names = names_of(row.office for row in rows)
    return [
        ListRow(
            row,
            row.department.title if row.department else names.get(row.office, ""),
            counts[row.pk],
            row.stage == Stage.OPEN and row.due_on < today,
            waits[row.pk],
        )
        for row in rows
    ]


def counts_of(rows: Sequence[WorkList], member: Member, today: date) -> dict[Any, Progress]:
    """How far each list has come, as far as the member sees its tasks. One query."""
    tasks = allowed(member, "worklists.see", Task.objects.filter(work_list__in=rows))
    found: dict[Any, Counter[str]] = {}
    late = Counter[Any]()
    counted = tasks.order_by().values_list("work_list_id", "status", "due_on").annotate(n=Count("pk"))
    for key, status, due_on, n in counted:
        found.setdefault(key, Counter())[status] += n
        if status == Status.ASSIGNED and due_on < today:
            late[key] += n
    return {row.pk: Progress(found.get(row.pk, {}), late[row.pk]) for row in rows}


@dataclass(frozen=True)
class GridRow:
    """One grid of a list, with what the member may do about it."""

    task: Task
    community: str
    grid: str
    is_late: bool
    cases: int
    may_sort: bool
    may_decide: bool

    @property
    def waits(self) -> bool:
        sorting = self.may_sort and self.task.status == Status.REPORTED
        return sorting or (self.may_decide and self.task.status == Status.SORTED)


@dataclass(frozen=True)
class CommunityRows:
    name: str
    progress: Progress
    grids: Sequence[GridRow]


def communities_of(work_list: WorkList, member: Member, today: date) -> list[CommunityRows]:
    """The tasks that the member sees, by community, in the order of codes."""
    seen = allowed(member, "worklists.see", Task.objects.filter(work_list=work_list))
    tasks = list(seen.order_by("code", "pk"))
    homes = {task.pk: ancestor(task.code, Level.COMMUNITY) for task in tasks}
    names = names_of({*homes.values(), *(task.code for task in tasks)})
    cases = Counter(
        Answer.objects.filter(task__in=tasks).exclude(case=None).values_list("task_id", flat=True) if tasks else ()
    )
    groups: dict[int, list[GridRow]] = {}
    for task in tasks:
        groups.setdefault(homes[task.pk], []).append(
            GridRow(
                task,
                names.get(homes[task.pk], ""),
                names.get(task.code, ""),
                _is_late(task, today),
                cases[task.pk],
                may(member, "worklists.sort", task),
                may(member, "worklists.decide", task),
            )
        )
    return [CommunityRows(names.get(code, ""), progress_of(rows), rows) for code, rows in groups.items()]


def progress_of(rows: Iterable[GridRow]) -> Progress:
    held = list(rows)
    return Progress(Counter(row.task.status for row in held), sum(row.is_late for row in held))


def _is_late(task: Task, today: date) -> bool:
    return task.status == Status.ASSIGNED and task.due_on < today


@dataclass(frozen=True)
class Shown:
    """One item of a task with what was answered."""

    item: Item
    answer: Answer | None


class TaskSheet:
    """One task as a member sees it."""

    def __init__(self, task: Task, member: Member) -> None:
        self.task = task
        self.member = member

    @cached_property
    def rows(self) -> list[Shown]:
        answers = Answer.objects.filter(task=self.task).select_related("case", "member")
        there = {one.item_id: one for one in answers}
        return [Shown(item, there.get(item.pk)) for item in Item.objects.filter(work_list_id=self.task.work_list_id)]

    @cached_property
    def steps(self) -> list[Step]:
        return list(Step.objects.filter(task=self.task).select_related("member"))

    @property
    def sent_back(self) -> str:
        """Why it was sent back, as long as nothing has been reported since."""
        deciding = [step for step in self.steps if step.verb != "raise"]
        last = deciding[-1] if deciding else None
        return last.words if last and last.verb in {"send_back", "return"} else ""

    @cached_property
    def place(self) -> str:
        community = ancestor(self.task.code, Level.COMMUNITY)
        names = names_of([community, self.task.code])
        return " · ".join(names[code] for code in (community, self.task.code) if code in names)


@dataclass(frozen=True)
class ToDo:
    """A task on a worker's list of today."""

    task: Task
    title: str
    grid: str
    is_late: bool
    is_sent_back: bool


def to_do(member: Member, today: date) -> list[ToDo]:
    """Tasks that wait for an answer in the grids where the member works, those due first. Three queries at most."""
    if not member.has_duty(ANSWER):
        return []
    waiting = allowed(member, "worklists.answer", Task.objects.filter(status=Status.ASSIGNED))
    tasks = list(waiting.select_related("work_list").order_by("due_on", "code", "pk")[:MOST_TASKS])
    names = names_of(task.code for task in tasks) if tasks else {}
    back = set(Step.objects.filter(task__in=tasks, verb="send_back").values_list("task_id", flat=True) if tasks else ())
    return [
        ToDo(task, task.work_list.title, names.get(task.code, ""), task.due_on < today, task.pk in back)
        for task in tasks
    ]
