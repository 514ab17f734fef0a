"""What other modules may use of calendars."""

from jingwei.calendars.actions import announce_year, set_days, set_hours, withdraw_days
from jingwei.calendars.announcement import HOLIDAYS
from jingwei.calendars.book import Calendars, Holder
from jingwei.calendars.crews import crew_of
from jingwei.calendars.current import calendars
from jingwei.calendars.explained import Explanation, Line, explain
from jingwei.calendars.facts import CalendarsChanged, QuietHoursSet
from jingwei.calendars.hush import quiet_hours, set_quiet_hours
from jingwei.calendars.impact import Example, Impact, register_impact
from jingwei.calendars.quiet import QuietHours
from jingwei.calendars.words import days_off

__all__ = [
    "HOLIDAYS",
    "Calendars",
    "CalendarsChanged",
    "Example",
    "Explanation",
    "Holder",
    "Impact",
    "Line",
    "QuietHours",
    "QuietHoursSet",
    "announce_year",
    "calendars",
    "crew_of",
    "days_off",
    "explain",
    "quiet_hours",
    "register_impact",
    "set_days",
    "set_hours",
    "set_quiet_hours",
    "withdraw_days",
]
