"""Builders of work lists, for tests. They go through the actions, so that what they build could have happened."""

from datetime import datetime, timedelta
from typing import Any

from jingwei.cases.testing import MONDAY
from jingwei.kernel.public import clock
from jingwei.people.public import Member
from jingwei.people.testing import Cast
from jingwei.places.public import Area, codes
from jingwei.places.testing import an_area
from jingwei.worklists import actions
from jingwei.worklists.models import Item, Task, WorkList
from jingwei.worklists.rules import Kind, NewItem

ITEMS = (
    NewItem("Is the door free?", Kind.CHOICE, ("Yes", "No")),
    NewItem("How many doors?", Kind.NUMBER),
    NewItem("What stands in the way?", Kind.TEXT, is_needed=False),
)
HOUR = timedelta(hours=1)


def a_list(cast: Cast, *, by: Member | None = None, now: datetime = MONDAY, **given: Any) -> WorkList:
    """Fire doors, asked by the cast's department of the cast's grid and the one beside it, unless told otherwise."""
    for code in (cast.grid, cast.grid + codes.Level.GRID.step):
        if not Area.objects.filter(pk=code).exists():
            an_area(code)
    office = given.pop("office", None) or actions.Office(cast.street, cast.department)
    due_on = clock.local(now).date() + timedelta(days=7)
    said = {"title": "Fire doors", "due_on": due_on, "items": ITEMS, "areas": [cast.community], **given}
    return actions.issue_list(actions.NewList(**said), office, by=by or cast.department_lead, now=now)


def the_task(row: WorkList, cast: Cast) -> Task:
    """The task of the cast's grid."""
    return Task.objects.get(work_list=row, code=cast.grid)


def answers(row: WorkList, *texts: str) -> dict[Any, actions.Given]:
    """What to say to each item, in their order."""
    items = list(Item.objects.filter(work_list=row))
    return {item.pk: actions.Given(text) for item, text in zip(items, texts, strict=False)}


def reported(row: WorkList, cast: Cast, *, now: datetime = MONDAY + HOUR) -> Task:
    """The task of the cast's grid, answered and reported."""
    task = the_task(row, cast)
    return actions.report_task(task, answers(row, "No", "4", "Bikes"), by=cast.grid_worker, now=now)
