"""The quiet hours in force: read, and set by the administrator."""

from datetime import datetime, time

from django.db.transaction import atomic

from jingwei.calendars.facts import QuietHoursSet
from jingwei.calendars.models import QuietHoursSetting
from jingwei.calendars.quiet import QuietHours
from jingwei.kernel.public import publish, require
from jingwei.people.public import Member


def quiet_hours() -> QuietHours:
    """Those of the district: one query. Until somebody has set others, 21:00 to 7:00."""
    found = QuietHoursSetting.objects.first()
    return QuietHours(found.begins, found.ends) if found else QuietHours()


@atomic
def set_quiet_hours(begins: time, ends: time, *, by: Member | None, now: datetime | None = None) -> QuietHours:
    """Other quiet hours from now on. The same twice is one setting; `by` is None where nobody signed in does it."""
    if by is not None:
        require(by, "calendars.set_quiet", QuietHoursSetting())
    hours = QuietHours(begins, ends)
    if hours != quiet_hours():
        QuietHoursSetting.objects.update_or_create(pk=1, defaults={"begins": begins, "ends": ends})
        publish(QuietHoursSet(), by=by, at=now)
    return hours
