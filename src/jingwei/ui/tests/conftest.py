"""What the tests of ui share."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def at():
    """A moment on the district's clock. The tests' "now" is Tuesday 24 November 2026, 10:42."""

    def moment(day: str = "2026-11-24", time: str = "10:42") -> datetime:
        return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=SHANGHAI)

    return moment
