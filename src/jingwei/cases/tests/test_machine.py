"""The whole loop by chance: every move, every role, late and repeated sending, clocks; what must hold, always holds.

The five properties are those of the design: states agree; no report is lost or doubled; nobody acts beyond their place,
class and duty; the steps rebuild the case; who is not satisfied is heard. Rules and how often are hypothesis's; moves
come from the table in `workflow.py`.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db.models import Count
from django.db.transaction import atomic, set_rollback
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from jingwei.calendars.public import calendars, set_days
from jingwei.calendars.testing import forget_calendars
from jingwei.cases import docket
from jingwei.cases.actions import Draft, Intake, report_cases, resume_due_cases, sweep_signals
from jingwei.cases.actions.rescheduling import reschedule_cases
from jingwei.cases.life import Origin
from jingwei.cases.loading import load_beside
from jingwei.cases.models import Assignment, Case, Category, Condition, DocketEntry, Rating, Report, Stage, Step
from jingwei.cases.testing import MONDAY, a_condition, rebuilt, shape
from jingwei.cases.tests.machine_moves import ACTOR, HAPPENS, KNOWN, REPORTER, SENDER, Fields
from jingwei.cases.tests.properties import check_agrees, check_docket, check_reviewed
from jingwei.cases.tests.test_together import recount
from jingwei.cases.workflow import BUILT, possible
from jingwei.cases.zones import OpenCases
from jingwei.kernel.public import FactRow, NotPermitted, Refused, clock, may, opened
from jingwei.people.public import ROLES, Member, Post, load_member, reach_of
from jingwei.people.testing import STREET, a_department, a_holder, a_resident
from jingwei.places.public import Level, Moment, Moved, ancestor, codes
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
MOST_CASES = 5
MOST_POCKETED = 6
CHANCE = st.randoms(use_true_random=True)
LATE = [0, 0, 0, 20, 300]
"""Minutes by which something was sent later than it happened."""
PAUSES = st.sampled_from([1, 10, 60, 5 * 60, 24 * 60, 4 * 24 * 60, 11 * 24 * 60])
COURSE = frozenset({"file", "dispatch", "report_in", "handle", "check", "rate", "reply"})
"""Drawn more often, or few cases would come far."""
CHECKS = frozenset({"check", "rework"})


def test_every_move_is_known_to_the_machine():
    missing = set(BUILT) - KNOWN.keys() - HAPPENS
    assert not missing, (
        f"The machine does not know {sorted(missing)}. Add to machine_moves.py: in KNOWN a line for each with who may"
        " and what it is given; or in HAPPENS, if nobody makes it, with a rule of the machine that lets it happen."
    )
    assert not (KNOWN.keys() | HAPPENS) - set(BUILT)


class Scene:
    """A street and one beside it, with everybody who may hold a role there; what is laid out once for all runs."""

    def __init__(self) -> None:
        away = STREET + Level.STREET.step
        self.community = codes.child(STREET, 1)
        self.grids = [codes.child(self.community, 1), codes.child(self.community, 2)]
        self.away = codes.child(codes.child(away, 1), 1)
        self.unit = codes.child(self.grids[0], 1)
        self.beside = codes.child(self.away, 1)
        for code in (*self.grids, self.unit, self.away, self.beside):
            an_area(code)
        self.offices = [a_department(code=STREET), a_department(code=STREET), a_department(code=away)]
        self.residents = [load_member(a_resident().pk) for _ in range(2)]
        self.staff = [member for role in ROLES.values() for member in self._holders(role)]
        self.everybody = [*self.residents, *self.staff]
        near = [one for one in self.staff if any(_handles(post, self.unit) for post in one.posts)]
        self.parties = [*self.offices, *self.offices[:2], *near[:4]]
        a_condition()
        Category.objects.update(spot_percent=50)
        found = Condition.objects.select_related("category").order_by("category__code", "number")
        kinds = {(one.category.level, one.category.check_by, one.needs_photo): one for one in found}
        self.conditions = [one for _kind, one in sorted(kinds.items())]
        self.by_key = {one.pk: one for one in found}
        self.now = MONDAY

    def _holders(self, role: Any) -> Iterator[Member]:
        if role.seat == "department":
            for office in self.offices[:2]:
                yield a_holder(role.key, office)
            return
        office = {"department": self.offices[0]} if role.seat == "both" else {}
        for level in role.levels:
            yield a_holder(role.key, self.unit if level is Level.UNIT else ancestor(self.grids[0], level), **office)
        lowest = max(role.levels, key=lambda one: one.depth)
        if lowest.depth > Level.DISTRICT.depth:
            yield a_holder(role.key, self.beside if lowest is Level.UNIT else ancestor(self.away, lowest), **office)

    def all_cases(self) -> list[Case]:
        return list(Case.objects.order_by("pk"))


def _handles(post: Post, code: int) -> bool:
    return "cases.handle" in post.duties and post.covers(code)


class Pocketed:
    """A move made where there was no network: kept by the device with what it saw, sent whenever it can."""

    def __init__(self, case: Case, verb: str, fields: Fields, by: Member, at: datetime) -> None:
        self.case, self.verb, self.fields, self.by, self.at = case, verb, fields, by, at
        self.seen = case.version
        self.is_done = False


class Loop(RuleBasedStateMachine):
    """Each run is one street's days, in a transaction that is taken back."""

    scene: ClassVar[Scene]
    made: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.frame = atomic()
        self.frame.__enter__()
        self.now = MONDAY
        self.acknowledged: dict[UUID, tuple[Draft, Member, str]] = {}
        self.pocket: list[Pocketed] = []

    def teardown(self) -> None:
        try:
            self._check_the_end()
        finally:
            set_rollback(True)
            self.frame.__exit__(None, None, None)
            forget_calendars()

    # -- what happens ---------------------------------------------------------------------------------------------

    @initialize(chance=CHANCE)
    def begin(self, chance: Random) -> None:
        self.report(chance)

    @precondition(lambda self: len(self.acknowledged) < MOST_CASES)
    @rule(chance=CHANCE)
    def report(self, chance: Random) -> None:
        scene = self.scene
        by = chance.choice([*scene.residents, *scene.staff[:6]])
        key = UUID(int=chance.getrandbits(128), version=4)
        code = chance.choice([*scene.grids, scene.unit, scene.community])
        at = self.now - timedelta(minutes=chance.choice(LATE))
        fields = {"member_id": chance.choice(scene.residents).pk, "category_code": chance.choice(["", "0201"])}
        origin = Origin(id=key, code=code, channel="api", digest=key.bytes * 2, words="Dark", **fields)
        draft = Draft(origin, occurred_at=at)
        with self._as(by):
            (answer,) = report_cases([draft], by=by)
        if key not in self.acknowledged:
            assert answer.result == Intake.CREATED
            self.acknowledged[key] = (draft, by, answer.number)
            self._check_case(Case.objects.get(number=answer.number).pk)

    @rule(chance=CHANCE, is_changed=st.booleans())
    def report_again(self, chance: Random, *, is_changed: bool) -> None:
        """The answer was lost: the same bytes are a success, others under the same id are not taken."""
        key = chance.choice(sorted(self.acknowledged))
        draft, by, number = self.acknowledged[key]
        other = Draft(Origin(id=key, code=draft.origin.code, channel="api", digest=b"other" * 6, words="Else"))
        before = self._state()
        with self._as(by):
            (answer,) = report_cases([other if is_changed else draft], by=by)
        assert answer.result == (Intake.CONFLICT if is_changed else Intake.ALREADY)
        assert answer.number == ("" if is_changed else number)
        assert self._state() == before

    @rule(minutes=PAUSES)
    def time_goes_by(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def clocks_strike(self) -> None:
        before = self._state()
        with clock.frozen(self._tick()):
            resume_due_cases(self.now)
            assert resume_due_cases(self.now) == 0
            sweep_signals(self.now)
            assert sweep_signals(self.now) == 0
        self._check_changed(before)

    @rule(chance=CHANCE, days=st.integers(1, 4))
    def an_office_closes(self, chance: Random, days: int) -> None:
        """Dates move later or not at all."""
        first = (self.now + timedelta(days=chance.randint(0, 3))).date()
        holder = chance.choice([("a", STREET), ("d", self.scene.offices[0].pk)])
        promised = dict(Case.objects.filter(handled_at=None).values_list("pk", "due_at"))
        before = self._state()
        with clock.frozen(self._tick()):
            try:
                set_days(holder, first, first + timedelta(days=days - 1), reason="Storm", by=None)
            except Refused:
                return
            reschedule_cases(self.now)
            assert reschedule_cases(self.now) == 0
        for key, due in Case.objects.filter(pk__in=promised).values_list("pk", "due_at"):
            assert promised[key] is None or due >= promised[key]
        self._check_changed(before)

    @rule(chance=CHANCE)
    def an_area_ends(self, chance: Random) -> None:
        """What lies on a desk goes along to the grid that comes after."""
        case = chance.choice(self.scene.all_cases())
        new = chance.choice([code for code in self.scene.grids if code != case.code])
        before = self._state()
        with clock.frozen(self._tick()):
            OpenCases().move([Moved(case.pk, case.code, (new,))], Moment(None, self.now.date(), None, self.now))
        self._check_changed(before)

    @rule(chance=CHANCE, many=st.integers(4, 12))
    def work_goes_on(self, chance: Random, many: int) -> None:
        """One case, so many moves in a row, some of them sent late."""
        key = self._choose_case(chance).pk
        for _number in range(many):
            late, case = chance.choice(LATE), Case.objects.get(pk=key)
            if not possible(case.status):
                break
            case, verb, fields, by = self._choose_move(chance, case)
            at = max(case.reported_at, self.now - timedelta(minutes=late)) if late else None
            self._make(case, verb, fields, by, at=at)

    @precondition(lambda self: len(self.pocket) < MOST_POCKETED)
    @rule(chance=CHANCE)
    def keep_in_pocket(self, chance: Random) -> None:
        chosen = self._choose_move(chance, self._choose_case(chance))
        self.pocket.append(Pocketed(*chosen, at=self._tick()))

    @precondition(lambda self: self.pocket)
    @rule(chance=CHANCE)
    def send_from_pocket(self, chance: Random) -> None:
        """In any order, some twice: what was done once is not done again."""
        one = chance.choice(self.pocket)
        was_done = one.is_done
        one.is_done |= self._make(one.case, one.verb, one.fields, one.by, at=one.at, seen=one.seen)
        assert not (was_done and Case.objects.get(pk=one.case.pk).version == one.seen)

    # -- how --------------------------------------------------------------------------------------------------------

    def _tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        self.scene.now = self.now
        return self.now

    @contextmanager
    def _as(self, by: Member) -> Iterator[None]:
        """A request of theirs: now, and within what the database shows them."""
        with clock.frozen(self._tick()), opened(reach_of(by)):
            yield

    def _choose_case(self, chance: Random) -> Case:
        """Seldom one that has ended for good."""
        cases = self.scene.all_cases()
        return chance.choice([one for one in cases if possible(one.status) or chance.random() < 0.1] or cases)

    def _choose_move(self, chance: Random, case: Case) -> tuple[Case, str, Fields, Member]:
        """A move that the table has from there, and somebody: mostly one who may, now and then anybody."""
        verbs = [move.verb for move in possible(case.status)] or sorted(KNOWN)
        often = [*verbs, *(6 * [one for one in verbs if one in COURSE])]
        load_beside(case)
        people = chance.sample(self.scene.everybody, len(self.scene.everybody))
        verb, by = chance.choice(often), people[0]
        if chance.random() < 0.9:
            for verb in chance.sample(often, min(len(often), 4)):
                found = next((one for one in people if may(one, f"cases.{verb}", case)), None)
                if found is not None:
                    by = found
                    break
        return case, verb, KNOWN[verb].give(self.scene, case, chance), by

    def _make(
        self, case: Case, verb: str, fields: Fields, by: Member, *, at: datetime | None, seen: int | None = None
    ) -> bool:
        """Make it; refused it leaves no trace, made it was theirs to make. Gives whether it was made."""
        before = self._state()
        handlers = set(Assignment.objects.filter(case=case).values_list("handler_id", flat=True))
        now = Case.objects.select_related("category").get(pk=case.pk)
        belongs = self._belongs(by, verb, now)
        try:
            with self._as(by):
                KNOWN[verb].action(case, **fields, by=by, now=at, seen=seen)
        except (Refused, NotPermitted, Case.DoesNotExist):
            assert self._state() == before
            return False
        assert seen is None or seen == now.version
        assert belongs, f"{verb} by {[post.role for post in by.posts]}"
        assert verb not in CHECKS or by.pk not in handlers
        self.made[verb] += 1
        self._check_changed(before)
        return True

    def _belongs(self, member: Member, verb: str, case: Case) -> bool:
        """Whether the trade lets them: by role, place and class, as a party, or because they reported it."""
        who = KNOWN[verb].who
        report = Report.objects.get(case=case)
        if (REPORTER in who and report.member_id == member.pk) or (SENDER in who and report.sender_id == member.pk):
            return True
        if ACTOR in who and Step.objects.filter(case=case, actor=member).exists():
            return True
        parts = list(Assignment.objects.filter(case=case))
        if "department_handler" in who and any(part.member_id == member.pk for part in parts):
            return True  # sent to them in person, wherever the case lies since
        return any(
            post.role in who
            and (not post.has_area or post.covers(case.code))
            and (not post.categories or post.takes(case.category_code or None))
            and (post.has_area or any(part.department_id in post.department_ids for part in parts))
            for post in member.posts
        )

    # -- what must hold -----------------------------------------------------------------------------------------------

    def _state(self) -> dict[UUID, tuple[int, int]]:
        """How far each case has come."""
        rows = Case.objects.annotate(many=Count("steps")).values_list("pk", "version", "many")
        return {key: (version, many) for key, version, many in rows}

    def _check_changed(self, before: dict[UUID, tuple[int, int]]) -> None:
        for key, state in self._state().items():
            if before.get(key) != state:
                self._check_case(key)

    def _check_case(self, key: UUID) -> None:
        kept, again = rebuilt(key, self.scene.by_key, calendars())
        check_agrees(kept, list(Stage.objects.filter(case=key)), list(Rating.objects.filter(case=key)))
        entries = docket.plan(kept, docket.lineages())
        check_docket(kept, entries)
        rows = DocketEntry.objects.filter(case=key)
        assert {(row.holder, row.holder_id, row.is_party, row.tray, row.due_at) for row in rows} == {
            (one.holder, one.holder_id, one.is_party, one.tray, one.due_at) for one in entries
        }
        assert shape(again) == shape(kept)
        check_reviewed(kept, list(Step.objects.filter(case=key).order_by("pk")))

    def _check_the_end(self) -> None:
        numbers = dict(Report.objects.values_list("pk", "case__number"))
        assert numbers == {key: number for key, (_draft, _by, number) in self.acknowledged.items()}
        assert Case.objects.count() == len(numbers) == len(set(numbers.values()))
        facts = FactRow.objects.filter(kind="case.moved", data__case_id__in=[str(key) for key in self._state()])
        moves = Step.objects.exclude(verb__in=["signal", "reschedule"])
        assert facts.count() >= moves.count()
        entries, ledger = recount()
        assert entries == ledger


QUICK = settings(
    max_examples=10,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
LONG = settings(QUICK, max_examples=600, stateful_step_count=60, derandomize=False, phases=list(Phase))


@pytest.fixture
def scene():
    with clock.frozen(MONDAY):
        Loop.scene = Scene()
    yield Loop.scene
    del Loop.scene


@pytest.mark.usefixtures("scene")
@pytest.mark.parametrize("profile", [QUICK, pytest.param(LONG, marks=pytest.mark.slow)], ids=["quick", "long"])
def test_whatever_happens_the_five_properties_hold(profile):
    run_state_machine_as_test(Loop, settings=profile)
