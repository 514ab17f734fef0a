"""Whose turn it is: who works at a grid, sorts at a community, answers for an office. Postings, never fixed people."""

from collections.abc import Iterable
from datetime import datetime

from jingwei.kernel.public import clock
from jingwei.people.public import Posting, at_work, roles_with
from jingwei.places.public import Level, ancestor, lineage
from jingwei.worklists.models import WorkList
from jingwei.worklists.policy import ANSWER, ISSUE, SORT


def workers_at(grids: Iterable[int], now: datetime) -> list[int]:
    """Who works at these grids today; for a grid where nobody does, who leads the grids of its community."""
    wanted = set(grids)
    at_grids = _posted(ANSWER, wanted, now)
    empty = {ancestor(code, Level.COMMUNITY) for code in wanted - at_grids.keys()}
    return _members([at_grids, _posted(ANSWER, empty, now)])


def sorters_of(grid: int, now: datetime) -> list[int]:
    """Who sorts what a grid reports: its community, or where nobody is there the next above it."""
    for code in reversed(lineage(grid)):
        found = _posted(SORT, [code], now)
        if found:
            return _members([found])
    return []


def issuers_of(work_list: WorkList, now: datetime) -> list[int]:
    """Who answers for the list in the office that asks."""
    held = Posting.objects.held(clock.local(now).date()).filter(role__in=roles_with(ISSUE), member__is_active=True)
    if work_list.department_id is None:
        mine = held.filter(code=work_list.office, department=None)
    else:
        mine = held.filter(department=work_list.department_id)
    return list(
        dict.fromkeys(member.pk for _held, member in at_work(mine.select_related("member").order_by("pk"), now))
    )


def _posted(duty: str, codes: Iterable[int], now: datetime) -> dict[int, list[int]]:
    """Ids of whoever does the work of `duty` today at each of these areas, those who stand in for others too."""
    held = Posting.objects.held(clock.local(now).date()).filter(
        code__in=list(codes), role__in=roles_with(duty), member__is_active=True
    )
    found: dict[int, list[int]] = {}
    for posting, member in at_work(held.select_related("member").order_by("code", "pk"), now):
        found.setdefault(posting.place, []).append(member.pk)
    return found


def _members(found: Iterable[dict[int, list[int]]]) -> list[int]:
    return list(dict.fromkeys(key for posted in found for keys in posted.values() for key in keys))
