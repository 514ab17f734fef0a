"""Emergencies of the demo street: a roster for two weeks, one alarm that is being dealt with, one that is over."""

from datetime import datetime, timedelta
from uuid import uuid4

from jingwei.cases.public import Draft, Origin, condition_of, digest
from jingwei.demo.acting import holder, member
from jingwei.emergency.public import (
    Incident,
    add_note,
    add_shift,
    answer_incident,
    answer_step,
    fill_roster,
    press_button,
    stand_down,
)
from jingwei.kernel.public import clock
from jingwei.people.public import Member, Posting
from jingwei.places.public import Level, ancestor

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
RAISER, LEAD = "grid-0207", "dispatcher-1"
GAS = ("2501", "01")
LIFT = ("2509", "01")


def build_alarms(now: datetime) -> int:
    """Gives how many are new. None where there are any."""
    if Incident.objects.exists():
        return 0
    worker, lead = member(RAISER), member(LEAD)
    grid = worker.posts[0].first
    _roster(ancestor(grid, Level.STREET), lead, now)
    _over(grid, worker, lead, now - DAY)
    _running(grid, worker, lead, now - 12 * MINUTE)
    return 2


def _roster(street: int, lead: Member, now: datetime) -> None:
    """From a while ago until midnight by hand, then three shifts a day for two weeks."""
    admin = holder("administrator")
    officers = Posting.objects.filter(role="duty_officer", code=street, ends_on=None).order_by("pk")
    people = [lead.pk, *officers.values_list("member_id", flat=True)]
    tomorrow = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    for rank, member_id in enumerate(people[:2], start=1):
        begins = now - 2 * DAY
        add_shift(street, member_id, rank=rank, starts_at=begins, ends_at=tomorrow, by=admin, now=now)
    fill_roster(street, people, pattern="three", begins_on=tomorrow.date(), days=14, by=admin, now=now)


def _raised(grid: int, danger: tuple[str, str], words: str, place: str, *, by: Member, now: datetime) -> Incident:
    condition = condition_of(*danger)
    key = uuid4()
    draft = Draft(
        Origin(
            id=key,
            code=grid,
            channel="field",
            digest=digest(f"{key} {words}".encode()),
            words=words,
            place=place,
            category_code=condition.category.code,
            member_id=by.pk,
        )
    )
    with clock.frozen(now):  # recorded when it happened, so that its steps keep their order
        pressed = press_button(draft, condition=condition, by=by, now=now)
    return Incident.objects.get(case__number=pressed.number)


def _answered(incident: Incident, lead: Member, at: datetime) -> None:
    with clock.frozen(at):
        answer_incident(incident, by=lead, now=at)


def _over(grid: int, worker: Member, lead: Member, begun: datetime) -> None:
    """Somebody stuck in a lift, freed after twenty minutes."""
    incident = _raised(grid, LIFT, "电梯停在四楼和五楼之间，里面有一位老人。", "5栋2单元电梯", by=worker, now=begun)
    _answered(incident, lead, begun + MINUTE)
    for number in (1, 2, 3, 4):
        answer_step(incident, number, answer="done", by=lead, now=begun + number * 6 * MINUTE)
    add_note(incident, words="维保单位15分钟到场，老人平安，家属已接走。", by=lead, now=begun + 25 * MINUTE)
    words = "维保人员已救出被困老人，电梯停用检修，已张贴告示。"
    over = begun + 27 * MINUTE
    with clock.frozen(over):
        stand_down(incident, outcome="handled", words=words, by=lead, now=over)


def _running(grid: int, worker: Member, lead: Member, begun: datetime) -> None:
    """A smell of gas: the gas company is on its way."""
    incident = _raised(grid, GAS, "楼道里燃气味很重，二楼住户已经下楼。", "3栋1单元", by=worker, now=begun)
    _answered(incident, lead, begun + 2 * MINUTE)
    answer_step(incident, 1, answer="done", by=lead, now=begun + 4 * MINUTE)
    answer_step(incident, 2, answer="done", by=lead, now=begun + 7 * MINUTE)
    add_note(incident, words="燃气公司抢修车预计十分钟后到达。", by=lead, now=begun + 8 * MINUTE)
