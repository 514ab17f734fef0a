"""The signals by name: those of the promise in their order, and one for each stage that has a limit of its own."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Signal(TextChoices):
    HALF = "half", pgettext_lazy("signal", "Half of the time has gone")
    MOST = "most", pgettext_lazy("signal", "Four fifths of the time have gone")
    DUE = "due", pgettext_lazy("signal", "The promise is over")
    OVER = "over", pgettext_lazy("signal", "Over by half of the time")
    FILE = "file", pgettext_lazy("signal", "Not filed in time")
    DISPATCH = "dispatch", pgettext_lazy("signal", "Not dispatched in time")
    ACCEPT = "accept", pgettext_lazy("signal", "Not accepted in time")
    CHECK = "check", pgettext_lazy("signal", "Not checked in time")


OF_PROMISE: tuple[Signal, ...] = (Signal.HALF, Signal.MOST, Signal.DUE, Signal.OVER)
"""In this order. How many of them a case was given is all that it keeps of them (`Case.signalled`)."""
PARTS: Mapping[Signal, float] = MappingProxyType(
    {Signal.HALF: 0.5, Signal.MOST: 0.8, Signal.DUE: 1.0, Signal.OVER: 1.5}
)
"""How much of the promise has gone by then."""


class Whom(TextChoices):
    """Who may be told. Who that is on a given day is for `telling_clocks.py` to say."""

    HOLDER = "holder", pgettext_lazy("told", "whoever has it in hand")
    ABOVE = "above", pgettext_lazy("told", "the level above")
    LEADER = "leader", pgettext_lazy("told", "the leader")
