"""What the screens say about time and telephones. Pure: `now` is given, words come out in the language in force."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from jingwei.kernel.public import clock

Counted = Mapping[str, Promise]  # by unit: minute, hour, day

MINUTE, HOUR, DAY = 60, 3600, 86400

LENGTH = {
    "minute": ngettext_lazy("%(count)d min", "%(count)d min", "count"),
    "hour": ngettext_lazy("%(count)d h", "%(count)d h", "count"),
    "day": ngettext_lazy("%(count)d day", "%(count)d days", "count"),
}
LEFT = {
    "minute": ngettext_lazy("%(count)d min left", "%(count)d min left", "count"),
    "hour": ngettext_lazy("%(count)d h left", "%(count)d h left", "count"),
    "day": ngettext_lazy("%(count)d day left", "%(count)d days left", "count"),
}
OVER = {
    "minute": ngettext_lazy("%(count)d min over", "%(count)d min over", "count"),
    "hour": ngettext_lazy("%(count)d h over", "%(count)d h over", "count"),
    "day": ngettext_lazy("%(count)d day over", "%(count)d days over", "count"),
}
LATE = {
    "minute": ngettext_lazy("%(count)d min late", "%(count)d min late", "count"),
    "hour": ngettext_lazy("%(count)d h late", "%(count)d h late", "count"),
    "day": ngettext_lazy("%(count)d day late", "%(count)d days late", "count"),
}
AGO = {"minute": ngettext_lazy("%(count)d min ago", "%(count)d min ago", "count")}

BY_DAY = {
    -1: gettext_lazy("by %(time)s yesterday"),
    0: gettext_lazy("by %(time)s today"),
    1: gettext_lazy("by %(time)s tomorrow"),
}
BY_WEEKDAY = gettext_lazy("by %(weekday)s %(time)s")
BY_DATE = gettext_lazy("by %(weekday)s %(day)s %(month)s %(time)s")
BY_YEAR = gettext_lazy("by %(day)s %(month)s %(year)s %(time)s")

ON_DAY = {
    -1: gettext_lazy("yesterday %(time)s"),
    0: gettext_lazy("today %(time)s"),
    1: gettext_lazy("tomorrow %(time)s"),
}
ON_WEEKDAY = gettext_lazy("%(weekday)s %(time)s")
ON_DATE = gettext_lazy("%(weekday)s %(day)s %(month)s %(time)s")
ON_YEAR = gettext_lazy("%(day)s %(month)s %(year)s")

WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)
MONTHS = (
    pgettext_lazy("month", "Jan"),
    pgettext_lazy("month", "Feb"),
    pgettext_lazy("month", "Mar"),
    pgettext_lazy("month", "Apr"),
    pgettext_lazy("month", "May"),
    pgettext_lazy("month", "Jun"),
    pgettext_lazy("month", "Jul"),
    pgettext_lazy("month", "Aug"),
    pgettext_lazy("month", "Sep"),
    pgettext_lazy("month", "Oct"),
    pgettext_lazy("month", "Nov"),
    pgettext_lazy("month", "Dec"),
)


def counted(forms: Counted, length: timedelta) -> str:
    """A length in its largest whole unit, rounded down; under a minute counts as one."""
    seconds = max(length.total_seconds(), MINUTE)
    unit, size = ("minute", MINUTE) if seconds < HOUR else ("hour", HOUR) if seconds < DAY else ("day", DAY)
    return str(forms[unit] % {"count": int(seconds // size)})


def left(due: datetime, now: datetime) -> str:
    """Until the limit, or past it: "49 min left", "2 h over"."""
    return counted(LEFT, due - now) if now < due else counted(OVER, now - due)


def late(due: datetime, done: datetime) -> str:
    """How something finished stood to its limit: "on time", "25 min late"."""
    return _("on time") if done <= due else counted(LATE, done - due)


def by_when(due: datetime, now: datetime) -> str:
    """A limit as a date: "by Wed 11:00"."""
    days, when = _days_and_names(due, now)
    form = BY_DAY.get(days) or (BY_WEEKDAY if 1 < days < 7 else BY_DATE if _in_year(due, now) else BY_YEAR)
    return str(form) % when


def day_or_time(due: datetime, now: datetime) -> str:
    """A limit in five characters for a narrow column: "11:31", "Wed", "12-01"."""
    days, when = _days_and_names(due, now)
    if days == 0:
        return str(when["time"])
    if -7 < days < 7:
        return str(when["weekday"])
    return str(when["month_day"] if abs(days) < 300 else when["year_month"])


def moment(value: datetime, now: datetime) -> str:
    """When something happened, seen from `now`: "7 min ago", "yesterday 18:00"."""
    ago = now - value
    if timedelta() <= ago < timedelta(minutes=1):
        return _("just now")
    if timedelta() <= ago < timedelta(hours=1):
        return counted(AGO, ago)
    days, when = _days_and_names(value, now)
    form = ON_DAY.get(days) or (ON_WEEKDAY if -7 < days < 7 else ON_DATE if _in_year(value, now) else ON_YEAR)
    return str(form) % when


def clock_time(value: datetime) -> str:
    """The hour and minute where the district is: "11:31"."""
    return f"{clock.local(value):%H:%M}"


def exact(value: datetime) -> str:
    """To the minute, the same in every language: "2026-11-24 10:35"."""
    return f"{clock.local(value):%Y-%m-%d %H:%M}"


def phone_masked(number: str) -> str:
    """What a list may show of a telephone number: "138 **** 2046"."""
    digits = "".join(character for character in number if character.isdigit())
    if len(digits) == 11:
        return f"{digits[:3]} **** {digits[-4:]}"
    return f"**** {digits[-4:]}" if len(digits) > 6 else "****"


def _days_and_names(value: datetime, now: datetime) -> tuple[int, dict[str, str | Promise]]:
    """Calendar days from `now` to `value`, both where the district is, and the parts of `value` as words."""
    there, here = clock.local(value), clock.local(now)
    return (there.date() - here.date()).days, {
        "time": f"{there:%H:%M}",
        "weekday": WEEKDAYS[there.weekday()],
        "day": str(there.day),
        "month": MONTHS[there.month - 1],
        "year": str(there.year),
        "month_day": f"{there:%m-%d}",
        "year_month": f"{there:%y-%m}",
    }


def _in_year(value: datetime, now: datetime) -> bool:
    return clock.local(value).year == clock.local(now).year
