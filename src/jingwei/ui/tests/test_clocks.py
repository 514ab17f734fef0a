from datetime import timedelta

import pytest

from jingwei.ui import clocks


@pytest.mark.parametrize(
    ("due", "signal", "icon"),
    [
        ("11:43", "ok", "clock"),
        ("11:42", "near", "clock"),
        ("10:43", "near", "clock"),
        ("10:42", "overdue", "clock-exclamation"),
        ("09:00", "overdue", "clock-exclamation"),
    ],
)
def test_the_signal_of_a_running_clock(english, at, due, signal, icon):
    shown = clocks.read(at(time=due), at())

    assert (shown.signal, shown.icon) == (signal, icon)


def test_a_long_limit_is_near_from_four_fifths_on(english, at):
    started = at("2026-11-20", "10:42")

    assert clocks.read(at("2026-11-25", "10:42"), at(), started=started).signal == "near"
    assert clocks.read(at("2026-11-26", "10:42"), at(), started=started).signal == "ok"


def test_a_running_clock_says_what_is_left_and_by_when(english, at):
    shown = clocks.read(at(time="11:31"), at(), started=at(time="09:31"))

    assert (shown.head, shown.brief, shown.by, shown.day) == ("49 min left", "49 min", "by 11:31 today", "11:31")
    assert shown.used == 60


def test_an_overdue_clock_is_full(english, at):
    assert clocks.read(at(time="10:00"), at()).used == 100


def test_a_provisional_limit_says_so(chinese, at):
    assert clocks.read(at("2027-01-05", "09:00"), at(), is_provisional=True).by == "2027 年 1 月 5 日 09:00 前（暂定）"


def test_a_paused_clock_gives_no_alarm_even_past_its_limit(english, at):
    shown = clocks.read(at(time="09:00"), at(), is_paused=True)

    assert (shown.signal, shown.head) == ("paused", "paused")


def test_what_was_done_is_judged_by_when_it_was_done(english, at):
    due = at(time="10:00")

    assert clocks.read(due, at(), done=due).signal == "done"
    late = clocks.read(due, at(), done=due + timedelta(minutes=25))
    assert (late.signal, late.head) == ("overdue", "25 min late")


def test_without_a_limit_nothing_is_promised(english, at):
    shown = clocks.read(None, at())

    assert (shown.signal, shown.head, shown.by, shown.used) == ("none", "no time limit", "", 0)


@pytest.mark.parametrize(
    ("time", "used"), [("08:00", 0), ("09:31", 0), ("09:33", 0), ("09:35", 5), ("10:31", 50), ("12:00", 100)]
)
def test_the_share_used_comes_in_steps_of_five_within_bounds(at, time, used):
    assert clocks.used_percent(at(time="09:31"), at(time="11:31"), at(time=time)) == used
