"""The explanation of a date comes from the same arithmetic as the date, and leaves no time untold."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.calendars.explained import explain
from jingwei.calendars.testing import CREW, MONDAY_MORNING, storms
from jingwei.kernel.public import InForce, Limit, LimitKind, WorkingCalendar, default_calendar, due_at
from jingwei.places.public import codes

STORMY = storms(codes.make(990101), MONDAY_MORNING.date(), [1])
PLAIN = default_calendar()
CALENDARS = [PLAIN, *(STORMY.as_of(edition).place(codes.make(990101)) for edition in range(5)),
             WorkingCalendar(PLAIN.zone, PLAIN.years, (InForce(MONDAY_MORNING.date(), CREW),))]  # fmt: skip
STARTS = st.datetimes(datetime(2026, 9, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001 - the zone follows
    lambda wall: wall.replace(second=0, microsecond=0, tzinfo=PLAIN.zone)
)


@given(st.sampled_from(LimitKind), st.integers(1, 30), STARTS, st.sampled_from(CALENDARS))
@settings(max_examples=200, deadline=None)
def test_an_explanation_ends_when_the_limit_is_due_and_tells_every_minute(kind, amount, start, calendar):
    limit = Limit(kind, amount)
    explanation = explain(limit, start, calendar)
    due = due_at(limit, start, calendar)

    assert (explanation.due_at, explanation.is_provisional) == (due.at, due.is_provisional)
    assert explanation.lines[0].begin == start
    assert all(line.begin < line.end for line in explanation.lines)
    assert all(line.end == following.begin for line, following in pairwise(explanation.lines))
    assert all(line.what for line in explanation.lines)


@pytest.mark.parametrize(
    ("kind", "amount", "start", "told"),
    [
        (LimitKind.WORKING_HOURS, 5, "2026-09-30 16:00",
         ["Working day", "After hours", *["Holiday: National Day"] * 7, "Before hours", "Working day"]),
        (LimitKind.WORKING_HOURS, 2, "2026-11-16 11:00", ["Working day", "Break", "Working day"]),
        (LimitKind.WORKING_HOURS, 1, "2026-10-10 19:00",
         ["After hours", "Day off", "Before hours", "Working day"]),
        (LimitKind.WORKING_DAYS, 1, "2026-10-09 10:00", ["Worked instead: National Day"]),
        (LimitKind.URGENT_HOURS, 2, "2026-10-01 23:00", ["Runs day and night"]),
        (LimitKind.NATURAL_DAYS, 3, "2026-10-01 23:00", ["Every day counts"]),
        (LimitKind.WORKING_HOURS, 1, "2027-01-04 09:00", ["Working day, as long as the year is not announced"]),
    ],
)  # fmt: skip
def test_each_stretch_says_what_it_is(kind, amount, start, told):
    moment = datetime.fromisoformat(start).replace(tzinfo=PLAIN.zone)

    assert [line.what for line in explain(Limit(kind, amount), moment, PLAIN).lines] == told


def test_shifts_are_told_by_name_and_the_sum_grows():
    lines = explain(Limit(LimitKind.WORKING_HOURS, 10), MONDAY_MORNING + timedelta(hours=6), CALENDARS[-1]).lines

    assert [(line.what, line.counts, line.total) for line in lines] == [
        ("Working day, 早班", "1 h", "1 h"),
        ("Working day, 中班", "8 h", "9 h"),
        ("Working day, 夜班", "1 h", "10 h"),
    ]
