"""When signals are due: properties of the arithmetic, and of any course of a case with the clocks running."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.calendars.testing import storms
from jingwei.cases import moves
from jingwei.cases.life import Doing, Origin, begin
from jingwei.cases.models import Case, Category, Condition, Step
from jingwei.cases.moves.signalling import give_signals
from jingwei.cases.signals.kinds import OF_PROMISE
from jingwei.cases.signals.rules import default_rules, rule_faults
from jingwei.cases.signals.times import signals_of_promise, signals_to_come
from jingwei.cases.testing import MONDAY
from jingwei.cases.workflow import LEVELS
from jingwei.kernel.public import LimitKind, Refused, default_calendar, work_after, work_before, working_time_between
from jingwei.places.public import codes

GRID = codes.make(990101, 1, 1, 1)
KNOWN = storms(codes.make(990101), MONDAY.date(), {1: (1,)})
STARTS = st.timedeltas(timedelta(), timedelta(days=30)).map(lambda after: MONDAY + after)
LIMITS = st.tuples(st.sampled_from(LimitKind), st.integers(1, 40))
SECOND = timedelta(seconds=1)


def a_condition(kind, amount):
    category = Category(pk=1, code="0201", level="community", check_by="worker")
    return Condition(pk=1, category=category, number="01", limit_kind=kind, limit_amount=amount)


def a_life(condition, at):
    doing = Doing(7, at, at, KNOWN.as_of(0))
    life = begin(Origin(id=UUID(int=1), code=GRID, channel="test", digest=b"", words="Lamp is out"), doing)
    moves.file(life, doing, condition=condition, title="Lamp")
    return life


@given(STARTS, st.timedeltas(SECOND, timedelta(hours=200)))
@settings(max_examples=150, deadline=None)
def test_working_time_is_found_again_backwards_and_forwards(start, amount):
    calendar = default_calendar()
    end = work_after(start, amount, calendar)
    assert working_time_between(start, end, calendar) == amount
    assert working_time_between(work_before(end, amount, calendar), end, calendar) == amount
    assert work_before(end, amount, calendar) >= start


@given(STARTS, LIMITS)
@settings(max_examples=150, deadline=None)
def test_signals_of_any_promise_come_in_order_within_it_and_after(start, limit):
    case = a_life(a_condition(*limit), start).case
    half, most, due, over = [timed.at for timed in signals_of_promise(case, KNOWN.as_of(0))]
    assert start <= half <= most <= due == case.due_at < over


@given(STARTS, st.integers(1, 40))
@settings(max_examples=100, deadline=None)
def test_half_of_the_time_is_half_of_the_working_time(start, hours):
    case = a_life(a_condition("working_hours", hours), start).case
    half, _most, _due, over = [timed.at for timed in signals_of_promise(case, KNOWN.as_of(0))]
    calendar = KNOWN.as_of(0).place(GRID)
    assert abs(working_time_between(start, half, calendar) - timedelta(hours=hours / 2)) < SECOND
    assert abs(working_time_between(start, over, calendar) - timedelta(hours=hours * 1.5)) < SECOND


def test_half_of_urgent_hours_is_half_of_the_hours_of_any_night():
    night = MONDAY + timedelta(hours=13)
    case = a_life(a_condition("urgent_hours", 2), night).case
    assert signals_of_promise(case, KNOWN.as_of(0))[0].at == night + timedelta(hours=1)


MOVES = {
    "dispatch": {"department_id": 1},
    "report_in": {},
    "handle": {"words": "done"},
    "rework": {"words": "again"},
    "check": {"outcome": "solved"},
    "reopen": {"words": "dark"},
    "return": {"words": "no"},
    "raise": {"words": "slow"},
    "reschedule": {},
}
COURSE = st.lists(
    st.tuples(st.sampled_from([*MOVES, "wait"]), st.timedeltas(timedelta(minutes=1), timedelta(hours=60))), max_size=30
)


@given(LIMITS, COURSE)
@settings(max_examples=200, deadline=None)
def test_signals_come_once_in_order_and_never_before_their_time_whatever_happens(limit, course):
    life, at = a_life(a_condition(*limit), MONDAY), MONDAY
    for number, (verb, after) in enumerate(course):
        at += after
        doing = Doing(7, at, at, KNOWN.as_of(min(number // 5, 4)))
        give_signals(life, doing, default_rules())
        to_come = signals_to_come(life.case, life.stage, doing.calendars)
        assert all(timed.at > at for timed in to_come)
        if verb != "wait":
            try:
                moves.PERFORM[verb](life, doing, **MOVES[verb])
            except Refused:
                continue
        check_given(life)
        assert life.case.level in LEVELS


def check_given(life):
    """Of each promise a beginning of its signals, of each stage one at most; none before its time."""
    promise, stage = [], []
    for step in (row for row in life.fresh if isinstance(row, Step)):
        if step.verb == "reopen":
            promise = []
        if step.before != step.after:
            stage = []
        if step.verb != "signal":
            continue
        assert datetime.fromisoformat(step.detail["at"]) <= step.occurred_at
        kind = promise if step.detail["signal"] in OF_PROMISE else stage
        kind.append(step.detail["signal"])
        assert promise == list(OF_PROMISE[: len(promise)])
        assert len(stage) <= 1
    assert life.case.signalled == len(promise)


def test_the_rules_that_the_platform_comes_with_have_no_fault():
    assert list(rule_faults(default_rules(), ["0101"])) == []


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"signal": "never"}, 1),
        ({"level": "moon"}, 1),
        ({"urgency": "very"}, 1),
        ({"tell": ["everybody"]}, 1),
        ({"category_code": "99"}, 1),
        ({"tell": []}, 1),
        ({"makes_urgent": True}, 1),  # it is for emergencies
        ({"level": "district", "tell": ["above"]}, 1),
        ({"urgency": ""}, 2),  # hides the one behind it
    ],
)
def test_a_broken_rule_is_named(change, number):
    rules = default_rules()
    for name, value in change.items():
        setattr(rules[0], name, value)
    assert [rule.number for rule, _said in rule_faults(rules, ["0101"])] == [number]


def test_a_rule_that_raises_at_the_district_is_refused():
    rules = default_rules()[:1]
    rules[0].level, rules[0].raises, rules[0].tell, rules[0].urgency = "district", True, [], Case.Urgency.NORMAL
    assert len(list(rule_faults(rules, []))) == 1
