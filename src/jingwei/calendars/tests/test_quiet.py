"""Quiet hours: when a message may go out, and who sets them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.calendars.configured import Quiet
from jingwei.calendars.public import QuietHours, quiet_hours, set_quiet_hours
from jingwei.kernel.public import NotPermitted, clock
from jingwei.people.testing import a_member

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 16, 14, 30, tzinfo=UTC)  # 22:30 in Shanghai
TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_message_of_the_evening_waits_until_seven():
    assert QuietHours().may_go_out(EVENING) == datetime(2026, 11, 16, 23, 0, tzinfo=UTC)


def test_a_message_after_midnight_waits_until_the_same_morning():
    assert QuietHours().may_go_out(EVENING + timedelta(hours=4)) == datetime(2026, 11, 16, 23, 0, tzinfo=UTC)


def test_a_message_of_the_day_goes_out_at_once():
    noon = EVENING - timedelta(hours=10)
    assert QuietHours().may_go_out(noon) == noon


def test_an_emergency_never_waits():
    assert QuietHours().may_go_out(EVENING, is_emergency=True) == EVENING


@given(MOMENTS, TIMES, TIMES)
def test_whatever_the_hours_a_message_goes_out_within_a_day_and_never_in_them(at, begins, ends):
    hours = QuietHours(begins, ends)
    out = hours.may_go_out(at)
    assert at <= out <= at + timedelta(days=1)
    assert not hours.is_quiet(out)
    assert out == at or clock.local(out).time() == ends


def test_until_somebody_sets_others_they_are_from_nine_to_seven():
    assert quiet_hours() == QuietHours(time(21), time(7))


def test_set_hours_hold_and_are_set_again():
    set_quiet_hours(time(22), time(6), by=None)
    set_quiet_hours(time(23), time(6, 30), by=None)
    assert quiet_hours() == QuietHours(time(23), time(6, 30))


def test_who_does_not_set_up_calendars_sets_no_quiet_hours():
    with pytest.raises(NotPermitted):
        set_quiet_hours(time(22), time(6), by=a_member())


def test_the_file_is_read_as_it_was_written_and_says_what_is_wrong():
    part = Quiet()
    (row,) = part.rows()
    assert not part.faults([row])
    assert part.faults([{**row, "begins": "9 pm"}])
    assert part.faults([row, row])
    part.adopt([{**row, "begins": "20:00"}], by=None, now=EVENING)
    assert quiet_hours().begins == time(20)
    (effect,) = part.trial([row], date(2026, 11, 16)).effects
    assert (effect.now, effect.then) == ("20:00", "21:00")
