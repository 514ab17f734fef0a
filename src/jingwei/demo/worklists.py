"""Work lists of the demo street: one of the fire service, half done and in every state; a fresh one of the street."""

from datetime import datetime, timedelta
from uuid import UUID

from jingwei.demo.acting import member
from jingwei.demo.drawings import draw
from jingwei.demo.people import worker_of
from jingwei.demo.town import Town
from jingwei.kernel.public import clock, may
from jingwei.people.public import Department, Member, Posting
from jingwei.places.public import Level, ancestor
from jingwei.worklists.public import (
    Given,
    NewItem,
    NewList,
    Office,
    Task,
    WorkList,
    accept_task,
    issue_list,
    raise_answer,
    report_task,
    send_back_task,
    strike_off_task,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ISSUER = "dispatcher-1"
DEMO_WORKER = "grid-0207"
"""Whose day the field app shows: nothing of the first list is answered there yet."""
DOORS = (
    NewItem("逃生门外三米内是否畅通？", "choice", ("畅通", "有杂物", "被锁住")),
    NewItem("检查了几个单元？", "number"),
    NewItem("现场照片", "photo", is_needed=False),
    NewItem("堵塞的是什么，在哪一层？", "text", is_needed=False),
)
DRAINS = (
    NewItem("雨水口是否已清理？", "choice", ("已清理", "部分清理", "未清理")),
    NewItem("仍有积水风险的雨水口数量", "number"),
    NewItem("位置和说明", "text", is_needed=False),
)
ABOUT_DOORS = "入冬用火用电增多，请逐个单元查看逃生门和楼梯间，能当场搬走的请当场搬走。"
ABOUT_DRAINS = "下周有中到大雨，请看一遍网格内的雨水口和地势低的路段。"
BLOCKED = ("一层楼梯间停放三辆电动车。", "四层堆放纸箱和旧家具。", "六层通往楼顶的门上了锁，钥匙不在。")


def build_worklists(town: Town, now: datetime) -> int:
    """Gives how many are new. None where there are any."""
    if WorkList.objects.exists():
        return 0
    _doors(town, now)
    street = NewList("雨前排水口检查", clock.local(now + 3 * DAY).date(), DRAINS, [town.street], ABOUT_DRAINS)
    issue_list(street, Office(town.street), by=member(ISSUER), now=now - 20 * HOUR)
    return 2


def _doors(town: Town, now: datetime) -> None:
    """In three communities, due in two days: more than half has reported, most of that is sorted, one was sent back."""
    begun = now - 4 * DAY
    department = Department.objects.get(key="fire")
    lead = member("fire-lead")
    areas = [community.code for community in town.communities[:3]]
    asked = NewList("楼道消防逃生门检查", clock.local(now + 2 * DAY).date(), DOORS, areas, ABOUT_DOORS)
    row = issue_list(asked, Office(department.code, department), by=lead, now=begun)
    items = list(row.items.values_list("pk", flat=True))
    for number, task in enumerate(row.tasks.order_by("code")):
        worker = member(worker_of(task.code))
        if number % 5 < 3 and worker.username != DEMO_WORKER and may(worker, "worklists.answer", task):
            at = begun + timedelta(hours=6, minutes=17 * number)
            report_task(task, _answers(items, number), by=worker, now=at)
            if number % 5 < 2:
                _sort(task, number, lead, at + 2 * HOUR)


def _is_blocked(number: int) -> bool:
    return number % 4 == 1


def _answers(items: list[UUID], number: int) -> dict[UUID, Given]:
    """Most doors are free; of the others there is a picture, and what stands there."""
    choice, count, photo, text = items
    found = {choice: Given("有杂物" if _is_blocked(number) else "畅通"), count: Given(str(12 + number % 9))}
    if _is_blocked(number):
        found |= {photo: Given(photo=draw("0301", is_mended=False)), text: Given(BLOCKED[number % len(BLOCKED)])}
    return found


def _sort(task: Task, number: int, lead: Member, at: datetime) -> None:
    """The community looks: one goes back to its grid, what is blocked becomes a case, and some are struck off."""
    officer = _officer(task)
    if number % 20 == 5:
        send_back_task(task, reason="请补充说明杂物在哪一层，并拍照。", by=officer, now=at)
        return
    if _is_blocked(number):
        raise_answer(task.answers.get(item__title=DOORS[3].title), by=officer, now=at)
    accept_task(task, by=officer, now=at)
    if number % 3 == 0:
        strike_off_task(task, by=lead, now=at + 3 * HOUR)


def _officer(task: Task) -> Member:
    held = Posting.objects.filter(role="community_officer", code=ancestor(task.code, Level.COMMUNITY), ends_on=None)
    return member(str(held.order_by("pk").values_list("member__username", flat=True)[0]))
