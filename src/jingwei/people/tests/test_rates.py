from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.kernel.public import Refused
from jingwei.people.models import RateCounter
from jingwei.people.rates import KEPT, Allowance, BackOff, forget_old, refuse_for

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
THREE_AN_HOUR = Allowance("test", 3, HOUR)
GUESSES = BackOff("test", free=2, first=MINUTE, longest=4 * MINUTE)
AT_ONCE = timedelta(0)

pytestmark = pytest.mark.django_db


def test_an_allowance_gives_its_number_and_then_says_how_long_to_wait():
    waits = [THREE_AN_HOUR.take("li", NOON + n * MINUTE) for n in range(5)]

    assert waits == [AT_ONCE, AT_ONCE, AT_ONCE, 57 * MINUTE, 56 * MINUTE]


def test_an_allowance_begins_anew_when_its_window_is_over():
    for n in range(4):
        THREE_AN_HOUR.take("li", NOON + n * MINUTE)

    waits = [THREE_AN_HOUR.take("li", NOON + HOUR + n * MINUTE) for n in range(4)]

    assert waits == [AT_ONCE, AT_ONCE, AT_ONCE, 57 * MINUTE]


def test_a_try_that_is_given_back_can_be_taken_again():
    for _ in range(3):
        THREE_AN_HOUR.take("li", NOON)
    THREE_AN_HOUR.give_back("li")

    assert [THREE_AN_HOUR.take("li", NOON) for _ in range(2)] == [AT_ONCE, HOUR]


def test_what_was_not_taken_cannot_be_given_back():
    THREE_AN_HOUR.take("li", NOON)
    THREE_AN_HOUR.give_back("li")
    THREE_AN_HOUR.give_back("li")
    THREE_AN_HOUR.give_back("wang")

    assert [THREE_AN_HOUR.take("li", NOON) for _ in range(4)] == [AT_ONCE, AT_ONCE, AT_ONCE, HOUR]


def test_subjects_and_scopes_are_counted_apart():
    for _ in range(3):
        THREE_AN_HOUR.take("li", NOON)

    assert THREE_AN_HOUR.take("wang", NOON) == AT_ONCE
    assert Allowance("other", 3, HOUR).take("li", NOON) == AT_ONCE
    assert THREE_AN_HOUR.take("li", NOON) > AT_ONCE


def test_no_subject_is_kept_as_it_is():
    THREE_AN_HOUR.take("13900000000", NOON)

    assert "139" not in RateCounter.objects.get().subject


def test_require_refuses_with_the_time_to_wait():
    for _ in range(3):
        THREE_AN_HOUR.require("li", NOON)

    with pytest.raises(Refused, match="Try again in 60 minutes"):
        THREE_AN_HOUR.require("li", NOON)


def test_back_off_doubles_up_to_its_longest():
    at, waits = NOON, []
    for _ in range(7):
        wait = GUESSES.take("li", at)
        if wait:
            waits.append(wait)
            at += wait
            assert GUESSES.take("li", at) == AT_ONCE

    assert waits == [MINUTE, 2 * MINUTE, 4 * MINUTE, 4 * MINUTE, 4 * MINUTE]


def test_a_try_that_had_to_wait_does_not_lengthen_the_wait():
    GUESSES.take("li", NOON)
    GUESSES.take("li", NOON)

    assert [GUESSES.take("li", NOON) for _ in range(3)] == [MINUTE, MINUTE, MINUTE]


def test_a_success_clears_and_so_does_a_quiet_day():
    for _ in range(2):
        GUESSES.take("li", NOON)
        GUESSES.take("wang", NOON)
    GUESSES.clear("li")

    assert GUESSES.take("li", NOON) == AT_ONCE
    assert [GUESSES.take("wang", NOON + KEPT) for _ in range(3)] == [AT_ONCE, AT_ONCE, MINUTE]


def test_back_off_refuses_with_the_time_to_wait():
    GUESSES.require("li", NOON)
    GUESSES.require("li", NOON)

    with pytest.raises(Refused, match=r"Try again in 1 minute\."):
        GUESSES.require("li", NOON)


@given(st.integers(0, 10_000))
def test_the_pause_never_shrinks_and_never_passes_its_longest(count):
    assert GUESSES.pause(count) <= GUESSES.pause(count + 1) <= GUESSES.longest


@pytest.mark.parametrize(("seconds", "said"), [(0.5, "1 minute."), (60, "1 minute."), (60.5, "2 minutes")])
def test_waits_are_said_in_whole_minutes_rounded_up(seconds, said):
    with pytest.raises(Refused, match=said):
        refuse_for(timedelta(seconds=seconds))


def test_counters_of_yesterday_are_forgotten():
    THREE_AN_HOUR.take("li", NOON)
    THREE_AN_HOUR.take("wang", NOON + HOUR)

    assert forget_old(NOON + KEPT) == 1
    assert RateCounter.objects.get().latest_at == NOON + HOUR
