"""Hours that change by weekday, season and shift: limits on them agree with counting minute by minute."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.kernel.calendar import DayKind, InForce, OwnDay, WorkingCalendar, Year, default_calendar
from jingwei.kernel.limits import Limit, LimitKind, count, due_at, working_time_between
from jingwei.kernel.schedule import OFFICE, Schedule, Season, Stretch

ZONE = ZoneInfo("Asia/Shanghai")
YEARS = default_calendar().years
QUARTER = timedelta(minutes=15)
NOTHING = timedelta()
DAY = timedelta(days=1)

MORNING, EVENING, NIGHT = Stretch(480, 960, "early"), Stretch(960, 1320, "late"), Stretch(1320, 1920, "night")
CREW = Schedule.round_the_clock(MORNING, EVENING, NIGHT)
HALL = Schedule(  # open on Saturday morning, closed on Monday; longer in summer
    (
        Season((1, 1), ((), *((Stretch(540, 720), Stretch(810, 1020)),) * 4, (Stretch(540, 720),), ())),
        Season((6, 1), ((), *((Stretch(480, 720), Stretch(900, 1140)),) * 4, (Stretch(480, 720),), ())),
    )
)
NIGHTS = Schedule((Season((1, 1), ((Stretch(1200, 1920),),) * 5 + ((),) * 2),))  # Monday to Friday, over midnight


@st.composite
def schedules(draw):
    """Weeks of up to two stretches a day in quarters of an hour, in one or two seasons."""

    def week():
        days = []
        for _ in range(7):
            cuts = sorted(draw(st.sets(st.integers(0, 95), min_size=0, max_size=4)))
            days.append(tuple(Stretch(a * 15, b * 15) for a, b in zip(cuts[::2], cuts[1::2], strict=False)))
        return tuple(days) if any(days) else OFFICE.seasons[0].week

    starts = draw(st.sampled_from([[(1, 1)], [(5, 1), (10, 1)]]))
    return Schedule(tuple(Season(begin, week()) for begin in starts), draw(st.booleans()))


@st.composite
def calendars(draw):
    schedule = st.one_of(st.sampled_from([OFFICE, CREW, HALL, NIGHTS]), schedules())
    later = draw(st.sampled_from([date(2026, 3, 16), date(2026, 10, 8)]))
    closed = draw(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.just(OwnDay("storm")), max_size=5))
    return WorkingCalendar(ZONE, YEARS, (InForce(date.min, draw(schedule)), InForce(later, draw(schedule))), closed)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(  # noqa: DTZ001 - the zone follows
    lambda wall: wall.replace(minute=wall.minute // 15 * 15, second=0, microsecond=0, tzinfo=ZONE)
)
quarters = st.integers(1, 160)


def at(words):
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


def is_working(calendar, moment):
    day = calendar.day(moment.date())
    minute = moment.hour * 60 + moment.minute
    return any(one.begin <= minute < one.end for one in day.hours)


def due(calendar, kind, amount, start):
    return due_at(Limit(kind, amount), at(start), calendar).at.astimezone(ZONE)


def on(schedule, own=None):
    return WorkingCalendar(ZONE, YEARS, (InForce(date.min, schedule),), own or {})


@given(calendar=calendars(), start=moments, amount=quarters)
@settings(max_examples=150, deadline=None)
def test_working_hours_run_out_when_as_much_was_worked_on_any_schedule(calendar, start, amount):
    end = due_at(Limit(LimitKind.WORKING_HOURS, amount / 4), start, calendar).at
    moment, worked = start, 0
    while worked < amount:
        worked += is_working(calendar, moment)
        moment += QUARTER

    assert end == moment
    assert working_time_between(start, end, calendar) == amount * QUARTER


@given(calendar=calendars(), start=moments, length=st.integers(0, 2000))
@settings(max_examples=60, deadline=None)
def test_working_time_is_what_was_worked_on_any_schedule(calendar, start, length):
    end = start + length * QUARTER
    worked = sum(is_working(calendar, start + n * QUARTER) for n in range(length))

    assert working_time_between(start, end, calendar) == worked * QUARTER


@given(calendar=calendars(), start=moments, kind=st.sampled_from(LimitKind), amount=st.integers(1, 30))
@settings(max_examples=150, deadline=None)
def test_the_course_of_a_limit_adds_up_to_it_and_ends_when_it_is_due(calendar, start, kind, amount):
    limit = Limit(kind, amount)
    course = list(count(limit, start, calendar))
    unit = DAY if kind in {LimitKind.WORKING_DAYS, LimitKind.NATURAL_DAYS} else timedelta(hours=1)

    assert sum((one.counts for one in course), NOTHING) == amount * unit
    assert course[-1].end == due_at(limit, start, calendar).at
    assert course[-1].counts
    assert course[0].begin >= start
    assert all(one.begin < one.end for one in course)
    assert all(one.end <= following.begin for one, following in pairwise(course))
    # No day is passed over in silence: work that begins at midnight begins the stretch to the next day's midnight.
    told = sorted({date for one in course if one.day for date in (one.begin.date(), one.day.date)})
    assert all(day + DAY == following for day, following in pairwise(told))


@given(calendar=calendars(), start=moments, amount=st.integers(1, 20))
@settings(max_examples=150, deadline=None)
def test_working_days_end_while_somebody_works_after_so_many_days_of_work(calendar, start, amount):
    course = list(count(Limit(LimitKind.WORKING_DAYS, amount), start, calendar))

    assert is_working(calendar, course[-1].end)
    assert all(one.day.is_worked for one in course if one.counts)
    begun = next(place for place, one in enumerate(course) if one.counts)
    assert not any(one.day.is_worked for one in course[begun:] if not one.counts)


@given(calendar=calendars(), start=moments, kind=st.sampled_from(LimitKind), amount=st.integers(1, 12))
@settings(max_examples=80, deadline=None)
def test_a_longer_limit_is_never_due_earlier(calendar, start, kind, amount):
    shorter, longer = (due_at(Limit(kind, length), start, calendar).at for length in (amount, amount + 1))

    assert shorter <= longer  # both may end when work next begins


@given(calendar=calendars(), start=moments, amount=quarters, closed=st.dates(date(2026, 1, 1), date(2027, 1, 31)))
@settings(max_examples=80, deadline=None)
def test_one_more_day_off_never_brings_a_date_forward(calendar, start, amount, closed):
    limit = Limit(LimitKind.WORKING_HOURS, amount / 4)
    more = WorkingCalendar(ZONE, calendar.years, calendar.schedules, {**calendar.own, closed: OwnDay("storm")})

    assert due_at(limit, start, more).at >= due_at(limit, start, calendar).at


@given(schedules())
@settings(max_examples=80, deadline=None)
def test_a_schedule_is_read_as_it_was_written(schedule):
    assert Schedule.read(schedule.write()) == schedule


@pytest.mark.parametrize("schedule", [CREW, HALL, NIGHTS, OFFICE])
def test_known_schedules_are_read_as_they_were_written(schedule):
    assert Schedule.read(schedule.write()) == schedule


@pytest.mark.parametrize(
    ("schedule", "kind", "amount", "start", "end"),
    [
        (CREW, LimitKind.WORKING_HOURS, 4, "2026-10-01 22:30", "2026-10-02 02:30"),
        (CREW, LimitKind.WORKING_DAYS, 2, "2026-10-01 03:30", "2026-10-03 03:30"),
        (NIGHTS, LimitKind.WORKING_HOURS, 4, "2026-03-06 22:00", "2026-03-07 02:00"),  # Friday's crew, into Saturday
        (NIGHTS, LimitKind.WORKING_HOURS, 13, "2026-03-06 20:00", "2026-03-09 21:00"),
        (NIGHTS, LimitKind.WORKING_DAYS, 1, "2026-03-07 02:00", "2026-03-10 02:00"),  # Friday's night, then Monday's
        (HALL, LimitKind.WORKING_DAYS, 1, "2026-03-06 15:00", "2026-03-10 09:00"),  # Saturday ends at noon
        (HALL, LimitKind.WORKING_DAYS, 1, "2026-03-06 10:00", "2026-03-07 10:00"),
        (HALL, LimitKind.WORKING_HOURS, 1, "2026-05-30 11:30", "2026-06-02 08:30"),  # into the summer
    ],
)
def test_limits_on_shifts_and_uneven_weeks(schedule, kind, amount, start, end):
    assert due(on(schedule), kind, amount, start) == at(end)


def test_a_closed_day_counts_as_none_and_an_opened_one_as_worked():
    storm, saturday = date(2026, 3, 5), date(2026, 3, 7)
    calendar = on(OFFICE, {storm: OwnDay("storm"), saturday: OwnDay("fair", (Stretch(540, 720),))})

    assert calendar.day(storm).kind is DayKind.CLOSED
    assert calendar.day(saturday).kind is DayKind.OPENED
    assert due(calendar, LimitKind.WORKING_HOURS, 4, "2026-03-04 16:00") == at("2026-03-06 10:00")
    assert due(calendar, LimitKind.WORKING_DAYS, 1, "2026-03-06 10:00") == at("2026-03-07 10:00")


def test_a_crew_that_keeps_no_holidays_is_never_provisional():
    start = at("2030-02-01 10:00")

    assert not due_at(Limit(LimitKind.WORKING_DAYS, 3), start, on(CREW)).is_provisional
    assert due_at(Limit(LimitKind.WORKING_DAYS, 3), start, on(OFFICE)).is_provisional


def test_hours_hold_from_the_day_on_which_they_begin():
    shorter = Schedule.weekdays((time(9), time(12)))
    calendar = WorkingCalendar(ZONE, YEARS, (InForce(date.min, OFFICE), InForce(date(2026, 3, 9), shorter)))

    assert due(calendar, LimitKind.WORKING_HOURS, 4, "2026-03-06 16:00") == at("2026-03-09 11:00")
    assert calendar.schedule(date(2026, 3, 8)) is OFFICE


def test_a_make_up_day_has_the_hours_of_a_full_weekday():
    friday_short = Schedule((Season((1, 1), ((Stretch(480, 1080),),) * 4 + ((Stretch(480, 720),), (), ())),))

    assert on(friday_short).day(date(2026, 2, 14)).minutes == 600  # a Saturday worked for the Spring Festival


def test_a_holiday_and_a_make_up_day_are_told_by_name():
    assert (on(OFFICE).day(date(2026, 2, 15)).kind, on(OFFICE).day(date(2026, 2, 15)).name) == (
        DayKind.HOLIDAY,
        "spring_festival",
    )
    assert on(OFFICE).day(date(2026, 2, 14)).name == "spring_festival"


@pytest.mark.parametrize(
    ("week", "why"),
    [
        (((),) * 7, "nobody"),
        (((Stretch(480, 720),),) * 6, "seven"),
        (((Stretch(480, 720), Stretch(700, 800)),) * 7, "overlap"),
        (((Stretch(1320, 1920), Stretch(0, 60)),) * 7, "overlap"),
        (((Stretch(0, 60), Stretch(1320, 1560)),) * 7, "overlap"),
        (((Stretch(480, 2000),), *((),) * 6), "within a day"),
    ],
)
def test_hours_that_cannot_be_are_an_error(week, why):
    with pytest.raises(ValueError, match=why):
        Schedule((Season((1, 1), week),))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"seasons": 5},
        {"seasons": [{"begins": "02-30", "week": []}]},
        {"seasons": [{"begins": "02-29", "week": OFFICE.write()["seasons"][0]["week"]}]},
        {"seasons": [{"begins": "01-01", "week": [[["25:00", "26:00"]]] * 7}]},
    ],
)
def test_what_is_no_schedule_is_not_read(data):
    with pytest.raises(ValueError, match=r".+"):
        Schedule.read(data)


def test_a_calendar_on_which_nobody_works_is_an_error_and_no_endless_walk():
    always = {date(2026, 1, 1) + n * DAY: OwnDay("gone") for n in range(900)}

    with pytest.raises(ValueError, match="nobody works"):
        due(on(OFFICE, always), LimitKind.WORKING_HOURS, 1, "2026-01-05 10:00")


def test_days_of_an_announced_year_are_written_as_they_were_read():
    assert Year.read(2026, YEARS[2026].write()) == YEARS[2026]
