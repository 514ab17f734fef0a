"""Work lists for other software: issue, read how far grids have come, answer, sort, strike off.

Thin: each operation calls one action. A key asks in the name of the area where it holds the duty; one that also handles
cases acts for the departments there: it asks in their name, and decides on what came back to them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field, StringConstraints

from jingwei.kernel.public import STORABLE, Refused, allowed, clock, may
from jingwei.people.public import Department, KeyRequest, Member
from jingwei.places.public import codes
from jingwei.worklists import actions
from jingwei.worklists.models import Answer, Item, Task, WorkList
from jingwei.worklists.privacy import note_list
from jingwei.worklists.reading import counts_of
from jingwei.worklists.rules import LONGEST_ANSWER, MOST_CHOICES, MOST_ITEMS, Kind, NewItem, Stage
from jingwei.worklists.rules import Status as State

router = Router(tags=["work lists"])
MOST = 200
MOST_AREAS = 500
Code = Annotated[str, StringConstraints(max_length=40, pattern=STORABLE)]
Title = Annotated[str, StringConstraints(max_length=120, pattern=STORABLE)]
Text = Annotated[str, StringConstraints(max_length=LONGEST_ANSWER, pattern=STORABLE)]


class ItemIn(Schema):
    """One thing to check. `choices` are for a choice alone."""

    model_config = ConfigDict(extra="forbid")

    title: Title
    kind: Kind = Kind.TEXT
    choices: Annotated[list[Code], Field(max_length=MOST_CHOICES)] = []
    is_needed: bool = True


class ListIn(Schema):
    """A new list for every grid of `areas`: area codes of 18 digits, or their beginnings.

    It is asked in the name of the street or district `office`, or of `department`: one of the two.
    """

    model_config = ConfigDict(extra="forbid")

    office: Code = ""
    department: int | None = None
    title: Title
    words: Text = ""
    due_on: date
    areas: Annotated[list[Code], Field(min_length=1, max_length=MOST_AREAS)]
    items: Annotated[list[ItemIn], Field(min_length=1, max_length=MOST_ITEMS)]


class AnswerIn(Schema):
    """What is said to the item at `place`."""

    model_config = ConfigDict(extra="forbid")

    place: Annotated[int, Field(ge=1, le=MOST_ITEMS)]
    text: Text = ""


class AnswersIn(Schema):
    """`is_whole`: report it to the community; otherwise it is kept for later."""

    model_config = ConfigDict(extra="forbid")

    answers: Annotated[list[AnswerIn], Field(max_length=MOST_ITEMS)]
    is_whole: bool = False


class ReasonIn(Schema):
    """Why. Needed to withdraw a list, to send results back and to return them."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, StringConstraints(max_length=300, pattern=STORABLE)] = ""


class ItemOut(Schema):
    place: int
    title: str
    kind: str
    choices: list[str]
    is_needed: bool


class ListOut(Schema):
    """A list, and how many of the tasks within the areas of the key stand where."""

    number: str
    title: str
    words: str
    department: int | None
    office: str
    stage: str
    due_on: date
    issued_at: datetime
    ended_at: datetime | None
    tasks: dict[str, int]
    overdue: int


class ListsOut(Schema):
    """One page, the newest first, and where the next begins (null: this is the last)."""

    items: list[ListOut]
    next: UUID | None


class ListSheetOut(ListOut):
    """A list with what it asks."""

    asks: list[ItemOut]


class AnswerOut(Schema):
    """`case` is the number of the case that was made of it."""

    place: int
    text: str
    has_photo: bool
    case: str
    answered_at: datetime


class TaskOut(Schema):
    """A list in one grid."""

    id: UUID
    code: str
    status: str
    due_on: date
    changed_at: datetime
    answers: list[AnswerOut]


class TasksOut(Schema):
    """One page in the order of codes, and where the next begins (null: this is the last)."""

    items: list[TaskOut]
    next: UUID | None


class RaisedCaseOut(Schema):
    number: str


class ListFilters(Schema):
    """`stage`: open, done or withdrawn; left out, all."""

    stage: Stage | None = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50
    cursor: UUID | None = None


class Page(Schema):
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50
    cursor: UUID | None = None


@router.get("/work-lists", response=ListsOut)
def work_lists(request: KeyRequest, filters: Query[ListFilters]) -> dict[str, Any]:
    """Lists that the key issues, sorts or sees, the newest first."""
    rows = allowed(request.auth, "worklists.see_list", WorkList.objects.all())
    if filters.stage is not None:
        rows = rows.filter(stage=filters.stage)
    if filters.cursor is not None:
        rows = rows.filter(pk__lt=filters.cursor)
    found = list(rows.order_by("-pk")[: filters.limit + 1])
    shown = found[: filters.limit]
    return {"items": _lists(shown, request.auth), "next": shown[-1].pk if len(found) > len(shown) else None}


@router.post("/work-lists", response={201: ListSheetOut})
def issue_work_list(request: KeyRequest, given: ListIn) -> Status[dict[str, Any]]:
    """Send a list to every grid of these areas. Its grids are told at once."""
    items = [NewItem(one.title, one.kind, tuple(one.choices), one.is_needed) for one in given.items]
    new = actions.NewList(given.title, given.due_on, items, [_area(one) for one in given.areas], given.words)
    row = actions.issue_list(new, _office(given), by=request.auth)
    return Status(201, _sheet(row, request.auth))


@router.get("/work-lists/{number}", response=ListSheetOut)
def one_work_list(request: KeyRequest, number: str) -> dict[str, Any]:
    """One list with what it asks, and how far it has come."""
    return _sheet(_list(request.auth, number), request.auth)


@router.post("/work-lists/{number}/withdraw", response=ListSheetOut)
def withdraw_work_list(request: KeyRequest, number: str, given: ReasonIn) -> dict[str, Any]:
    """It is not needed any longer. For the office that asked."""
    row = actions.withdraw_list(_list(request.auth, number), reason=given.reason, by=request.auth)
    return _sheet(row, request.auth)


@router.get("/work-lists/{number}/tasks", response=TasksOut)
def work_tasks(request: KeyRequest, number: str, page: Query[Page]) -> dict[str, Any]:
    """The list in each grid, with what was answered. That the answers were read is noted."""
    row = _list(request.auth, number)
    note_list(row, by=request.auth)
    tasks = allowed(request.auth, "worklists.see", Task.objects.filter(work_list=row))
    if page.cursor is not None:
        tasks = tasks.filter(pk__gt=page.cursor)
    found = list(tasks.order_by("pk")[: page.limit + 1])
    shown = found[: page.limit]
    return {"items": tasks_out(shown), "next": shown[-1].pk if len(found) > len(shown) else None}


@router.post("/work-tasks/{uuid:task}/answers", response=TaskOut)
def answer_work_task(request: KeyRequest, task: UUID, given: AnswersIn) -> dict[str, Any]:
    """Answer for a grid, bit by bit or as a whole. 409 names what is still missing."""
    row = found_task(request.auth, task)
    items = items_at(row, [one.place for one in given.answers])
    said = {item: actions.Given(one.text) for item, one in zip(items, given.answers, strict=True)}
    act = actions.report_task if given.is_whole else actions.keep_answers
    return tasks_out([act(row, said, by=request.auth)])[0]


@router.post("/work-tasks/{uuid:task}/answers/{int:place}/case", response=RaisedCaseOut)
def raise_work_answer(request: KeyRequest, task: UUID, place: int) -> dict[str, Any]:
    """Make an answer a case. Asked twice it is the same case."""
    answer = Answer.objects.select_related("task").get(task=found_task(request.auth, task), item__place=place)
    return {"number": actions.raise_answer(answer, by=request.auth).number}


ACTS: Mapping[str, Callable[[Task, str, Member], Task]] = MappingProxyType(
    {
        "accept": lambda task, _reason, by: actions.accept_task(task, by=by),
        "send_back": lambda task, reason, by: actions.send_back_task(task, reason=reason, by=by),
        "strike_off": lambda task, _reason, by: actions.strike_off_task(task, by=by),
        "return": lambda task, reason, by: actions.return_task(task, reason=reason, by=by),
    }
)


@router.post("/work-tasks/{uuid:task}/{verb}", response=TaskOut)
def move_work_task(request: KeyRequest, task: UUID, verb: Code, given: ReasonIn) -> dict[str, Any]:
    """Sort what a grid reported (`accept`, `send_back`), or decide on what came back (`strike_off`, `return`)."""
    row = found_task(request.auth, task)
    if verb not in ACTS:
        raise Refused(_("There is no move %(verb)s. There are: %(verbs)s.") % {"verb": verb, "verbs": ", ".join(ACTS)})
    return tasks_out([ACTS[verb](row, given.reason, request.auth)])[0]


def _office(given: ListIn) -> actions.Office:
    if given.department is None:
        return actions.Office(_area(given.office))
    if given.office:
        raise Refused(_("Name the office or the department, not both."))
    department = Department.objects.filter(pk=given.department, closed_on=None).first()
    if department is None:
        raise Refused(_("There is no such department."))
    return actions.Office(department.code, department)


def _area(text: str) -> int:
    try:
        return codes.read(text)
    except ValueError:
        raise Refused(_("There is no area %(code)s.") % {"code": text[:20]}) from None


def _list(member: Member, number: str) -> WorkList:
    row = WorkList.objects.get(number=number.replace("\0", ""))
    if not may(member, "worklists.see_list", row):
        raise WorkList.DoesNotExist
    return row


def found_task(member: Member, key: UUID) -> Task:
    row = Task.objects.select_related("work_list").get(pk=key)
    if not may(member, "worklists.see", row):
        raise Task.DoesNotExist
    return row


def items_at(task: Task, places: Sequence[int]) -> list[UUID]:
    """The items of its list at these places."""
    there = dict(Item.objects.filter(work_list=task.work_list_id).values_list("place", "pk"))
    if unknown := [place for place in places if place not in there]:
        raise Refused(_("The list has no item %(place)d.") % {"place": unknown[0]})
    return [there[place] for place in places]


def _lists(rows: list[WorkList], member: Member) -> list[dict[str, Any]]:
    """Area codes are text: JavaScript's numbers end before them."""
    counts = counts_of(rows, member, clock.local(clock.now()).date())
    names = ("number", "title", "words", "stage", "due_on", "issued_at", "ended_at")
    return [
        {name: getattr(row, name) for name in names}
        | {"department": row.department_id, "office": codes.write(row.office)}
        | {"tasks": {one.value: counts[row.pk].of(one) for one in State}, "overdue": counts[row.pk].late}
        for row in rows
    ]


def _sheet(row: WorkList, member: Member) -> dict[str, Any]:
    names = ("place", "title", "kind", "choices", "is_needed")
    asks = [{name: getattr(item, name) for name in names} for item in Item.objects.filter(work_list=row)]
    return _lists([row], member)[0] | {"asks": asks}


def tasks_out(rows: list[Task]) -> list[dict[str, Any]]:
    """Tasks with their answers: two queries."""
    answers: dict[Any, list[dict[str, Any]]] = {}
    there = Answer.objects.filter(task__in=rows).select_related("item", "case")
    for one in there.order_by("item__place"):
        answers.setdefault(one.task_id, []).append(
            {
                "place": one.item.place,
                "text": one.text,
                "has_photo": bool(one.file),
                "case": one.case.number if one.case else "",
                "answered_at": one.answered_at,
            }
        )
    names = ("status", "due_on", "changed_at")
    return [
        {name: getattr(row, name) for name in names}
        | {"id": row.pk, "code": codes.write(row.code), "answers": answers.get(row.pk, [])}
        for row in rows
    ]
