"""Calendars are changed by editions: what was known stays known, and who works where keeps their own hours."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.db.transaction import atomic

from jingwei.calendars.actions import announce_year, set_days, set_hours, supposed, withdraw_days
from jingwei.calendars.announcement import read_notice
from jingwei.calendars.current import calendars
from jingwei.calendars.models import AnnouncedYear, OfficeHours, OwnDays
from jingwei.calendars.testing import CREW, NOTICE_2027, a_year
from jingwei.kernel.public import DayKind, FactRow, NotPermitted, Refused, Schedule, Stretch, clock
from jingwei.people.public import create_department
from jingwei.people.testing import a_holder, the_cast
from jingwei.places.public import Level, ancestor, codes

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
SPRING = date(2027, 2, 8)
SHORT = Schedule.weekdays((time(9), time(12)))


@pytest.fixture(autouse=True)
def november():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def district(cast):
    return ancestor(cast.grid, Level.DISTRICT)


@pytest.fixture
def administrator(district):
    return a_holder("administrator", district, name="Xu Ming")


def hours_on(calendar, day):
    return [(one.begin // 60, one.end // 60) for one in calendar.day(day).hours]


def test_an_announced_year_is_firm_and_known_from_its_edition_on(cast, administrator):
    before = calendars()
    announce_year(read_notice(NOTICE_2027), source="国办发明电〔2026〕7号", by=administrator)
    known = calendars()

    assert known.place(cast.grid).day(SPRING).kind is DayKind.HOLIDAY
    assert not known.place(cast.grid).day(SPRING).is_provisional
    assert known.as_of(before.edition).place(cast.grid).day(SPRING).is_provisional
    assert before.place(cast.grid).day(SPRING).kind is DayKind.WORKDAY
    fact = FactRow.objects.get(kind="calendars.changed")
    assert fact.data == {"edition_id": known.edition, "what": "year", "department_id": None}


def test_a_year_announced_anew_replaces_what_was_known(administrator, cast):
    announce_year(a_year(2027, SPRING), by=administrator)
    announce_year(a_year(2027, date(2027, 2, 9)), by=administrator)

    place = calendars().place(cast.grid)
    assert [place.is_working_day(day) for day in (SPRING, date(2027, 2, 9))] == [True, False]
    assert AnnouncedYear.objects.filter(until=None).count() == 1


def test_days_of_the_december_before_come_with_the_new_year(administrator, cast):
    announce_year(read_notice("元旦：2026年12月31日至2027年1月3日放假调休，共4天。", 2027), by=administrator)

    assert not calendars().place(cast.grid).is_working_day(date(2026, 12, 31))
    assert calendars().place(cast.grid).day(date(2026, 10, 1)).kind is DayKind.HOLIDAY


def test_the_same_again_and_faults_are_refused(administrator):
    announce_year(a_year(), by=administrator)
    with pytest.raises(Refused, match="just so already"):
        announce_year(a_year(), by=administrator)
    with pytest.raises(Refused, match="No holiday"):
        announce_year(read_notice("nothing", 2027), by=administrator)


def test_the_nearest_office_that_has_hours_of_its_own_says_them(cast, district, administrator):
    street = cast.department.code
    team = create_department(name="Night crew", code=street, parent=cast.department, by=None)
    set_hours(("a", district), SHORT, begins_on=MONDAY, by=administrator)
    assert hours_on(calendars().department(team.pk, street), MONDAY) == [(9, 12)]

    set_hours(("d", cast.department.pk), CREW, begins_on=date(2026, 11, 25), by=administrator)
    known = calendars()
    assert hours_on(known.department(team.pk, street), date(2026, 11, 24)) == [(9, 12)]
    assert hours_on(known.department(team.pk, street), date(2026, 11, 28)) == [(0, 8), (8, 16), (16, 24)]
    assert hours_on(known.place(cast.grid), date(2026, 11, 25)) == [(9, 12)]


def test_an_office_may_go_back_to_the_hours_of_its_area(cast, district, administrator):
    holder = ("d", cast.department.pk)
    set_hours(("a", district), SHORT, begins_on=MONDAY, by=administrator)
    set_hours(holder, CREW, begins_on=MONDAY, by=administrator)
    set_hours(holder, None, begins_on=date(2026, 11, 30), by=administrator)

    calendar = calendars().department(cast.department.pk, cast.grid)
    assert len(hours_on(calendar, date(2026, 11, 29))) == 3
    assert hours_on(calendar, date(2026, 11, 30)) == [(9, 12)]


def test_hours_keep_their_history_and_holidays_do_not_wait_for_them(cast, district, administrator):
    set_hours(("a", district), SHORT, begins_on=MONDAY, by=administrator)
    before = calendars().edition
    set_hours(("a", district), CREW, begins_on=MONDAY, by=administrator)
    announce_year(a_year(2027, SPRING), by=administrator)

    kept = calendars().keeping_hours_of(before).place(cast.grid)
    assert hours_on(kept, MONDAY) == [(9, 12)]
    assert kept.day(SPRING).kind is DayKind.HOLIDAY
    assert OfficeHours.objects.filter(until=None).count() == 1


def test_a_crew_keeps_no_closing_of_its_area_but_its_own(cast, district, administrator):
    crew = ("d", cast.department.pk)
    set_hours(crew, CREW, begins_on=MONDAY, by=administrator)
    set_days(("a", district), MONDAY, MONDAY, reason="Typhoon", by=administrator)
    assert calendars().place(cast.grid).day(MONDAY).kind is DayKind.CLOSED
    assert calendars().department(cast.department.pk, cast.grid).is_working_day(MONDAY)

    set_days(crew, MONDAY, MONDAY, reason="The yard is flooded", by=administrator)
    assert calendars().department(cast.department.pk, cast.grid).day(MONDAY).name == "The yard is flooded"


def test_days_taken_back_are_ordinary_again_and_were_not_before(cast, district, administrator):
    row = set_days(("a", district), MONDAY, MONDAY, reason="Typhoon", hours=(Stretch(600, 720),), by=administrator)
    known = calendars()
    assert known.place(cast.grid).day(MONDAY).kind is DayKind.OPENED
    withdraw_days(row, by=administrator)

    assert calendars().place(cast.grid).day(MONDAY).kind is DayKind.WORKDAY
    assert calendars().as_of(known.edition).place(cast.grid).day(MONDAY).kind is DayKind.OPENED
    with pytest.raises(Refused, match="already"):
        withdraw_days(row, by=administrator)


@pytest.mark.parametrize(
    ("first", "last", "reason", "why"),
    [
        (MONDAY, MONDAY, " ", "Say why"),
        (MONDAY, date(2026, 11, 22), "storm", "before the first"),
        (MONDAY, date(2027, 3, 1), "storm", "At most 60 days"),
        (date(2026, 10, 1), MONDAY, "storm", "too long ago"),
        (date(2026, 11, 26), date(2026, 11, 27), "storm", "entered already"),
    ],
)
def test_days_that_make_no_sense_are_refused(district, administrator, first, last, reason, why):
    set_days(("a", district), date(2026, 11, 27), date(2026, 11, 28), reason="fair", by=administrator)
    with pytest.raises(Refused, match=why):
        set_days(("a", district), first, last, reason=reason, by=administrator)


def test_hours_of_days_that_are_over_stand(district, administrator):
    with pytest.raises(Refused, match="today or later"):
        set_hours(("a", district), SHORT, begins_on=date(2026, 11, 20), by=administrator)


def test_a_grid_has_no_hours_of_its_own(cast, administrator):
    with pytest.raises(Refused, match="district, a street"):
        set_hours(("a", cast.grid), SHORT, begins_on=MONDAY, by=administrator)
    with pytest.raises(Refused, match="no such department"):
        set_hours(("d", 0), SHORT, begins_on=MONDAY, by=administrator)


def test_only_the_administrator_of_the_place_changes_calendars(cast, district):
    elsewhere = a_holder("administrator", codes.make(990199))
    for member in (cast.dispatcher, elsewhere):
        with pytest.raises(NotPermitted):
            set_hours(("a", district), SHORT, begins_on=MONDAY, by=member)
        with pytest.raises(NotPermitted):
            set_days(("a", district), MONDAY, MONDAY, reason="storm", by=member)
    with pytest.raises(NotPermitted):
        announce_year(a_year(), by=cast.dispatcher)


def test_what_is_supposed_is_not_written(cast, district):
    row = OwnDays(code=district, first_on=MONDAY, last_on=MONDAY, reason="storm")
    book = supposed(row)

    assert calendars().place(cast.grid).day(MONDAY).kind is DayKind.WORKDAY
    assert type(calendars()).of(book).place(cast.grid).day(MONDAY).kind is DayKind.CLOSED
    assert not OwnDays.objects.exists()


def test_the_calendars_are_at_hand_without_a_query(cast, settled_calendars, django_assert_num_queries):
    with django_assert_num_queries(0):
        calendars().place(cast.grid).day(MONDAY)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_trace():
    cast = the_cast()
    with atomic():
        set_days(("a", ancestor(cast.grid, Level.DISTRICT)), MONDAY, MONDAY, reason="storm", by=None)
        assert not calendars().place(cast.grid).is_working_day(MONDAY)
        connection.set_rollback(True)

    assert calendars().place(cast.grid).is_working_day(MONDAY)
