"""A queue: the rail, the list, and beside it the case that is open (`?case=`).

The same address serves its parts to htmx, told by the element that asks: `rail` (counts, and how many entries are new
`?since=` the list was drawn), `list`, `more` rows (`?after=`), and `case`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jingwei.cases import rail
from jingwei.cases.desk import QUEUES, Holder, Queue, may_open, page
from jingwei.cases.models import Case
from jingwei.cases.web.desk.cases import pane, whole
from jingwei.cases.web.desk.rows import grouped
from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, duty_required

CATEGORY_DIGITS = 4


@dataclass(frozen=True)
class Asked:
    """What was asked for: a queue of a docket, perhaps of one category, from a cursor on."""

    request: MemberRequest
    holder: Holder
    queue: Queue
    category: str
    cursor: str
    now: datetime

    @property
    def since(self) -> int:
        given = whole(self.request.GET.get("since", ""))
        return rail.NEVER if given is None else given

    @property
    def address(self) -> str:
        """Of the list, and of the open case beside it: where to come back to."""
        query = self.request.GET.copy()
        for name in ("after", "since"):
            query.pop(name, None)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path


@never_cache
@require_safe
@duty_required("cases.see")
def queue(request: MemberRequest, holder: Holder, key: str) -> HttpResponse:
    """One queue of one docket."""
    asked = _asked(request, holder, key)
    match request.htmx.target:
        case "case":
            return render(request, "cases/desk/pane.html", pane(request, asked.now, back=asked.address))
        case "rail":
            return render(request, "cases/desk/rail_part.html", _around(asked))
        case "more":
            return render(request, "cases/desk/rows.html", _list(asked, {}, goes_on=True))
    context = _around(asked)
    context |= _list(asked, context["rail"].counts.by_due(asked.queue) if not asked.category else {})
    if request.htmx.target == "list":
        return render(request, "cases/desk/list_part.html", context)
    return render(request, "cases/desk/queue.html", context | pane(request, asked.now, back=asked.address))


def _asked(request: MemberRequest, holder: Holder, key: str) -> Asked:
    queue = QUEUES[holder.kind].get(key)
    if queue is None or not may_open(request.member, holder):
        raise Http404
    category = request.GET.get("category", "")[:CATEGORY_DIGITS]
    return Asked(request, holder, queue, category, request.GET.get("after", ""), clock.now())


def _around(asked: Asked) -> dict[str, Any]:
    """What stands around the list."""
    around = rail.rail(asked.request.member, asked.holder, asked.queue, now=asked.now, since=asked.since)
    return {
        "rail": around,
        "holder": asked.holder,
        "queue": asked.queue,
        "queues": [(queue, around.counts.of(queue)) for queue in QUEUES[asked.holder.kind].values()],
        "count": around.counts.of(asked.queue),
        "category": next((one for one in around.classes if one.code == asked.category), None),
        "address": asked.address,
        "list_url": asked.request.path,
    }


def _list(asked: Asked, counts: dict[str, int], *, goes_on: bool = False) -> dict[str, Any]:
    """The rows. Where the list `goes_on`, they come below those that are shown already."""
    found = page(asked.holder, asked.queue, now=asked.now, category=asked.category, cursor=asked.cursor)
    return {
        "groups": grouped(found.entries, now=asked.now, counts=counts, cursor=asked.cursor if goes_on else ""),
        "next": found.next,
        "now": asked.now,
        "open": asked.request.GET.get("case", ""),
        "goes_on": goes_on,
        "urgent": Case.Urgency.URGENT.label,
        "emergency": Case.Urgency.EMERGENCY.label,
        "supervised": pgettext("case", "Supervised"),
        "urged": pgettext("case", "Urged by whoever reported it"),
    }
