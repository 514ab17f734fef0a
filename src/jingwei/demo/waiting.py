"""What cannot go on in the demo street, and what takes several offices at once: suspensions and a whistle."""

from datetime import datetime, timedelta

from jingwei.cases.public import (
    Case,
    Level,
    Status,
    ask_suspension_case,
    report_in_case,
    suspend_case,
    whistle_case,
)
from jingwei.demo.acting import handler_of, member
from jingwei.demo.people import officers_of
from jingwei.demo.town import Town
from jingwei.kernel.public import clock
from jingwei.people.public import Department
from jingwei.places.public import Level as AreaLevel
from jingwei.places.public import ancestor, span

STUCK = (
    ("material", "灯杆为定制件，厂家排产需要三周。", "配件定制中，到货后第一时间安装，请您谅解。", 21),
    ("planned", "该路段已列入下月雨污管网改造，现在开挖会重复施工。", "这里下月统一改造管网，届时一并解决。", 34),
    ("owners_vote", "动用维修资金须业主表决，业委会已发起投票。", "正在征求业主意见，投票通过后马上动工。", 18),
)
"""For each: the reason, what the party says, what the reporter reads, and in how many days it is looked at again."""
ASKED = ("season", "连日降雨，外墙无法施工，申请雨季后再办。", 25)
CALLED_FOR = "居民反映有安全隐患，涉及两家职责，请到现场会商，先排除隐患再分工。"
THERE = "已到现场，在楼栋单元门口。"
CALLED = ("housing", "fire")


def build_waiting(town: Town, now: datetime) -> int:
    """Gives how many cases were moved; none where one was suspended before."""
    if Case.objects.exclude(suspended_at=None).exists():
        return 0
    with clock.frozen(now):
        return _suspend(_in_hand(town, now), now) + _whistle(town)


def _suspend(waiting: list[Case], now: datetime) -> int:
    """Some of them are suspended, and of one more that is asked."""
    leader = member("district-leader")
    stuck, asked = waiting[: len(STUCK)], waiting[len(STUCK) : len(STUCK) + 1]
    for case, (reason, said, told, days) in zip(stuck, STUCK, strict=False):
        until = _review(now, days)
        suspending = ask_suspension_case(case, reason=reason, until=until, words=said, by=handler_of(case))
        suspend_case(suspending, reason=reason, until=until, words=told, by=leader)
    for case in asked:
        reason, said, days = ASKED
        ask_suspension_case(case, reason=reason, until=_review(now, days), words=said, by=handler_of(case))
    return len(stuck) + len(asked)


def _in_hand(town: Town, now: datetime) -> list[Case]:
    """Of the street's cases that an office has in hand and that are still in time, those promised for the latest."""
    waiting = Case.objects.filter(status=Status.IN_HAND, level=Level.STREET, due_at__gt=now, follows=None)
    held = waiting.filter(assignments__status="accepted", assignments__department__isnull=False)
    held = held.filter(code__range=span(town.street), is_supervised=False).exclude(urgency=Case.Urgency.EMERGENCY)
    return list(held.order_by("-due_at", "number").distinct())


def _review(now: datetime, days: int) -> datetime:
    return clock.local(now + timedelta(days=days)).replace(hour=18, minute=0, second=0, microsecond=0)


def _whistle(town: Town) -> int:
    """One case that its community answers for, to which two offices are called; the first is there already."""
    filed = Case.objects.filter(status=Status.FILED, level=Level.COMMUNITY, follows=None)
    filed = filed.filter(code__range=span(town.street))
    case = filed.exclude(longitude=None).order_by("number").last()
    if case is None:
        return 0
    officer = member(officers_of(ancestor(case.code, AreaLevel.COMMUNITY))[0])
    lead, other = (Department.objects.get(key=key) for key in CALLED)
    case = whistle_case(case, lead=lead, others=[other], words=CALLED_FOR, by=officer)
    report_in_case(case, words=THERE, by=member(f"{lead.key}-lead"))
    return 1
