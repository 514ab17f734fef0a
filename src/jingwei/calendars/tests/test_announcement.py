"""The yearly notice, read and checked against what the years became."""

from datetime import date, timedelta

import pytest

from jingwei.calendars.announcement import from_days, keys_of, read_notice
from jingwei.calendars.testing import NOTICE_2027
from jingwei.calendars.tests.notices import NOTICES
from jingwei.kernel.public import WorkingCalendar, Year, default_calendar

NEW_YEAR = "元旦：1月1日（周五）至3日（周日）放假，共3天。"


def days_of(year):
    return [date(year, 1, 1) + timedelta(days=number) for number in range(365)]


@pytest.mark.parametrize("year", NOTICES)
def test_a_printed_notice_gives_the_year_as_it_became(year):
    read = read_notice(NOTICES[year])
    shipped = default_calendar()
    calendar = WorkingCalendar(shipped.zone, {year: Year(read.off, read.on)})

    assert (read.year, read.faults) == (year, ())
    assert [day for day in days_of(year) if calendar.is_working_day(day) != shipped.is_working_day(day)] == []
    assert {day: key for day, key in read.on.items() if shipped.day(day).name != key} == {}


def test_what_the_text_leaves_open_is_remarked_upon():
    assert read_notice(NOTICES[2026]).remarks == ()
    assert read_notice(NOTICES[2025]).remarks == ()  # the Mid-autumn Festival is one with the National Day
    assert any("does not say how many days" in said for said in read_notice(NOTICES[2024]).remarks)
    assert any("Tomb-sweeping Day" in said for said in read_notice(f"2027年部分节假日安排\n{NEW_YEAR}").remarks)


def test_a_notice_without_its_heading_needs_the_year_from_somebody():
    assert "which year" in read_notice(NEW_YEAR).faults[0]
    assert read_notice(NEW_YEAR, 2027).off.keys() == {date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)}


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("元旦：1月1日（周五）至3日（周日）放假，共4天。", "says 4 days, but names 3"),
        ("元旦：1月1日（周四）放假，共1天。", "says 1月1日（周四）"),
        ("元旦：1月1日放假，共1天。1月5日上班。", "no weekend day"),
        ("元旦：2月30日放假，共1天。", "no such day"),
        ("元旦：1月1日放假，共1天。清明节：1月1日放假，共1天。", "named twice"),
        ("元旦：2026年11月1日放假，共1天。", "not of the year 2027"),
        ("元旦：5日至3日放假。", "no such day"),
        ("元旦：1月5日至3日放假，共1天。", "is no holiday"),
        ("元旦：放假。", "has no days"),
        ("今年不放假。", "No holiday"),
    ],
)
def test_what_cannot_be_right_is_a_fault(words, fault):
    assert any(fault in said for said in read_notice(words, 2027).faults)


def test_the_notice_of_the_tests_is_without_fault():
    read = read_notice(NOTICE_2027)

    assert (read.year, read.faults, read.remarks) == (2027, (), ())
    assert len(read.off) == 27
    assert len(read.on) == 6


def test_days_of_a_file_are_checked_alike():
    assert from_days(2027, {date(2027, 1, 1): "new_year"}, {}).faults == ()
    assert from_days(2027, {date(2027, 1, 1): "new_year"}, {date(2027, 1, 4): "new_year"}).faults
    assert from_days(2027, {}, {}).faults


def test_names_of_holidays_are_known_in_both_languages():
    assert keys_of(["元旦", "Spring Festival", "qingming"]) == ["new_year", "spring_festival", "qingming"]
    with pytest.raises(KeyError):
        keys_of(["Christmas"])
