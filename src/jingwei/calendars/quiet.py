"""Quiet hours: the part of the day in which messages wait. What is an emergency never waits. No database here."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from jingwei.kernel.public import clock

DAY = timedelta(days=1)


@dataclass(frozen=True)
class QuietHours:
    """From `begins` until `ends`, over midnight where they end earlier than they begin; none where both are the same.

    Both are times of the district's clock.
    """

    begins: time = time(21)
    ends: time = time(7)

    def is_quiet(self, at: datetime) -> bool:
        now = clock.local(at).time()
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends

    def may_go_out(self, at: datetime, *, is_emergency: bool = False) -> datetime:
        """When a message that is ready at `at` may go out: at once, or when the quiet hours end."""
        if is_emergency or not self.is_quiet(at):
            return at
        local = clock.local(at)
        end = local.replace(hour=self.ends.hour, minute=self.ends.minute, second=0, microsecond=0)
        return (end if end > local else end + DAY).astimezone(at.tzinfo)
