"""Working time and due times, checked against the announced years and against counting minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.kernel.calendar import WorkingCalendar, default_calendar
from jingwei.kernel.limits import Limit, LimitKind, due_at, working_time_between

CHINA = default_calendar()
QUARTER = timedelta(minutes=15)

moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 30)).map(  # noqa: DTZ001 - the zone follows
    lambda wall: wall.replace(minute=wall.minute // 15 * 15, second=0, microsecond=0, tzinfo=CHINA.zone)
)
hours = st.integers(1, 160).map(lambda quarters: quarters / 4)


def at(words: str) -> datetime:
    """ "2026-09-30 10:00" on the district's clock."""
    return datetime.fromisoformat(words).replace(tzinfo=CHINA.zone)


def due(kind: LimitKind, amount: float, start: str, calendar: WorkingCalendar = CHINA) -> datetime:
    return due_at(Limit(kind, amount), at(start), calendar).at


def is_working(moment: datetime) -> bool:
    return CHINA.is_working_day(moment.date()) and any(
        begin <= moment.time() < end for begin, end in ((time(8), time(12)), (time(14), time(18)))
    )


@pytest.mark.parametrize(("year", "days"), [(2004, 252), (2020, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_year_has_as_many_working_days_as_were_announced(year, days):
    first, end = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()

    assert sum(CHINA.is_working_day(date.fromordinal(n)) for n in range(first, end)) == days
    assert CHINA.minutes_in(year) == days * 8 * 60


def test_working_days_leave_out_holidays_and_count_days_worked_instead():
    assert not CHINA.is_working_day(date(2026, 10, 1))
    assert CHINA.is_working_day(date(2026, 10, 10))
    assert due(LimitKind.WORKING_DAYS, 5, "2026-09-30 10:00") == at("2026-10-13 10:00")


@pytest.mark.parametrize(
    ("kind", "amount", "start", "end"),
    [
        (LimitKind.URGENT_HOURS, 2, "2026-10-01 23:30", "2026-10-02 01:30"),
        (LimitKind.URGENT_HOURS, 0.5, "2026-03-04 11:50", "2026-03-04 12:20"),
        (LimitKind.NATURAL_DAYS, 3, "2026-09-30 23:00", "2026-10-03 23:00"),
        (LimitKind.WORKING_HOURS, 2, "2026-03-04 11:00", "2026-03-04 15:00"),
        (LimitKind.WORKING_HOURS, 1, "2026-03-04 11:00", "2026-03-04 12:00"),
        (LimitKind.WORKING_HOURS, 4, "2026-03-06 16:00", "2026-03-09 10:00"),
        (LimitKind.WORKING_HOURS, 8, "2026-03-06 20:00", "2026-03-09 18:00"),
        (LimitKind.WORKING_HOURS, 40, "2026-03-07 09:00", "2026-03-13 18:00"),
        (LimitKind.WORKING_HOURS, 0.5, "2026-03-04 12:00", "2026-03-04 14:30"),
        (LimitKind.WORKING_DAYS, 1, "2026-03-04 18:00", "2026-03-06 08:00"),
        (LimitKind.WORKING_DAYS, 1, "2026-03-04 12:00", "2026-03-05 14:00"),
        (LimitKind.WORKING_DAYS, 2, "2026-03-06 09:30", "2026-03-10 09:30"),
        (LimitKind.WORKING_DAYS, 1, "2026-03-07 09:30", "2026-03-10 08:00"),
    ],
)
def test_limit_runs_out(kind, amount, start, end):
    assert due(kind, amount, start) == at(end)


def test_limit_counts_on_the_clock_of_its_own_place():
    boston = WorkingCalendar(zone=ZoneInfo("America/New_York"))
    eve_of_summer_time = datetime(2015, 3, 7, 10, tzinfo=boston.zone)

    assert due_at(Limit(LimitKind.NATURAL_DAYS, 1), eve_of_summer_time, boston).at == datetime(
        2015, 3, 8, 10, tzinfo=boston.zone
    )


@pytest.mark.parametrize(
    ("kind", "amount", "start", "is_provisional"),
    [
        (LimitKind.WORKING_DAYS, 2, "2026-12-29 10:00", False),
        (LimitKind.WORKING_DAYS, 3, "2026-12-29 10:00", True),
        (LimitKind.WORKING_HOURS, 1, "2027-03-01 10:00", True),
        (LimitKind.NATURAL_DAYS, 30, "2026-12-30 10:00", False),
        (LimitKind.URGENT_HOURS, 48, "2026-12-31 10:00", False),
    ],
)
def test_limit_through_a_year_not_announced_is_provisional(kind, amount, start, is_provisional):
    assert due_at(Limit(kind, amount), at(start), CHINA).is_provisional is is_provisional


@pytest.mark.parametrize(
    ("kind", "amount"), [(LimitKind.WORKING_DAYS, 1.5), (LimitKind.NATURAL_DAYS, 0.5), (LimitKind.URGENT_HOURS, 0)]
)
def test_limit_that_means_nothing_is_an_error(kind, amount):
    with pytest.raises(ValueError, match="limit"):
        Limit(kind, amount)


@given(start=moments, amount=hours)
@settings(max_examples=60, deadline=None)
def test_working_hours_run_out_when_as_much_was_worked_quarter_by_quarter(start, amount):
    end = due_at(Limit(LimitKind.WORKING_HOURS, amount), start, CHINA).at
    moment, worked = start, timedelta()
    while worked < timedelta(hours=amount):
        worked += QUARTER * is_working(moment)
        moment += QUARTER

    assert end == moment


@given(start=moments, length=st.integers(0, 3000))
@settings(max_examples=60, deadline=None)
def test_working_time_is_what_was_worked_quarter_by_quarter(start, length):
    end = start + length * QUARTER
    worked = sum((QUARTER for n in range(length) if is_working(start + n * QUARTER)), timedelta())

    assert working_time_between(start, end, CHINA) == worked
    assert working_time_between(end, start, CHINA) == -worked


@given(start=moments, amount=st.integers(1, 40))
def test_working_days_run_out_in_working_time_of_the_right_day(start, amount):
    end = due_at(Limit(LimitKind.WORKING_DAYS, amount), start, CHINA).at

    assert is_working(end.astimezone(CHINA.zone))
    assert working_time_between(start, end, CHINA) == amount * timedelta(hours=8)


def test_times_are_in_utc():
    assert due(LimitKind.WORKING_HOURS, 1, "2026-03-04 09:00").tzinfo is UTC
