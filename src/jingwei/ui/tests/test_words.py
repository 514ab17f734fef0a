from datetime import UTC, timedelta

import pytest

from jingwei.ui import words

LEFT = [
    ("10:42:30", "1 min left", "剩 1 分"),
    ("11:31", "49 min left", "剩 49 分"),
    ("11:41:59", "59 min left", "剩 59 分"),
    ("11:42", "1 h left", "剩 1 时"),
    ("13:41", "2 h left", "剩 2 时"),
    ("10:42", "1 min over", "超 1 分"),
    ("10:11", "31 min over", "超 31 分"),
    ("08:30", "2 h over", "超 2 时"),
]

BY_WHEN = [
    ("2026-11-23", "18:00", "by 18:00 yesterday", "昨天 18:00 前"),
    ("2026-11-24", "15:40", "by 15:40 today", "今天 15:40 前"),
    ("2026-11-25", "00:00", "by 00:00 tomorrow", "明天 00:00 前"),
    ("2026-11-26", "11:00", "by Thu 11:00", "周四 11:00 前"),
    ("2026-11-30", "23:59", "by Mon 23:59", "周一 23:59 前"),
    ("2026-12-01", "09:50", "by Tue 1 Dec 09:50", "12 月 1 日 周二 09:50 前"),
    ("2026-11-22", "09:50", "by Sun 22 Nov 09:50", "11 月 22 日 周日 09:50 前"),
    ("2027-01-15", "09:50", "by 15 Jan 2027 09:50", "2027 年 1 月 15 日 09:50 前"),
]

MOMENTS = [
    ("2026-11-24", "10:41:01", "just now", "刚刚"),
    ("2026-11-24", "10:41:00", "1 min ago", "1 分钟前"),
    ("2026-11-24", "10:35", "7 min ago", "7 分钟前"),
    ("2026-11-24", "09:42", "today 09:42", "今天 09:42"),
    ("2026-11-24", "10:50", "today 10:50", "今天 10:50"),
    ("2026-11-23", "23:59", "yesterday 23:59", "昨天 23:59"),
    ("2026-11-25", "08:00", "tomorrow 08:00", "明天 08:00"),
    ("2026-11-18", "08:12", "Wed 08:12", "周三 08:12"),
    ("2026-11-17", "08:12", "Tue 17 Nov 08:12", "11 月 17 日 周二 08:12"),
    ("2025-11-24", "08:12", "24 Nov 2025", "2025 年 11 月 24 日"),
]


@pytest.mark.parametrize(("time", "said"), [(time, said) for time, said, _zh in LEFT])
def test_what_is_left_in_english(english, at, time, said):
    assert words.left(at(time=time), at()) == said


@pytest.mark.parametrize(("time", "said"), [(time, said) for time, _en, said in LEFT])
def test_what_is_left_in_chinese(chinese, at, time, said):
    assert words.left(at(time=time), at()) == said


@pytest.mark.parametrize(("day", "time", "said"), [(day, time, said) for day, time, said, _zh in BY_WHEN])
def test_a_limit_as_a_date_in_english(english, at, day, time, said):
    assert words.by_when(at(day, time), at()) == said


@pytest.mark.parametrize(("day", "time", "said"), [(day, time, said) for day, time, _en, said in BY_WHEN])
def test_a_limit_as_a_date_in_chinese(chinese, at, day, time, said):
    assert words.by_when(at(day, time), at()) == said


@pytest.mark.parametrize(("day", "time", "said"), [(day, time, said) for day, time, said, _zh in MOMENTS])
def test_a_moment_in_english(english, at, day, time, said):
    assert words.moment(at(day, time), at()) == said


@pytest.mark.parametrize(("day", "time", "said"), [(day, time, said) for day, time, _en, said in MOMENTS])
def test_a_moment_in_chinese(chinese, at, day, time, said):
    assert words.moment(at(day, time), at()) == said


def test_days_are_counted_with_their_plural(english, at):
    assert words.left(at("2026-11-25", "10:42"), at()) == "1 day left"
    assert words.left(at("2026-11-29", "10:42"), at()) == "5 days left"


def test_the_day_is_that_of_the_district_whatever_the_zone_of_the_value(english, at):
    due = at("2026-11-25", "00:30").astimezone(UTC)

    assert words.by_when(due, at().astimezone(UTC)) == "by 00:30 tomorrow"
    assert words.clock_time(due) == "00:30"
    assert words.exact(due) == "2026-11-25 00:30"


def test_done_in_time_and_late(english, at):
    assert words.late(at(), at()) == "on time"
    assert words.late(at(), at() + timedelta(minutes=25)) == "25 min late"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-24", "11:31"),
        ("2026-11-25", "Wed"),
        ("2026-11-18", "Wed"),
        ("2026-12-01", "12-01"),
        ("2027-12-01", "27-12"),
    ],
)
def test_a_limit_in_a_narrow_column(english, at, day, said):
    assert words.day_or_time(at(day, "11:31"), at()) == said


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800002046", "138 **** 2046"),
        ("138 0000 2046", "138 **** 2046"),
        ("02788886666", "027 **** 6666"),
        ("+86 138 0000 2046", "**** 2046"),
        ("88886666", "**** 6666"),
        ("110", "****"),
        ("", "****"),
    ],
)
def test_a_telephone_number_is_masked(number, shown):
    assert words.phone_masked(number) == shown
