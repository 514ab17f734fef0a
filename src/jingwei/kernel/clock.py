"""The one place that asks what time it is, so that tests and the demo can say it themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.utils import timezone

_frozen: list[datetime] = []


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen[-1] if _frozen else datetime.now(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock of the whole process at `at`. For tests and for replaying a past."""
    _frozen.append(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.pop()


def local(at: datetime) -> datetime:
    """The same moment on the district's clock."""
    return timezone.localtime(at, timezone.get_default_timezone())
