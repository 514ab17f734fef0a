"""Builders of calendars for tests."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from jingwei.calendars import current
from jingwei.calendars.announcement import Announcement, from_days
from jingwei.calendars.book import Book, Calendars, Office
from jingwei.calendars.models import OfficeHours, OwnDays
from jingwei.kernel.public import Schedule, Stretch

DAY = timedelta(days=1)
MONDAY_MORNING = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)

NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历腊月二十九、周五）至11日（农历正月初六、周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
"""Made up: the real notice for 2027 comes in the autumn before."""
CREW = Schedule.round_the_clock(Stretch(0, 480, "夜班"), Stretch(480, 960, "早班"), Stretch(960, 1440, "中班"))


def a_year(year: int = 2027, *off: date) -> Announcement:
    """A year with New Year's Day and these days off."""
    return from_days(year, {date(year, 1, 1): "new_year", **dict.fromkeys(off, "spring_festival")}, {})


def days_from(first: date, count: int) -> list[date]:
    return [first + number * DAY for number in range(count)]


def storms(code: int, day: date, departments: Iterable[int]) -> Calendars:
    """The calendars of an area through four editions: a closed day, shorter hours, more closed days, those taken back.

    The departments serve the area and keep its hours. Without a database.
    """
    closed: dict[str, Any] = {"code": code, "department": None, "hours": [], "reason": "storm"}
    narrow = Schedule.weekdays((time(9), time(11)))
    book = Book(
        4,
        hours=[OfficeHours(since_id=2, code=code, begins_on=day, schedule=narrow.write())],
        days=[
            OwnDays(since_id=1, first_on=day, last_on=day, **closed),
            OwnDays(since_id=3, until_id=4, first_on=day + DAY, last_on=day + 3 * DAY, **closed),
        ],
        offices={key: Office(None, code) for key in departments},
    )
    return Calendars.of(book)


def forget_calendars() -> None:
    """What changed them was taken back: they are read again."""
    current.shelf.forget()


@pytest.fixture
def settled_calendars(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The copy is there and stays: whoever counts queries sees none for it."""
    monkeypatch.setattr(current, "CHECK_EVERY", float("inf"))
    current.calendars()
