"""How the states of a case and of its parts look: one icon, one word, one colour. A screen never shows colour alone."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class State(NamedTuple):
    icon: str
    word: Promise
    colour: str  # the data-state of components.css


STATES = {
    "reported": State("circle-dashed", pgettext_lazy("case", "Reported"), "reported"),
    "filed": State("file-check", pgettext_lazy("case", "Filed"), "filed"),
    "dispatched": State("send", pgettext_lazy("case", "Dispatched"), "dispatched"),
    "in_hand": State("tool", pgettext_lazy("case", "In hand"), "in_hand"),
    "handled": State("clipboard-check", pgettext_lazy("case", "Handled"), "handled"),
    "closed": State("circle-check", pgettext_lazy("case", "Closed"), "closed"),
    "rejected": State("ban", pgettext_lazy("case", "Not filed"), "rejected"),
    "merged": State("git-merge", pgettext_lazy("case", "Merged"), "merged"),
    "withdrawn": State("arrow-back-up", pgettext_lazy("case", "Withdrawn"), "withdrawn"),
    "suspended": State("player-pause", pgettext_lazy("case", "Suspended"), "suspended"),
    "overdue": State("alert-triangle", pgettext_lazy("case", "Overdue"), "overdue"),
    "emergency": State("urgent", pgettext_lazy("case", "Emergency"), "emergency"),
    "sent": State("send", pgettext_lazy("assignment", "Awaiting reply"), "dispatched"),
    "accepted": State("tool", pgettext_lazy("assignment", "In hand"), "in_hand"),
    "done": State("clipboard-check", pgettext_lazy("assignment", "Done"), "handled"),
    "returned": State("arrow-back-up", pgettext_lazy("assignment", "Returned"), "withdrawn"),
    "recalled": State("arrow-back-up", pgettext_lazy("assignment", "Recalled"), "withdrawn"),
    "released": State("circle-x", pgettext_lazy("assignment", "Released"), "withdrawn"),
}

STEPS = {
    "report": pgettext_lazy("step", "Report"),
    "file": pgettext_lazy("step", "File"),
    "dispatch": pgettext_lazy("step", "Dispatch"),
    "handle": pgettext_lazy("step", "Handle"),
    "check": pgettext_lazy("step", "Check"),
    "rate": pgettext_lazy("step", "Rate"),
}

# How many of the six steps lie behind a case in each status. Where a case has ended early, none is next.
STEPS_DONE = {"reported": 1, "filed": 2, "dispatched": 3, "in_hand": 3, "handled": 4, "closed": 5}
