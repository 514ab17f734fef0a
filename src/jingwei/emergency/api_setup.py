"""Duty rosters and plans for other software: who keeps duty when, and what is to be done in which kind of emergency.

Thin: each operation calls one action. For keys with the duty `emergency.manage`.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

from jingwei.emergency.models import Plan, Shift
from jingwei.emergency.plan_actions import LONGEST, lay_down_plan, restore_standard
from jingwei.emergency.plans import MOST_STEPS, Laid, all_plans, plan_for
from jingwei.emergency.policy import MANAGES
from jingwei.emergency.roster_actions import MOST_DAYS, MOST_RANKS, add_shift, fill_roster, remove_shift
from jingwei.emergency.roster_board import RosterBoard, areas_of, roster_at
from jingwei.kernel.public import STORABLE, NotPermitted, clock, require
from jingwei.people.public import KeyRequest, Member
from jingwei.places.public import Area, codes

router = Router(tags=["duty rosters and plans"])
GENERAL = "general"
"""How addresses name the plan for any other emergency."""
MOST_PEOPLE = 100
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
Day = Annotated[date, Field(ge=FIRST, le=LAST)]
Moment = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2199, 12, 31, tzinfo=UTC))]
Title = Annotated[str, StringConstraints(max_length=80, pattern=STORABLE)]
TitleZh = Annotated[str, StringConstraints(max_length=40, pattern=STORABLE)]


class ShiftIn(Schema):
    """Somebody of `people` is on duty. `rank` is the order in which they are called. Times carry their offset."""

    model_config = ConfigDict(extra="forbid")

    member: int
    rank: Annotated[int, Field(ge=1, le=MOST_RANKS)] = 1
    starts_at: Moment
    ends_at: Moment


class FillIn(Schema):
    """A pattern of shifts round the clock: these members in turn, the next one as second."""

    model_config = ConfigDict(extra="forbid")

    members: Annotated[list[int], Field(min_length=1, max_length=MOST_PEOPLE)]
    pattern: Literal["two", "three", "four"]
    begins_on: Day
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)]


class PlannedIn(Schema):
    """One step. English may be left out, of all steps of a plan or of none."""

    model_config = ConfigDict(extra="forbid")

    zh: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST["zh"], pattern=STORABLE)]
    en: Annotated[str, StringConstraints(max_length=LONGEST["en"], pattern=STORABLE)] = ""


class PlanIn(Schema):
    model_config = ConfigDict(extra="forbid")

    title_zh: TitleZh
    title_en: Title = ""
    steps: Annotated[list[PlannedIn], Field(min_length=1, max_length=MOST_STEPS)]


class AreaOut(Schema):
    """A district or street for which duty is kept."""

    code: str
    title: str


class PersonOut(Schema):
    id: int
    name: str


class ShiftOut(Schema):
    id: int
    member: PersonOut
    rank: int
    starts_at: datetime
    ends_at: datetime


class GapOut(Schema):
    """Nobody is on the roster: those posted there would be called."""

    starts_at: datetime
    ends_at: datetime


class RosterOut(AreaOut):
    """The shifts of the next four weeks, the gaps between them, and the people who may be on the roster."""

    shifts: list[ShiftOut]
    gaps: list[GapOut]
    people: list[PersonOut]


class PlannedOut(Schema):
    zh: str
    en: str


class PlanOut(Schema):
    """`kind`: the class or major class that the plan is for, or “general”. `is_own`: laid down by the district."""

    kind: str
    title_zh: str
    title_en: str
    steps: list[PlannedOut]
    is_own: bool


@router.get("/duty-rosters", response=list[AreaOut])
def duty_rosters(request: KeyRequest) -> list[dict[str, Any]]:
    """Where the key sets up who is on duty: its streets, then their district."""
    if not request.auth.has_duty(MANAGES):
        raise NotPermitted
    return [_area(area) for area in areas_of(request.auth)]


@router.get("/duty-rosters/{area}", response=RosterOut)
def duty_roster(request: KeyRequest, area: str) -> dict[str, Any]:
    """The roster of one street or district (18 digits)."""
    return _roster(_found(request.auth, area))


@router.post("/duty-rosters/{area}/shifts", response={200: ShiftOut, 201: ShiftOut})
def add_duty_shift(request: KeyRequest, area: str, given: ShiftIn) -> Status[dict[str, Any]]:
    """Put one shift on the roster (201); one that stands there just so stays as it is (200)."""
    board = _found(request.auth, area)
    times: dict[str, Any] = {
        "rank": given.rank,
        "starts_at": given.starts_at.astimezone(UTC),
        "ends_at": given.ends_at.astimezone(UTC),
    }
    there = Shift.objects.filter(code=board.area.code, member_id=given.member, **times).select_related("member")
    if known := there.first():
        return Status(200, _shift(known))
    row = add_shift(board.area.code, given.member, by=request.auth, **times)
    return Status(201, _shift(row))


@router.post("/duty-rosters/{area}/fill", response={201: RosterOut})
def fill_duty_roster(request: KeyRequest, area: str, given: FillIn) -> Status[dict[str, Any]]:
    """Fill the roster by a pattern: all of it, or 409 and nothing where one of the shifts is taken already."""
    code = _found(request.auth, area).area.code
    fill_roster(
        code,
        given.members,
        pattern=given.pattern,
        begins_on=given.begins_on,
        days=given.days,
        by=request.auth,
    )
    return Status(201, _roster(_found(request.auth, area)))


@router.post("/duty-rosters/{area}/shifts/{int:shift}/remove", response=RosterOut)
def remove_duty_shift(request: KeyRequest, area: str, shift: int) -> dict[str, Any]:
    """Take a shift from the roster. One that is over stays (409): it says who was on duty."""
    code = _found(request.auth, area).area.code
    remove_shift(Shift.objects.get(pk=shift, code=code), by=request.auth)
    return _roster(_found(request.auth, area))


@router.get("/emergency-plans", response=list[PlanOut])
def emergency_plans(request: KeyRequest) -> list[dict[str, Any]]:
    """Every plan that holds: the district's own in place of the standard ones, the general one last."""
    require(request.auth, "emergency.plans", Plan())
    return [_plan(plan) for plan in all_plans()]


@router.get("/emergency-plans/{kind}", response=PlanOut)
def emergency_plan(request: KeyRequest, kind: str) -> dict[str, Any]:
    """The plan that an alarm of this class follows: its own, that of its major class, or the general one."""
    require(request.auth, "emergency.plans", Plan())
    return _plan(plan_for(_code(kind)))


@router.post("/emergency-plans/{kind}", response=PlanOut)
def lay_down_emergency_plan(request: KeyRequest, kind: str, given: PlanIn) -> dict[str, Any]:
    """The district's own plan for a class, a major class, or “general”. Alarms that are on keep their steps."""
    lay_down_plan(
        _code(kind),
        title_zh=given.title_zh,
        title_en=given.title_en,
        steps_zh="\n".join(_line(step.zh) for step in given.steps),
        steps_en="\n".join(_line(step.en) for step in given.steps),
        by=request.auth,
    )
    return _plan(plan_for(_code(kind)))


@router.post("/emergency-plans/{kind}/restore", response=PlanOut)
def restore_emergency_plan(request: KeyRequest, kind: str) -> dict[str, Any]:
    """The standard plan again, or that of the wider class. 409 where it holds already."""
    restore_standard(_code(kind), by=request.auth)
    return _plan(plan_for(_code(kind)))


def _found(member: Member, area: str) -> RosterBoard:
    """The roster of this area. Raises Area.DoesNotExist also where the key sets up none there."""
    board = roster_at(member, area, clock.now())
    if board is None:
        raise Area.DoesNotExist
    return board


def _code(kind: str) -> str:
    return "" if kind == GENERAL else kind


def _line(text: str) -> str:
    """A step is one line."""
    return " ".join(text.split())


def _area(area: Area) -> dict[str, Any]:
    return {"code": codes.write(area.code), "title": area.title}


def _person(member: Member) -> dict[str, Any]:
    return {"id": member.pk, "name": member.name}


def _shift(shift: Shift) -> dict[str, Any]:
    names = ("id", "rank", "starts_at", "ends_at")
    return {name: getattr(shift, name) for name in names} | {"member": _person(shift.member)}


def _roster(board: RosterBoard) -> dict[str, Any]:
    return _area(board.area) | {
        "shifts": [_shift(shift) for turn in board.turns for shift in turn.shifts],
        "gaps": [{"starts_at": gap.starts_at, "ends_at": gap.ends_at} for gap in board.gaps],
        "people": [_person(member) for member in board.people],
    }


def _plan(plan: Laid) -> dict[str, Any]:
    return {
        "kind": plan.category_code or GENERAL,
        "title_zh": plan.title_zh,
        "title_en": plan.title_en,
        "steps": [{"zh": zh, "en": en} for zh, en in plan.steps],
        "is_own": plan.is_own,
    }
