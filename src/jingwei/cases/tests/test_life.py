"""What must hold for any sequence of permitted moves: properties of the machine, without a database."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.calendars.testing import storms
from jingwei.cases import docket, moves
from jingwei.cases.errands import ANSWER_LIMITS, CALLED
from jingwei.cases.life import Doing, Life, Origin, begin
from jingwei.cases.limits import MOST_REOPENINGS
from jingwei.cases.models import Category, Condition, Rating, Stage, Step
from jingwei.cases.moves.appealing import ABOUT, VERDICTS
from jingwei.cases.testing import MONDAY, replayed, shape
from jingwei.cases.tests.properties import check_agrees, check_docket, check_reviewed
from jingwei.cases.workflow import BUILT, LEVELS, LIVE, MOVES, SUSPENSIONS, WORKED_ON, Status, check_move, possible
from jingwei.kernel.public import Refused
from jingwei.places.public import codes

GRID = codes.make(990101, 1, 1, 1)
PARTIES = {1: (1,), 2: (2, 1), 3: (3,)}
WORDS = "because"


def a_condition(level, number):
    category = Category(pk=LEVELS.index(level) + 1, code=f"010{LEVELS.index(level)}", level=level, check_by="worker")
    return Condition(pk=number, category=category, number="01", limit_kind="working_hours", limit_amount=number)


KEYS = [f"d{key}" for key in PARTIES]
UNTIL = st.integers(0, 40).map(lambda days: (MONDAY + timedelta(days=days)).isoformat())
HELPERS = st.lists(st.sampled_from(KEYS), max_size=2)
CONDITIONS = {number: a_condition(level, number) for number, level in enumerate(LEVELS, start=1)}
OTHER = str(UUID(int=9))
ASKED = {
    "file": st.fixed_dictionaries({"condition": st.sampled_from(list(CONDITIONS.values())), "title": st.just("Lamp")}),
    "solve": st.fixed_dictionaries(
        {
            "condition": st.sampled_from(list(CONDITIONS.values())),
            "title": st.just("Lamp"),
            "words": st.just(WORDS),
            "is_drawn": st.booleans(),
        }
    ),
    "reject": st.fixed_dictionaries({"reason": st.just("not_here"), "words": st.just(WORDS)}),
    "send_down": st.fixed_dictionaries({"level": st.sampled_from(LEVELS), "words": st.just(WORDS)}),
    "reschedule": st.just({}),
    "ask_extension": st.fixed_dictionaries({"until": UNTIL, "words": st.just(WORDS)}),
    "extend": st.fixed_dictionaries({"until": UNTIL}),
    **dict.fromkeys(
        ("ask_suspension", "suspend"),
        st.fixed_dictionaries({"reason": st.sampled_from(SUSPENSIONS), "until": UNTIL, "words": st.just(WORDS)}),
    ),
    "keep_suspended": st.fixed_dictionaries({"until": UNTIL, "words": st.just(WORDS)}),
    "signal": st.just({}),
    "dispatch": st.fixed_dictionaries({"department_id": st.sampled_from(sorted(PARTIES)), "assistants": HELPERS}),
    "whistle": st.fixed_dictionaries(
        {"department_id": st.sampled_from(sorted(PARTIES)), "assistants": HELPERS, "words": st.just(WORDS)}
    ),
    "change_assistant": st.fixed_dictionaries({"add": HELPERS, "release": HELPERS, "words": st.just(WORDS)}),
    **dict.fromkeys(
        ("join", "finish", "decline"), st.fixed_dictionaries({"party": st.sampled_from(KEYS), "words": st.just(WORDS)})
    ),
    "alarm": st.fixed_dictionaries(
        {
            "condition": st.sampled_from([None, *CONDITIONS.values()]),
            "title": st.just("Lamp"),
            "member_id": st.integers(0, 2),
        }
    ),
    "answer_alarm": st.fixed_dictionaries({"member_id": st.integers(0, 2)}),
    "pass_on": st.fixed_dictionaries({"department_id": st.sampled_from(sorted(PARTIES)), "words": st.just(WORDS)}),
    "check": st.fixed_dictionaries({"outcome": st.sampled_from(["solved", "referred"])}),
    "rate": st.fixed_dictionaries({"grade": st.integers(1, 5)}),
    "rezone": st.fixed_dictionaries({"code": st.sampled_from([GRID, GRID + 1000, GRID + 1001])}),
    "call_back": st.fixed_dictionaries({"result": st.sampled_from(CALLED), "words": st.just(WORDS)}),
    "inspect": st.fixed_dictionaries({"result": st.sampled_from(["passed", "failed"]), "words": st.just(WORDS)}),
    "appeal": st.fixed_dictionaries(
        {
            "about": st.sampled_from(ABOUT),
            "nth": st.integers(1, 2),
            "level": st.sampled_from(["street", "district"]),
            "words": st.just(WORDS),
        }
    ),
    "decide": st.fixed_dictionaries(
        {
            "about": st.sampled_from(ABOUT),
            "nth": st.integers(1, 2),
            "verdict": st.sampled_from(VERDICTS),
            "words": st.just(WORDS),
            "is_promise": st.booleans(),
        }
    ),
    "merge": st.just({"into": OTHER}),
    "absorb": st.just({"merged": OTHER}),
    "let_go": st.just({"merged": OTHER}),
    "group": st.just({"count": 2}),
    "into_group": st.just({"into": OTHER}),
    "follow": st.fixed_dictionaries(
        {"condition": st.sampled_from(list(CONDITIONS.values())), "outcome": st.just("solved")}
    ),
    "supervise": st.fixed_dictionaries({"limit": st.sampled_from(list(ANSWER_LIMITS)), "words": st.just(WORDS)}),
    "reopen": st.fixed_dictionaries({"words": st.just(WORDS), "level": st.sampled_from(["", *LEVELS])}),
}
VERBS = st.sampled_from([verb for verb in BUILT if verb != "report"])
MADE = st.lists(
    VERBS.flatmap(lambda verb: st.tuples(st.just(verb), ASKED.get(verb, st.just({"words": WORDS})))), max_size=25
)


KNOWN = storms(codes.make(990101), MONDAY.date(), PARTIES)


def doing(minutes, by=7, edition=0):
    at = MONDAY + timedelta(minutes=minutes)
    return Doing(by, at, at, KNOWN.as_of(edition))


def a_life():
    return begin(Origin(id=UUID(int=1), code=GRID, channel="test", digest=b"", words="Lamp is out"), doing(0))


def live(wanted):
    """A life through the moves of `wanted` that the rules allow; the others must leave no trace."""
    life = a_life()
    for number, (verb, fields) in enumerate(wanted, start=1):
        before = (life.case.status, life.case.level, life.case.version, len(life.fresh), len(life.assignments))
        try:
            dates = (life.case.due_at, life.stage and life.stage.due_at)
            moves.PERFORM[verb](life, doing(number * 7, by=number % 3, edition=min(number // 3, 4)), **fields)
            if verb == "reschedule":
                check_rescheduled(life, *dates)
        except Refused:
            assert before == (
                life.case.status, life.case.level, life.case.version, len(life.fresh), len(life.assignments)
            )  # fmt: skip
        check_invariants(life)
    return life


def check_rescheduled(life, promise, stage_due):
    """No date comes earlier, one moves at least or becomes certain, and what was decided stands."""
    assert promise is None or life.case.due_at >= promise
    assert life.case.handled_at is None or life.case.due_at == promise
    assert stage_due is None or life.stage.due_at >= stage_due
    with pytest.raises(Refused):
        moves.PERFORM["reschedule"](life, doing(0, edition=life.fresh[-1].detail.get("calendar", 0)))


def check_alarm(life: Life) -> None:
    """An alarm is on only while somebody is called or leads, as an emergency, and its answer has a clock of its own."""
    case = life.case
    is_called = case.alarm_at is not None and case.status == Status.DISPATCHED
    assert (life.stage is not None and life.stage.name == "alarm") == is_called
    assert case.alarm_at is None or (case.status in WORKED_ON and case.urgency == "emergency")


def check_invariants(life: Life) -> None:
    check_alarm(life)
    stages = [row for row in life.fresh if isinstance(row, Stage)]
    check_agrees(life, stages, [row for row in life.fresh if isinstance(row, Rating)])
    check_reviewed(life, [row for row in life.fresh if isinstance(row, Step)])


@given(MADE)
@settings(max_examples=300, deadline=None)
def test_any_moves_leave_case_parties_and_clock_in_states_that_agree(wanted):
    live(wanted)


@given(MADE)
@settings(max_examples=150, deadline=None)
def test_the_steps_rebuild_case_and_assignments_exactly(wanted):
    life = live(wanted)
    again = replayed(life, CONDITIONS, KNOWN)
    assert shape(again) == shape(life)


@given(MADE)
@settings(max_examples=150, deadline=None)
def test_the_docket_holds_each_open_case_once_a_holder_and_no_closed_one(wanted):
    life = live(wanted)
    check_docket(life, docket.plan(life, PARTIES))


@given(MADE, MADE)
@settings(max_examples=100, deadline=None)
def test_count_changes_are_the_difference_of_two_plans(first, second):
    before, after = docket.plan(live(first), PARTIES), docket.plan(live(second), PARTIES)
    sums = Counter(entry.count_key for entry in before)
    for *key, amount in docket.count_changes(before, after):
        sums[tuple(key)] += amount
    assert +sums == Counter(entry.count_key for entry in after)


@pytest.mark.parametrize("status", [*Status])
@pytest.mark.parametrize("verb", [*MOVES])
def test_a_move_outside_the_table_is_refused_with_what_is_possible(status, verb):
    open_moves = {move.verb: move for move in possible(status)}
    if verb in open_moves:
        assert check_move(verb, status) == open_moves[verb]
        return
    if not MOVES[verb].is_offered and status in MOVES[verb].before:
        assert check_move(verb, status) == MOVES[verb]
        return
    with pytest.raises(Refused) as refused:
        check_move(verb, status)
    for move in open_moves.values():
        assert str(move.label) in refused.value.message


def test_every_built_move_has_its_function_and_no_other():
    assert set(moves.PERFORM) == set(BUILT) - {"report"}


def test_a_case_is_reopened_twice_at_most():
    life = a_life()
    number = 0

    def go(verb, **fields):
        nonlocal number
        number += 1
        moves.PERFORM[verb](life, doing(number), **fields)

    go("solve", condition=CONDITIONS[1], title="Lamp", words=WORDS)
    for _ in range(MOST_REOPENINGS):
        go("reopen", words=WORDS)
        go("solve", words=WORDS)
    with pytest.raises(Refused):
        go("reopen", words=WORDS)


def test_steps_carry_keys_and_no_words():
    life = a_life()
    moves.file(life, doing(1), condition=CONDITIONS[3], title="Lamp", words="Mrs Li says it is dark")
    moves.dispatch(life, doing(2), department_id=1, words="Please call Mrs Li")
    steps = [row for row in life.fresh if isinstance(row, Step)]
    assert not any("Li" in str(step.detail) for step in steps)
    assert all(status in LIVE or status for status in [part.status for part in life.assignments])
