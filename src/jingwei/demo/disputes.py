"""Disputes of the demo street: one at the grid, one that went up to the community and was settled, one that waits."""

from datetime import datetime, timedelta

from jingwei.demo.acting import holder, member
from jingwei.kernel.public import clock
from jingwei.mediation.public import (
    Mediation,
    NewParty,
    end_mediation,
    escalate_mediation,
    hold_session,
    name_mediator,
    note_signature,
    open_mediation,
    plan_session,
    plan_visit,
    take_on,
    write_agreement,
)
from jingwei.people.public import Member
from jingwei.places.public import Area, ancestor, codes

DAY = timedelta(days=1)
WORKER = "grid-0207"
"""The demo worker, in whose grid they are."""
PIANO = "楼上晚上九点以后还在练琴，楼下老人睡不好，上门说过两次没谈拢。"
PARKING = "租户长期占用房东车位，房东要求补交费用，租户说合同里已经包含。"
LEAK = "卫生间渗水泡了楼下吊顶，谁来修、赔多少谈不拢。"
SETTLED = (
    "一、楼上住户于两周内完成卫生间防水维修，费用自理。\n"
    "二、楼上住户一次性赔偿楼下吊顶修复费 1800 元，签字当日付清。\n"
    "三、双方今后遇事先电话沟通，不在楼道争吵。"
)


def build_disputes(now: datetime) -> int:
    """Gives how many are new. None where there are any."""
    if Mediation.objects.exists():
        return 0
    worker = member(WORKER)
    grid = Area.objects.get(pk=worker.posts[0].first)
    officer = holder("community_officer", code=ancestor(grid.code, codes.Level.COMMUNITY))
    afternoon = clock.local(now - DAY).replace(hour=15, minute=0, second=0, microsecond=0)
    _at_the_grid(grid, worker, officer, afternoon)
    _settled(grid, worker, officer, afternoon - 29 * DAY)
    _open(grid, "tenancy", PARKING, ("罗春生", "向小梅"), by=worker, now=now - timedelta(hours=3))
    return 3


def _open(grid: Area, kind: str, words: str, parties: tuple[str, ...], *, by: Member, now: datetime) -> Mediation:
    named = [NewParty(name) for name in parties]
    return open_mediation(grid, kind=kind, level="grid", words=words, parties=named, by=by, now=now)


def _session(row: Mediation, by: Member, now: datetime, place: str, said: str) -> None:
    parties = list(row.parties.order_by("pk").values_list("pk", flat=True))
    hold_session(row, held_at=now, place=place, parties=parties, mediators=[by.pk], said=said, by=by, now=now)


def _at_the_grid(grid: Area, worker: Member, officer: Member, now: datetime) -> None:
    """Under way: talked over once, and again in two days."""
    row = _open(grid, "neighbours", PIANO, ("魏国平", "施丽"), by=worker, now=now - 4 * DAY)
    take_on(row, by=officer, now=now - 3 * DAY)
    _session(row, worker, now - 2 * DAY, "网格驿站", "双方各讲了情况。楼上说孩子要考级，愿意把练琴时间提前。")
    plan_session(row, held_at=now + 3 * DAY, place="网格驿站", by=worker, now=now - 2 * DAY)


def _settled(grid: Area, worker: Member, officer: Member, begun: datetime) -> None:
    """Not settled at the grid, settled by the community, and looked after since."""
    row = _open(grid, "damage", LEAK, ("韩志强", "邓秀兰"), by=worker, now=begun)
    take_on(row, by=officer, now=begun + DAY)
    _session(row, worker, begun + 3 * DAY, "韩志强家中", "看了现场，双方对赔偿数额差得多，没谈成。")
    row = escalate_mediation(row, words="赔偿数额谈不拢，请社区出面。", by=worker, now=begun + 4 * DAY)
    name_mediator(row, officer, by=officer, now=begun + 4 * DAY)
    _session(row, officer, begun + 8 * DAY, "社区调解室", "请物业估了修复费用，双方同意按估价的八成赔。")
    write_agreement(row, text=SETTLED, by=officer, now=begun + 8 * DAY)
    for party in row.parties.order_by("pk"):
        note_signature(party, clock.local(begun + 8 * DAY).date(), by=officer, now=begun + 9 * DAY)
    end_mediation(row, result="agreed", words="当场签字，赔偿款已付。", by=officer, now=begun + 9 * DAY)
    plan_visit(row, clock.local(begun + 30 * DAY).date(), by=officer, now=begun + 9 * DAY)
