"""A list goes out: one task for every grid of the areas it is for. And it is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.people.public import Department, Member
from jingwei.places.public import Area, Level
from jingwei.worklists.facts import ListMoved
from jingwei.worklists.models import Item, Task, WorkList
from jingwei.worklists.rules import MOST_GRIDS, OPEN, NewItem, Stage, Status, check_due, check_items, fitting
from jingwei.worklists.telling import tell_issued, tell_withdrawn


@dataclass(frozen=True)
class NewList:
    """What is asked. `areas` are codes within the office's: streets, communities or grids."""

    title: str
    due_on: date
    items: Sequence[NewItem]
    areas: Sequence[int]
    words: str = ""


@dataclass(frozen=True)
class Office:
    """Who asks: a department, or the street or district itself (`department` None). `code` is the area it serves."""

    code: int
    department: Department | None = field(default=None)


@atomic
def issue_list(given: NewList, office: Office, *, by: Member, now: datetime | None = None) -> WorkList:
    """Send a list to all grids of these areas."""
    now = now or clock.now()
    row = WorkList(office=office.code, department=office.department, due_on=given.due_on, issued_at=now)
    require(by, "worklists.run", row)
    row.title, row.words = fitting(given.title, 80), fitting(given.words, 2000)
    if not row.title:
        raise Refused(_("Give the list a title."))
    check_due(given.due_on, clock.local(now).date())
    check_items(given.items)
    grids = _grids(given.areas, office.code, clock.local(now).date())
    row.number = _number(now)
    row.save(force_insert=True)
    _write_items(row, given.items)
    common = {"work_list": row, "department": row.department, "office": row.office, "due_on": row.due_on}
    Task.objects.bulk_create([Task(code=code, changed_at=now, **common) for code in grids])
    publish(ListMoved(list_id=str(row.pk), verb="issued", code=row.office), by=by, at=now)
    tell_issued(row, grids, now=now)
    return row


def _grids(areas: Sequence[int], office: int, today: date) -> list[int]:
    """All grids of today in these areas, each once."""
    chosen = list(Area.objects.current(today).filter(pk__in=set(areas)))
    ours = Area(code=office).span
    if not chosen or len(chosen) < len(set(areas)) or any(not ours[0] <= one.code <= ours[1] for one in chosen):
        raise Refused(_("Choose areas that the office serves."))
    found = {code for one in chosen for code in _under(one, today)}
    if not found:
        raise Refused(_("There is no grid in the areas that you chose."))
    if len(found) > MOST_GRIDS:
        raise Refused(_("A list goes to %(n)d grids at most. Choose fewer areas.") % {"n": MOST_GRIDS})
    return sorted(found)


def _under(area: Area, today: date) -> list[int]:
    grids = Area.objects.current(today).at(Level.GRID).filter(code__range=area.span)
    return list(grids.values_list("pk", flat=True))


def _write_items(row: WorkList, items: Sequence[NewItem]) -> None:
    Item.objects.bulk_create(
        Item(
            work_list=row,
            place=place,
            title=fitting(item.title, 120),
            kind=item.kind,
            choices=[fitting(choice, 40) for choice in item.choices],
            is_needed=item.is_needed,
        )
        for place, item in enumerate(items, 1)
    )


def _number(now: datetime) -> str:
    """The day on the district's clock, and a serial."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('work_list_serial')")
        (serial,) = cursor.fetchone()
    return f"W{clock.local(now):%Y%m%d}-{serial:05}"


@atomic
def withdraw_list(work_list: WorkList, *, reason: str, by: Member, now: datetime | None = None) -> WorkList:
    """It is not needed any longer: what is open is off the grids' lists. What was struck off stays."""
    now = now or clock.now()
    row = WorkList.objects.select_for_update(of=("self",)).get(pk=work_list.pk)
    require(by, "worklists.run", row)
    if row.stage != Stage.OPEN:
        raise Refused(_("This list has ended."))
    row.reason = fitting(reason, 300)
    if not row.reason:
        raise Refused(_("Give the reason: whoever goes on with it reads it."))
    row.stage, row.ended_at = Stage.WITHDRAWN, now
    row.save(update_fields=["stage", "ended_at", "reason"])
    open_tasks = Task.objects.filter(work_list=row, status__in=OPEN)
    begun = sorted(open_tasks.filter(status=Status.ASSIGNED).values_list("code", flat=True))
    open_tasks.update(status=Status.WITHDRAWN, changed_at=now)
    publish(ListMoved(list_id=str(row.pk), verb="withdrawn", code=row.office), by=by, at=now)
    tell_withdrawn(row, begun, now=now)
    return row
