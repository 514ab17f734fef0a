"""Who is told of a list and its tasks: whoever has to act next. Titles are an office's, for all grids alike."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.kernel.public import clock
from jingwei.notices.public import Text, To, Topic, Value, notify, register_text
from jingwei.people.public import Member
from jingwei.worklists.models import Task, WorkList
from jingwei.worklists.posts import issuers_of, sorters_of, workers_at
from jingwei.worklists.rules import Stage, Status

TITLE = Value("title", "Fire doors of stairwells")
NUMBER = Value("number", "W20261121-00007")
DAY = Value("day", "2026-11-28")
GRID = pgettext_lazy("notice", "Whoever works in the grid")
COMMUNITY = pgettext_lazy("notice", "Whoever sorts what grids report")
OFFICE = pgettext_lazy("notice", "Whoever answers for the list")


def _field(_values: Mapping[str, Any]) -> str:
    return reverse("worklists:mine")


def _desk(values: Mapping[str, Any]) -> str:
    return reverse("worklists:sheet", args=[values["number"]])


def _text(key: str, audience: Promise, title: Promise, body: Promise, *values: Value) -> Text:
    url = _field if audience is GRID else _desk
    return Text(f"worklists.{key}", Topic.WORK, audience, title, body, (TITLE, NUMBER, *values), "", url)


TEXTS = (
    _text(
        "issued",
        GRID,
        _("A work list for your grid"),
        _("“%(title)s” (%(number)s) is to be done by %(day)s."),
        DAY,
    ),
    _text(
        "withdrawn", GRID, _("A work list was withdrawn"), _("“%(title)s” (%(number)s) need not be done any longer.")
    ),
    _text(
        "sent_back",
        GRID,
        _("Results were sent back"),
        _("Answer “%(title)s” (%(number)s) once more: open it to read why."),
    ),
    _text("due", GRID, _("A work list is due today"), _("Report the results of “%(title)s” (%(number)s) today.")),
    _text("late", GRID, _("A work list is overdue"), _("“%(title)s” (%(number)s) was due on %(day)s."), DAY),
    _text(
        "reported",
        COMMUNITY,
        _("Results of a work list came in"),
        _("Grids have reported on “%(title)s” (%(number)s): look through what they found."),
    ),
    _text(
        "returned",
        COMMUNITY,
        _("An office sent results back"),
        _("Look at “%(title)s” (%(number)s) once more: open it to read why."),
    ),
    _text(
        "sorted",
        OFFICE,
        _("Results of your work list came back"),
        _("Results of “%(title)s” (%(number)s) are there: strike them off, or send them back."),
    ),
    _text(
        "passed",
        OFFICE,
        _("A work list is yours from now on"),
        _("The office that asked for “%(title)s” (%(number)s) was closed. What grids report comes to you."),
    ),
)


def register() -> None:
    for text in TEXTS:
        register_text(text)


def tell_issued(row: WorkList, grids: Iterable[int], *, now: datetime) -> None:
    _tell(row, "issued", workers_at(grids, now), f"{row.pk}", now, day=str(row.due_on))


def tell_withdrawn(row: WorkList, grids: Iterable[int], *, now: datetime) -> None:
    _tell(row, "withdrawn", workers_at(grids, now), f"{row.pk}", now)


def tell_sent_back(task: Task, *, now: datetime) -> None:
    _tell(task.work_list, "sent_back", workers_at([task.code], now), f"{task.pk}:{now:%Y%m%d%H%M%S}", now)


def tell_reported(task: Task, *, by: Member, now: datetime) -> None:
    """Once a day for each list: a community has many grids."""
    to = [key for key in sorters_of(task.code, now) if key != by.pk]
    _tell(task.work_list, "reported", to, f"{task.work_list_id}:{clock.local(now):%Y%m%d}", now)


def tell_returned(task: Task, *, by: Member, now: datetime) -> None:
    to = [key for key in sorters_of(task.code, now) if key != by.pk]
    _tell(task.work_list, "returned", to, f"{task.pk}:{now:%Y%m%d%H%M%S}", now)


def tell_sorted(task: Task, *, by: Member, now: datetime) -> None:
    """Once a day for each list, as it comes back grid by grid."""
    to = [key for key in issuers_of(task.work_list, now) if key != by.pk]
    _tell(task.work_list, "sorted", to, f"{task.work_list_id}:{clock.local(now):%Y%m%d}", now)


def tell_passed(row: WorkList, *, now: datetime) -> None:
    _tell(row, "passed", issuers_of(row, now), f"{row.pk}:{row.department_id}", now)


def remind(now: datetime) -> int:
    """Tell grids what is due today, and once what is overdue. Gives of how many lists that was."""
    today = clock.local(now).date()
    rows = WorkList.objects.filter(stage=Stage.OPEN, due_on__lte=today, tasks__status=Status.ASSIGNED).distinct()
    for row in rows.order_by("pk"):
        grids = list(row.tasks.filter(status=Status.ASSIGNED).values_list("code", flat=True))
        if row.due_on == today:
            _tell(row, "due", workers_at(grids, now), f"{row.pk}", now)
        else:
            _tell(row, "late", workers_at(grids, now), f"{row.pk}", now, day=str(row.due_on))
    return len(rows)


def _tell(row: WorkList, what: str, to: Iterable[int], key: str, now: datetime, **values: str) -> None:
    given = {"title": row.title, "number": row.number, **values}
    text = f"worklists.{what}"
    notify([To(one) for one in to], text, given, key=f"{text}:{key}", about=str(row.pk), now=now)
