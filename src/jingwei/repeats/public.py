"""What other modules may use from here."""

from jingwei.repeats.actions import appeal_limit, examine, go_on, limit_sender, set_rules
from jingwei.repeats.facts import FlagsDecided, LimitChanged, ReportFlagged
from jingwei.repeats.models import Flag, Limit
from jingwei.repeats.rules import Rules

__all__ = [
    "Flag",
    "FlagsDecided",
    "Limit",
    "LimitChanged",
    "ReportFlagged",
    "Rules",
    "appeal_limit",
    "examine",
    "go_on",
    "limit_sender",
    "set_rules",
]
