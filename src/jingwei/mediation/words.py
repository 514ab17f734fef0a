"""What the steps of a mediation are called, and drawn as."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

STEPS: Mapping[str, tuple[Promise, str]] = MappingProxyType(
    {
        "open": (pgettext_lazy("mediation step", "Opened"), "plus"),
        "take_on": (pgettext_lazy("mediation step", "Taken on to be arranged"), "user-check"),
        "name": (pgettext_lazy("mediation step", "Named to mediate"), "user-check"),
        "release": (pgettext_lazy("mediation step", "Mediates no longer"), "user"),
        "session": (pgettext_lazy("mediation step", "Session written down"), "message"),
        "agreement": (pgettext_lazy("mediation step", "Agreement written"), "file-text"),
        "escalate": (pgettext_lazy("mediation step", "Passed on to the level above"), "stairs-up"),
        "end": (pgettext_lazy("mediation step", "Ended"), "check"),
        "resume": (pgettext_lazy("mediation step", "Taken up again"), "rotate"),
        "visited": (pgettext_lazy("mediation step", "Visited"), "home-check"),
    }
)
