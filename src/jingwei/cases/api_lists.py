"""Lists for other software: working lists with their counts, and the tables that moves name."""

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import StringConstraints

from jingwei.cases import desk
from jingwei.cases.api import MOST, router
from jingwei.cases.api_moves import Code
from jingwei.cases.catalogue import current
from jingwei.cases.models import Category, Condition
from jingwei.kernel.public import STORABLE, Refused, clock
from jingwei.people.public import Department, KeyRequest
from jingwei.places.public import codes

Cursor = Annotated[str, StringConstraints(max_length=100, pattern=STORABLE)]


class DocketOut(Schema):
    """A working list: of an area ("a" and its code) or a department ("d" and its id), and how much lies in it."""

    docket: str
    open: int
    late: int
    today: int
    queues: dict[str, int]


class DocketsOut(Schema):
    items: list[DocketOut]


class EntryOut(Schema):
    """A case on a working list."""

    number: str
    status: str
    urgency: str
    title: str
    code: str
    category: str
    party: str
    due_at: datetime


class EntriesOut(Schema):
    """One page in due order, and where the next begins (null: this is the last)."""

    items: list[EntryOut]
    next: str | None


class PageOf(Schema):
    """Which queue of a list, by a name that the list itself gives under `queues`, and from where on."""

    queue: Code = "all"
    category: Code = ""
    limit: int = desk.PAGE
    cursor: Cursor = ""


class ConditionOut(Schema):
    """When a category is filed, what ends it, and its limit."""

    number: str
    text: str
    closing: str
    limit_kind: str
    limit_amount: int
    needs_photo: bool
    is_emergency: bool


class CategoryOut(Schema):
    code: str
    name: str
    group: str
    kind: str
    level: str
    is_public_space: bool
    conditions: list[ConditionOut]


class CategoriesOut(Schema):
    """The table that holds now, in the language of the request."""

    items: list[CategoryOut]


class DepartmentOut(Schema):
    id: int
    name: str
    kind: str
    area: str
    parent: int | None


class DepartmentsOut(Schema):
    items: list[DepartmentOut]


@router.get("/dockets", response=DocketsOut)
def dockets(request: KeyRequest) -> dict[str, Any]:
    """The working lists of the key: its areas and departments, with exact counts."""
    now = clock.now()
    return {"items": [_docket(holder, desk.counts(holder, now)) for holder in desk.holders_of(request.auth)]}


def _docket(holder: desk.Holder, counts: desk.Counts) -> dict[str, Any]:
    queues = {key: counts.of(queue) for key, queue in desk.QUEUES[holder.kind].items()}
    return {
        "docket": str(holder),
        "open": counts.total,
        "late": counts.late,
        "today": counts.today,
        "queues": queues,
    }


@router.get("/dockets/{docket}", response=EntriesOut)
def docket(request: KeyRequest, docket: str, page: Query[PageOf]) -> dict[str, Any]:
    """What lies on one working list, what is due first at the top."""
    holder = _holder(docket)
    if not desk.may_open(request.auth, holder):
        raise Http404
    queues = desk.QUEUES[holder.kind]
    queue = queues.get(page.queue)
    if queue is None:
        raise Refused(_("There is no such queue. Queues are: %(queues)s.") % {"queues": ", ".join(queues)})
    limit = min(max(page.limit, 1), MOST)
    found = desk.page(holder, queue, now=clock.now(), category=page.category, cursor=page.cursor, limit=limit)
    return {"items": [_entry(entry) for entry in found.entries], "next": _z(found.next) or None}


def _holder(text: str) -> desk.Holder:
    try:
        holder = desk.Holder.read(text)
    except ValueError:
        raise Http404 from None
    if holder.id >= 2**63:
        raise Http404
    return holder


def _z(cursor: str) -> str:
    """A cursor in which nothing changes its meaning in an address: UTC as "Z"."""
    return cursor.replace("+00:00", "Z")


def _entry(entry: desk.Listed) -> dict[str, Any]:
    case = entry.case
    return {
        "number": case.number,
        "status": case.status,
        "urgency": case.urgency,
        "title": case.title,
        "code": codes.write(case.code),
        "category": case.category.name if case.category else "",
        "party": entry.party or "",
        "due_at": entry.due_at,
    }


@router.get("/categories", response=CategoriesOut)
def categories(request: KeyRequest) -> dict[str, Any]:  # noqa: ARG001 - any key may read the table
    """The classes and their conditions, by which cases are filed."""
    return {"items": [_category(one) for one in current().values()]}


def _category(one: Category) -> dict[str, Any]:
    plain = ("code", "name", "kind", "level", "is_public_space")
    conditions = [_condition(condition) for condition in one.conditions.all()]
    return {name: getattr(one, name) for name in plain} | {"group": one.major_name, "conditions": conditions}


def _condition(one: Condition) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ConditionOut.model_fields}


@router.get("/departments", response=DepartmentsOut)
def departments(request: KeyRequest) -> dict[str, Any]:
    """Open departments in the areas of the key: those that cases can be sent to."""
    spans = [span for post in request.auth.posts for span in post.spans]
    rows = Department.objects.within(spans).filter(closed_on=None).order_by("code", "pk") if spans else []
    return {
        "items": [
            {"id": one.pk, "name": one.title, "kind": one.key, "area": codes.write(one.code), "parent": one.parent_id}
            for one in rows
        ]
    }
