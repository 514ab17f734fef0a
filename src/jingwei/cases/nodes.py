"""Icon and colour of each move in the trail of a case."""

from collections.abc import Mapping
from types import MappingProxyType

NODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "report": ("device-mobile", "reported"),
        "file": ("file-check", "filed"),
        "solve": ("circle-check", "closed"),
        "reject": ("ban", "rejected"),
        "withdraw": ("arrow-back-up", "withdrawn"),
        "escalate": ("stairs-up", "suspended"),
        "send_down": ("stairs-down", "filed"),
        "raise": ("arrow-bar-to-up", "suspended"),
        "signal": ("bell-ringing", "overdue"),
        "dispatch": ("send", "dispatched"),
        "change_assistant": ("users", "dispatched"),
        "join": ("user-check", "in_hand"),
        "finish": ("clipboard-check", "handled"),
        "decline": ("arrow-back-up", "suspended"),
        "ask_extension": ("calendar-event", "suspended"),
        "extend": ("calendar-event", "filed"),
        "refuse_extension": ("circle-x", "overdue"),
        "recall": ("arrow-back-up", "withdrawn"),
        "pass_on": ("arrow-right", "dispatched"),
        "report_in": ("user-check", "in_hand"),
        "return": ("arrow-back-up", "suspended"),
        "handle": ("clipboard-check", "handled"),
        "check": ("circle-check", "closed"),
        "rework": ("circle-x", "overdue"),
        "rate": ("star", "closed"),
        "reopen": ("refresh", "filed"),
        "call_back": ("phone-call", "closed"),
        "review": ("users-group", "closed"),
        "inspect": ("search", "closed"),
        "urge": ("bell-ringing", "overdue"),
        "supervise": ("eye", "overdue"),
        "reply": ("message", "in_hand"),
        "rezone": ("map-2", "reported"),
        "reschedule": ("calendar-event", "filed"),
    }
)
