"""The promise and the stage clocks inside it, hour by hour."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.cases.limits import STAGE_LIMITS, STAGE_OF, promised, stage_due
from jingwei.cases.workflow import OPEN
from jingwei.kernel.public import Limit, LimitKind, default_calendar

NINE = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # Monday in Shanghai
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
HOUR = timedelta(hours=1)


def due(stage, start=NINE, promise=None):
    return stage_due(stage, start, promise, default_calendar())


def test_every_open_state_has_its_stage_and_every_stage_but_handling_its_limit():
    assert set(STAGE_OF) == OPEN
    assert set(STAGE_OF.values()) - set(STAGE_LIMITS) == {"handle"}


@pytest.mark.parametrize("stage", ["file", "dispatch", "accept"])
def test_desk_work_has_a_working_hour(stage):
    assert due(stage).at == NINE + HOUR
    assert due(stage, NINE + 2.5 * HOUR).at == NINE + 5.5 * HOUR  # half an hour before lunch, half an hour after it


def test_the_check_has_a_working_day_even_beyond_the_promise():
    assert due("check", NINE, promise=NINE + HOUR).at == NINE + timedelta(days=1)


@pytest.mark.parametrize("stage", ["file", "dispatch", "accept"])
def test_a_stage_ends_with_a_promise_that_is_earlier(stage):
    assert due(stage, NINE, promise=NINE + HOUR / 2).at == NINE + HOUR / 2


@pytest.mark.parametrize("stage", ["file", "dispatch", "accept", "handle"])
def test_a_stage_that_begins_after_the_promise_is_due_at_once(stage):
    assert due(stage, NINE, promise=NINE - HOUR).at == NINE


def test_handling_has_what_is_left_of_the_promise():
    assert due("handle", NINE, promise=NINE + 30 * HOUR).at == NINE + 30 * HOUR


def test_a_stage_that_ends_in_a_year_not_announced_is_provisional():
    new_years_eve = datetime(2026, 12, 31, 9, 59, tzinfo=UTC)  # a minute before the day's work is over
    assert due("accept", new_years_eve).is_provisional
    assert not due("accept").is_provisional


def test_a_promise_counts_in_the_time_of_its_kind():
    friday = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)  # 16:00 in Shanghai
    limits = [
        (LimitKind.URGENT_HOURS, 4),
        (LimitKind.WORKING_HOURS, 4),
        (LimitKind.WORKING_DAYS, 1),
        (LimitKind.NATURAL_DAYS, 1),
    ]
    dues = [promised(Limit(*limit), friday, default_calendar()).at for limit in limits]
    assert dues == [
        friday + 4 * HOUR,
        datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
        datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
        friday + timedelta(days=1),
    ]


@given(st.sampled_from(sorted(set(STAGE_OF.values()))), MOMENTS, st.none() | MOMENTS)
def test_no_stage_is_due_before_it_begins_nor_after_a_promise_that_still_runs(stage, start, promise):
    at = due(stage, start, promise).at
    assert at >= start
    if promise is not None and stage != "check":
        assert at <= max(promise, start)
