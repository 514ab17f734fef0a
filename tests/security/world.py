"""Who walks and what they walk to: two streets alike, a case in every state, a walker for each way to hold a role.

A walker is named after what they hold and where, seen from the cases of the first street: `dispatcher@street` holds it
there, `dispatcher elsewhere` in a street (or district) beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any
from uuid import UUID

import shapely
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from PIL import Image

from jingwei.calendars.models import OwnDays
from jingwei.calendars.public import set_days
from jingwei.cases.public import (
    Case,
    Photo,
    add_photo,
    appeal_case,
    ask_extension_case,
    ask_suspension_case,
    dispatch_case,
    file_case,
    group_cases,
    handle_case,
    join_case,
    merge_case,
    rate_case,
    reject_case,
    report_in_case,
    send_down_case,
    solve_case,
    submit_case,
    supervise_case,
    suspend_case,
)
from jingwei.cases.routing.actions import save_rule
from jingwei.cases.routing.testing import a_rule, rules_hold
from jingwei.cases.testing import MONDAY, a_case, a_condition, a_pending_report
from jingwei.counter.models import Call, FirstAsked, TicketSheet
from jingwei.counter.public import answer_call, hand_call, note_asked, publish_script
from jingwei.counter.testing import a_call
from jingwei.counter.tickets.sheets import take_tickets
from jingwei.emergency.testing import an_incident
from jingwei.exchange.configuration.actions import bring_set
from jingwei.exchange.configuration.testing import files_with
from jingwei.exchange.webhooks.models import Subscription
from jingwei.exchange.webhooks.testing import a_subscription
from jingwei.kernel.public import clock
from jingwei.mediation.public import (
    Mediation,
    add_paper,
    name_mediator,
    plan_session,
    plan_visit,
    take_on,
    write_agreement,
)
from jingwei.mediation.testing import a_mediation
from jingwei.people.public import ROLES, Department, Member, Role
from jingwei.people.roles import Seat
from jingwei.people.testing import STREET, Cast, a_department, a_holder, a_key, a_member, a_resident, let_in, the_cast
from jingwei.places.public import (
    Act,
    Area,
    AreaChange,
    BoundaryDraft,
    Level,
    ancestor,
    codes,
    draw_in_draft,
    plan_rename,
    publish_draft,
)
from jingwei.places.testing import an_area
from jingwei.publication.public import hide_case, refresh, release_photo
from jingwei.repeats.actions import appeal_limit, examine, limit_sender
from jingwei.worklists.public import Given, Task, accept_task, keep_answers
from jingwei.worklists.testing import a_list, answers, reported, the_task

LONG_AHEAD = date(2099, 6, 1)
STATUSES = ("reported", "filed", "dispatched", "in_hand", "handled", "closed")
REPORTER_CHECKS = ("0202", "01")
CONFIRMED = ("0401", "02")
KEY_DUTIES = (
    "worklists.issue", "worklists.answer", "worklists.sort",
    "cases.report", "cases.see", "cases.contact", "cases.file", "cases.dispatch", "cases.handle", "cases.alarm",
    "counter.first_asked", "counter.overview", "emergency.manage",
    "counter.take", "counter.import", "counter.scripts",
)  # fmt: skip
OURS, OTHERS = "02", "01"
"""The category of the cases that are walked to, and one that none of them has."""

HANDLER = ClientHandler(enforce_csrf_checks=False)
"""Loads the middleware once, not for each of thousands of requests."""


@dataclass(frozen=True)
class Walker:
    """`member` is None for a visitor; `header` is the key that software sends; `cookies` are those of the sign-in."""

    name: str
    member: Member | None = None
    header: str = ""
    is_form: bool = False
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def __post_init__(self) -> None:
        """Signed in once: a session for each of thousands of requests would slow down all that follow."""
        if self.member:
            client = Client()
            let_in(client, self.member)
            self.cookies.update(client.cookies)

    def ask(self, method: str, address: str, typed: dict[str, Any] | None = None) -> HttpResponse:
        """The answer to a request; what is typed goes as a form, from software as JSON unless it sends forms."""
        client = Client(headers={"authorization": self.header} if self.header else None)
        client.handler = HANDLER
        client.cookies.update(self.cookies)
        given: dict[str, Any] = {"data": typed or {}} if method != "get" else {}
        if self.header and given and not self.is_form:
            given["content_type"] = "application/json"
        response: HttpResponse = getattr(client, method)(address, **given)
        if response.streaming:
            response.getvalue()  # its request is over, and its reach closed, when it has been read
        return response


class World:
    """Two streets, their people, and a case of the first street's grid in every state."""

    def __init__(self) -> None:
        self.home: Cast = the_cast(STREET)
        self.away: Cast = the_cast(STREET + Level.STREET.step)
        self.unit = codes.child(self.home.grid, 1)
        for code in (self.unit, codes.child(self.away.grid, 1), self._outside((Level.DISTRICT,))):
            an_area(code)
        self.other_department: Department = a_department(code=self.home.street)
        self.cases: dict[str, Case] = {status: a_case(status, cast=self.home) for status in STATUSES}
        self.cases["private"] = self._private()
        self.cases["supervised"] = self._supervised()
        asked = a_case("in_hand", cast=self.home)
        self.cases["asked"] = ask_extension_case(
            asked, until=datetime(2099, 1, 1, tzinfo=UTC), words="The part is late", by=self.home.department_handler
        )
        self.cases["near"] = send_down_case(
            a_case("filed", cast=self.home), level="community", words="Yours", by=self.home.dispatcher
        )
        self.cases["confirming"] = self._confirming()
        self.cases["submitted"] = submit_case(self._confirming(), words="Set anew", by=self.home.department_handler)
        self.cases["stuck"] = self._stuck()
        self.cases["suspended"] = suspend_case(
            self._stuck(),
            reason="budget",
            until=clock.now() + timedelta(days=90),
            words="Next year",
            by=a_holder("leader", ancestor(self.home.street, Level.DISTRICT)),
        )
        self.cases["called"] = self._assisted()
        self.cases["assisting"] = join_case(self._assisted(), by=self.home.department_handler)
        self.cases["merged"] = self._merged()
        self.cases["grouped"] = self._grouped()
        self.cases["poor"] = self._poor()
        self.cases["drawn"] = self._drawn()
        self.cases["late"] = self._late()
        self.cases["appealed"] = appeal_case(self._late(), about="clock", words="No form", by=self.home.dispatcher)
        rejected = a_case(cast=self.home)
        self.cases["rejected"] = reject_case(
            rejected, reason="not_here", words="Next street", by=self.home.community_officer
        )
        self.cases["alarmed"] = an_incident(self.home).case
        publish_draft(self._draw(east=100.01), by=None)
        self.published = publish_draft(self._draw(east=100.02), by=None)
        self.draft = self._draw(east=100.03)
        self.pending = a_pending_report(self.home.resident)
        self.days: OwnDays = set_days(("d", self.home.department.pk), LONG_AHEAD, LONG_AHEAD, reason="Fair", by=None)
        self.hook = a_subscription()
        Subscription.objects.filter(pk=self.hook.pk).update(seq=7)
        self.rules = rules_hold(a_rule(key="walked"))
        save_rule(a_rule(key="walked", name="In the draft"), by=None)
        self.set = bring_set(files_with("roles.csv", _leaders_check), by=None)
        self.change = self._change()
        self._take_calls()
        self.photo: Photo = add_photo(self.cases["reported"], jpeg(), by=self.home.resident)
        self._publish()
        self.waiting = a_mediation(self.home)
        self.mediation = self._mediated()
        self._flag()
        self.tasks = {status: self._task(status) for status in ("assigned", "reported", "sorted")}

    def _task(self, status: str) -> Task:
        """A work list of the department, which the grid has not answered yet, or has with a photo."""
        now = clock.now()
        row = a_list(self.home, now=now)
        if status == "assigned":
            return the_task(row, self.home)
        first = next(iter(answers(row, "No")))
        photo = {first: Given("No", jpeg("brown"))}
        keep_answers(the_task(row, self.home), photo, by=self.home.grid_worker, now=now)
        task = reported(row, self.home, now=now)
        return task if status == "reported" else accept_task(task, by=self.home.community_officer, now=now)

    def _flag(self) -> None:
        """A report to look at, a limit with an appeal, and one without."""
        officer, now = self.home.community_officer, clock.now()
        senders = (a_resident(), self.home.resident, self.home.resident)
        rude = [a_case(cast=self.home, words="You asshole", member_id=one.pk) for one in senders]
        flags = [examine(case.pk)[-1] for case in rude]
        self.flag = flags[0]
        given = {"reason": "x", "days": 30, "by": officer, "now": now}
        self.limit = limit_sender(flags[1], measure="letter", **given)
        appeal_limit(self.limit, words="Why?", by=self.home.resident, now=now)
        self.unappealed = limit_sender(flags[2], measure="look", **given)

    def _mediated(self) -> Mediation:
        """A dispute at which two of the walkers have seats, with something in each part of its file."""
        mediator, arranger = (self.walkers[name].member for name in ("grid_worker@grid", "community_officer@community"))
        assert mediator
        assert arranger
        row = take_on(a_mediation(self.home, by=mediator), by=arranger, now=MONDAY)
        name_mediator(row, self.home.grid_leader, by=arranger, now=MONDAY)
        write_agreement(row, text="Quiet after nine", by=mediator, now=MONDAY)
        plan_session(row, held_at=MONDAY + timedelta(days=1), place="Room", by=mediator, now=MONDAY)
        plan_visit(row, (MONDAY + timedelta(days=1)).date(), by=mediator, now=MONDAY)
        add_paper(row, jpeg("gray"), by=mediator, now=MONDAY)
        return row

    def _take_calls(self) -> None:
        """Calls of a clerk whom no walker is: none of them is any walker's own."""
        clerk = a_holder("call_taker", self.home.street)
        said = {"words": "The lamp is out", "place_code": self.home.grid, "place": "Gate", "phone": "13900003333"}
        self.call: Call = a_call(clerk, **said)
        self.offered_call: Call = hand_call(
            a_call(clerk, **said), department=self.home.department, note="Please take it", by=clerk
        )
        content = "工单编号,诉求内容\nGZ-1,路灯不亮\n".encode()
        self.ticket_sheet: TicketSheet = take_tickets(content, "a.csv", source="12345", by=clerk)
        publish_script("0201", opening="Good morning", reason="First", by=None)
        self.asked_first: FirstAsked = note_asked("handled", words="Opening hours", by=clerk)
        self.ended_call: Call = answer_call(a_call(clerk, **said), answer="At nine", by=clerk)

    def _publish(self) -> None:
        """Public copies of all cases; one is hidden, and of two photos of another one is released."""
        refresh([case.pk for case in self.cases.values()])
        officer, case = self.home.community_officer, self.cases["filed"]
        self.hidden = self.cases["closed"]
        hide_case(self.hidden, because="person", by=officer)
        self.released: Photo = add_photo(case, jpeg("olive"), by=self.home.resident)
        self.filed_photo: Photo = add_photo(case, jpeg("teal"), by=self.home.resident)
        release_photo(self.released, by=officer)

    def _draw(self, east: float) -> BoundaryDraft:
        """The grid of the cases, in a draft of its district."""
        district = Area.objects.get(pk=ancestor(self.home.grid, Level.DISTRICT))
        outline = shapely.box(100.0, 30.0, east, 30.01)
        return draw_in_draft(district, {self.home.grid: outline}, act=Act.IMPORT, by=None).draft

    def _change(self) -> AreaChange:
        """Planned for a community of the first street in which nothing else happens."""
        beside = an_area(codes.child(self.home.street, 2))
        return plan_rename(beside, name="New", takes_effect_on=beside.begins_on.replace(year=2099), reason="x", by=None)

    def _confirming(self) -> Case:
        """In hand, of a class whose results the department confirms."""
        home, case = self.home, a_case(cast=self.home)
        case = file_case(case, condition=a_condition(*CONFIRMED), title="Traffic lights", by=home.community_officer)
        case = dispatch_case(case, department=home.department, by=home.dispatcher)
        return report_in_case(case, by=home.department_handler)

    def _stuck(self) -> Case:
        """In hand, and its party has asked to suspend it."""
        return ask_suspension_case(
            a_case("in_hand", cast=self.home),
            reason="budget",
            until=clock.now() + timedelta(days=90),
            words="Next year",
            by=self.home.department_handler,
        )

    def _late(self) -> Case:
        """Sent out much too late, a moment ago."""
        now = clock.now()
        case = a_case("filed", cast=self.home, at=now - timedelta(days=30))
        return dispatch_case(case, department=self.home.department, by=self.home.dispatcher)

    def _poor(self) -> Case:
        """Closed, opened again as often as it can be, and rated poorly."""
        case = a_case("closed", cast=self.home)
        Case.objects.filter(pk=case.pk).update(reopened=2)
        return rate_case(case, grade=1, by=self.home.resident, now=MONDAY + timedelta(days=1))

    def _drawn(self) -> Case:
        """Solved on the spot, and drawn for a check."""
        condition = a_condition("0602", "03")
        condition.category.spot_percent = 100
        case = a_case(cast=self.home)
        solver = a_holder("grid_worker", self.home.grid)
        return solve_case(case, condition=condition, title="Moved", words="Moved", by=solver)

    def _merged(self) -> Case:
        """Merged into another, which goes on for both."""
        return merge_case(a_case("filed", cast=self.home), into=a_case(cast=self.home), by=self.home.dispatcher)

    def _grouped(self) -> Case:
        """In a group that another case leads."""
        child, leader = a_case("filed", cast=self.home), a_case("filed", cast=self.home)
        group_cases(leader, children=[child], by=self.home.dispatcher)
        return Case.objects.get(pk=child.pk)

    def _supervised(self) -> Case:
        """In hand, and a leader waits for an answer."""
        case = a_case("in_hand", cast=self.home)
        leader = a_holder("leader", self.home.street)
        return supervise_case(case, limit="1d", words="Why so long?", by=leader)

    def _private(self) -> Case:
        """Handled, and of a class whose result is for the reporter to check."""
        home, case = self.home, a_case(cast=self.home)
        condition = a_condition(*REPORTER_CHECKS)
        case = file_case(case, condition=condition, title="Meter", by=home.community_officer)
        case = dispatch_case(case, department=home.department, by=home.community_officer)
        case = report_in_case(case, by=home.department_handler)
        return handle_case(case, words="Mended", by=home.department_handler)

    def _assisted(self) -> Case:
        """The worker of the grid leads, and the department was called in to assist."""
        home, case = self.home, a_case("filed", cast=self.home)
        return dispatch_case(case, member=home.grid_worker, assistants=[home.department], by=home.dispatcher)

    @cached_property
    def walkers(self) -> dict[str, Walker]:
        return {walker.name: walker for walker in self._walkers()}

    def _walkers(self) -> Iterator[Walker]:
        yield Walker("visitor")
        yield Walker("reporter", self.home.resident)
        yield Walker("neighbour", a_resident())
        yield Walker("staff without a post", a_member())
        for role in ROLES.values():
            yield from self._holders(role)
        yield Walker("key", header=a_key(KEY_DUTIES, [self.home.street]))
        yield Walker("key elsewhere", header=a_key(KEY_DUTIES, [self.away.street]))
        yield Walker("key to report", header=a_key(["cases.report"], [self.home.street]))

    def _holders(self, role: Role) -> Iterator[Walker]:
        if role.seat is Seat.DEPARTMENT:
            yield Walker(f"{role.key}@department", a_holder(role.key, self.home.department))
            yield Walker(f"{role.key}@other department", a_holder(role.key, self.other_department))
            return
        office = {"department": self.home.department} if role.seat is Seat.BOTH else {}
        limit = {"categories": [OURS]} if role.seat is Seat.BOTH else {}
        for level in role.levels:
            yield Walker(f"{role.key}@{level.value}", a_holder(role.key, self._inside(level), **office, **limit))
        yield Walker(f"{role.key} elsewhere", a_holder(role.key, self._outside(role.levels), **office, **limit))
        if role.seat is Seat.BOTH:
            place = self.home.street
            yield Walker(f"{role.key}@other category", a_holder(role.key, place, **office, categories=[OTHERS]))
            other = {"department": self.other_department}
            yield Walker(f"{role.key}@other department", a_holder(role.key, self._outside(role.levels), **other))

    def _inside(self, level: Level) -> int:
        return self.unit if level is Level.UNIT else ancestor(self.home.grid, level)

    def _outside(self, levels: tuple[Level, ...]) -> int:
        """Beside the cases, at the lowest of these levels."""
        level = max(levels, key=lambda one: one.depth)
        if level is Level.DISTRICT:
            return ancestor(self.home.street, Level.DISTRICT) + Level.DISTRICT.step
        return codes.child(self.away.grid, 1) if level is Level.UNIT else ancestor(self.away.grid, level)


ABSENT_NUMBER = "20200101-999999"
ABSENT_ID = UUID(int=1)


def _leaders_check(rows: list[dict[str, str]]) -> None:
    next(row for row in rows if row["role"] == "leader")["duties"] += " cases.check"


def jpeg(colour: str = "navy") -> bytes:
    file = BytesIO()
    Image.new("RGB", (32, 24), colour).save(file, "JPEG")
    return file.getvalue()
