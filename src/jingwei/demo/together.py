"""What is one matter in the demo street, what somebody presses for, and what somebody appeals against."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Q

from jingwei.cases.public import (
    Case,
    Status,
    appeal_case,
    decide_case,
    group_cases,
    merge_case,
    reply_case,
    supervise_case,
    urge_case,
)
from jingwei.demo.acting import handler_of, member, reporter_of
from jingwei.demo.town import Town
from jingwei.kernel.public import clock, may
from jingwei.places.public import Level as AreaLevel
from jingwei.places.public import ancestor, span

MOST_GROUPED, MOST_LOOKED_AT = 4, 30
ONE_INCIDENT = "同一片区、同一原因，集中处置，一并答复。"
SAME_THING = "与先前的上报是同一处问题，合并办理。"
HURRY = "已经等了好几天，请尽快处理。"
SUPERVISED = "超过承诺时限仍未办结，请书面说明原因和下一步安排。"
REPLIED = "配件昨日到货，今天下午进场，预计明天上午办结，已向居民说明。"
APPEALED = "不是别处的事：就在本小区北门内侧，请再核实一次。"
SEEN_OTHERWISE = "现场就在小区门口，不属于私人区域，请街道再看一次。"
DISMISSED = "街道已到现场核实：该处属业主专有部分，由业主自行维修，社区可帮助联系师傅。"


def build_together(town: Town, now: datetime) -> int:
    """Gives how many cases were moved; none where some were joined or pressed for before."""
    if Case.objects.filter(Q(follows__isnull=False) | Q(is_supervised=True)).exists():
        return 0
    with clock.frozen(now):
        return _join(town) + _press(town, now) + _appeal(town)


def _join(town: Town) -> int:
    """The largest heap of one condition in one community becomes a group; of the next, two become one."""
    by = member("dispatcher-1")
    heaps: defaultdict[tuple[int, int | None], list[Case]] = defaultdict(list)
    waiting = Case.objects.filter(code__range=span(town.street), follows=None, suspended_at=None)
    waiting = waiting.filter(urgency=Case.Urgency.NORMAL, status__in=(Status.FILED, Status.DISPATCHED, Status.IN_HAND))
    for case in waiting.order_by("number"):
        heaps[ancestor(case.code, AreaLevel.COMMUNITY), case.condition_id].append(case)
    grouped, *others = sorted(heaps.values(), key=lambda heap: (-len(heap), heap[0].number))
    leader, *children = grouped
    if children:
        group_cases(leader, children=children[:MOST_GROUPED], words=ONE_INCIDENT, by=by)
    into, again = next(
        ((heap[0], case) for heap in others for case in heap[1:] if case.status != Status.IN_HAND), (None, None)
    )
    if into is None or again is None:
        return len(children[:MOST_GROUPED])
    merge_case(again, into=into, words=SAME_THING, by=by)
    return len(children[:MOST_GROUPED]) + 1


def _press(town: Town, now: datetime) -> int:
    """Of what is late: one is urged by whoever reported it; a leader wants answers to two, and has got one."""
    late = Case.objects.filter(code__range=span(town.street), due_at__lt=now, follows=None, suspended_at=None)
    late = late.filter(status=Status.IN_HAND).order_by("due_at", "number")
    supervised, rest = list(late[:2]), list(late[2:])
    for case in supervised:
        supervise_case(case, limit="1d", words=SUPERVISED, by=member("leader-1"))
    if supervised:
        reply_case(supervised[0], words=REPLIED, by=handler_of(supervised[0]))
    for case in rest:
        reporter = reporter_of(case)
        if reporter is not None and may(reporter, "cases.urge", case):
            urge_case(case, words=HURRY, by=reporter)
            return len(supervised) + 1
    return len(supervised)


def _appeal(town: Town) -> int:
    """Two reports that were not filed: of one the street's leader has decided, of the other not yet."""
    rejected = Case.objects.filter(code__range=span(town.street), status=Status.REJECTED).order_by("-closed_at")
    decided = 0
    for case in rejected[:MOST_LOOKED_AT]:
        reporter = reporter_of(case)
        if reporter is None or not may(reporter, "cases.appeal", case):
            continue
        words = (SEEN_OTHERWISE, APPEALED)[decided]
        appeal_case(case, about="rejection", words=words, by=reporter)
        if decided:
            return 2
        decide_case(case, verdict="dismissed", words=DISMISSED, by=member("leader-1"))
        decided = 1
    return decided
