"""The clock, held and let go."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from jingwei.kernel import clock


def test_clock_is_held_and_let_go():
    dawn, noon = datetime(2026, 3, 1, 6, tzinfo=UTC), datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    with clock.frozen(dawn):
        with clock.frozen(noon):
            assert clock.now() == datetime(2026, 3, 1, 4, tzinfo=UTC)
        assert clock.now() == dawn

    assert datetime.now(UTC) - clock.now() < timedelta(seconds=5)
    assert clock.now().tzinfo is UTC


def test_moment_is_the_same_on_the_districts_clock(settings):
    settings.TIME_ZONE = "Asia/Shanghai"

    assert clock.local(datetime(2026, 3, 1, 22, tzinfo=UTC)).isoformat() == "2026-03-02T06:00:00+08:00"
