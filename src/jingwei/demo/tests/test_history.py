from collections import Counter
from datetime import UTC, datetime, timedelta

from jingwei.cases import public as cases
from jingwei.cases.public import STAGE_LIMITS
from jingwei.demo.present import SLOTS, Present, squeeze
from jingwei.demo.rhythm import latest_start
from jingwei.kernel.public import clock, default_calendar, due_at

TUESDAY = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)  # 10:42 in Shanghai
SUNDAY = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)  # early on Sunday morning there
ENDS = {"check", "rate", "solve", "reject", "withdraw"}


def last(planned):
    return planned.steps[-1].verb if planned.steps else "report"


def test_the_same_moment_has_the_same_past(historian):
    assert list(historian.past(TUESDAY, 20)) == list(historian.past(TUESDAY, 20))


def test_a_day_is_the_same_from_wherever_it_is_looked_back_at(historian):
    day = clock.local(TUESDAY).date() - timedelta(days=12)
    then = {one.id: one for one in historian.day(day, TUESDAY)}
    later = {one.id: one for one in historian.day(day, TUESDAY + timedelta(days=3))}

    assert then.keys() == later.keys()
    assert all(later[key].steps[: len(one.steps)] == one.steps for key, one in then.items())


def test_half_a_year_has_about_six_thousand_cases_and_most_are_over(historian):
    past = list(historian.past(TUESDAY))
    over = sum(last(one) in ENDS for one in past)

    assert 5500 <= len(past) <= 6500
    assert over > 0.95 * len(past)


def test_nothing_happens_before_the_report_or_after_now(historian):
    for one in historian.past(TUESDAY, 40):
        times = [one.opening.at, *(step.at for step in one.steps)]
        assert times == sorted(times)
        assert times[-1] < TUESDAY


def test_most_are_handled_in_time_and_every_turn_of_a_case_occurs(historian):
    past = list(historian.past(TUESDAY, 90))
    in_time = []
    for one in past:
        handled = next((step.at for step in one.steps if step.verb == "handle"), None)
        if handled:
            limit = one.opening.condition.limit
            in_time.append(handled <= due_at(limit, one.opening.at, default_calendar()).at)
    verbs = Counter(step.verb for one in past for step in one.steps)

    assert 0.8 < sum(in_time) / len(in_time) < 0.95
    assert set(verbs) == ENDS | {
        "file",
        "dispatch",
        "report_in",
        "handle",
        "escalate",
        "send_down",
        "recall",
        "return",
        "rework",
        "reopen",
        "submit",
    }


def test_nobody_checks_what_they_handled(historian):
    for one in historian.past(TUESDAY, 60):
        handlers = {step.by for step in one.steps if step.verb == "handle"}
        checkers = {step.by for step in one.steps if step.verb in {"check", "rework"}}
        assert not handlers & checkers


def test_workers_end_on_the_spot_what_they_may_and_nothing_larger(historian):
    solved = [one for one in historian.past(TUESDAY, 90) if last(one) == "solve"]
    levels = {one.opening.condition.category.level for one in solved}

    assert len(solved) > 100
    assert levels <= cases.ENDS[cases.Level.GRID]


def test_the_present_is_the_same_at_the_same_moment_and_has_every_slot(historian):
    cases = list(Present(historian).cases(TUESDAY))

    assert cases == list(Present(historian).cases(TUESDAY))
    assert Counter(last(one) for one in cases) == Counter(slot.stop for slot in SLOTS for _one in range(slot.count))


def test_the_present_has_fresh_near_and_overdue_clocks_at_any_hour(historian):
    for now in (TUESDAY, SUNDAY):
        dues = [
            due_at(one.opening.condition.limit, one.opening.at, default_calendar()).at
            for one in Present(historian).cases(now)
            if last(one) == "report_in"
        ]
        assert sum(due < now for due in dues) >= 8
        assert sum(now <= due < now + timedelta(hours=1) for due in dues) >= 8
        assert sum(due > now + timedelta(hours=1) for due in dues) >= 10


def test_waiting_for_a_stage_is_overdue_where_it_is_meant_to_be(historian):
    reported = [one.opening.at for one in Present(historian).cases(SUNDAY) if last(one) == "report"]
    late = [at for at in reported if due_at(STAGE_LIMITS["file"], at, default_calendar()).at < SUNDAY]

    assert len(late) >= 4


def test_latest_start_finds_the_moment_a_limit_began():
    limit = STAGE_LIMITS["file"]
    start = latest_start(lambda at: due_at(limit, at, default_calendar()).at, TUESDAY, TUESDAY - timedelta(days=9))

    assert TUESDAY - timedelta(seconds=2) <= due_at(limit, start, default_calendar()).at <= TUESDAY


def test_squeezing_keeps_the_order_and_ends_where_it_should(historian):
    longest = max(historian.past(TUESDAY, 20), key=lambda one: len(one.steps))
    begins, ends = longest.opening.at, longest.opening.at + timedelta(minutes=30)

    squeezed = squeeze(list(longest.steps), begins, ends)

    assert [step.verb for step in squeezed] == [step.verb for step in longest.steps]
    assert squeezed == sorted(squeezed, key=lambda step: step.at)
    assert begins <= squeezed[0].at <= squeezed[-1].at == ends
