"""The clock of a case as a person reads it: how it stands, in which words, and how much of it is used. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jingwei.ui import words

NEAR = timedelta(hours=1)  # from here on it is shown as nearly out …
NEAR_USED = 80  # … and from this percentage


@dataclass(frozen=True)
class Clock:
    signal: str  # ok, near, overdue, paused, done or none: data-signal of components.css
    icon: str
    head: str  # "49 min left", "2 h over", "on time"
    brief: str  # the same for a narrow column: "49 min"
    by: str  # "by Wed 11:00", "" where nothing is promised
    day: str  # the same in five characters
    used: int  # percent of the limit, in steps of 5


def read(
    due: datetime | None,
    now: datetime,
    *,
    started: datetime | None = None,
    done: datetime | None = None,
    is_paused: bool = False,
    is_provisional: bool = False,
) -> Clock:
    """How a limit stands at `now`. `started` is only needed for the bar; a pause stops every signal."""
    if due is None:
        none = _("no time limit")
        return Clock("none", "clock", none, pgettext("clock", "none"), "", "", 0)
    by = words.by_when(due, now)
    if is_provisional:
        by = _("%(by_when)s, provisional") % {"by_when": by}
    day = words.day_or_time(due, now)
    used = used_percent(started, due, done or now)
    if done is not None:
        is_late = done > due
        head = words.late(due, done)
        icon = "clock-exclamation" if is_late else "check"
        return Clock("overdue" if is_late else "done", icon, head, head, by, day, used)
    if is_paused:
        paused = pgettext("clock", "paused")
        return Clock("paused", "clock-pause", paused, paused, by, day, used)
    if due <= now:
        head = words.left(due, now)
        return Clock("overdue", "clock-exclamation", head, head, by, day, 100)
    signal = "near" if due - now <= NEAR or used >= NEAR_USED else "ok"
    brief = words.counted(words.LENGTH, due - now)
    return Clock(signal, "clock", words.left(due, now), brief, by, day, used)


def used_percent(started: datetime | None, due: datetime, at: datetime) -> int:
    """The share of the limit gone by the wall clock, 0 to 100 in steps of 5; 0 where no start is given."""
    if started is None or due <= started:
        return 0
    share = (at - started) / (due - started)
    return min(100, max(0, round(share * 20) * 5))
