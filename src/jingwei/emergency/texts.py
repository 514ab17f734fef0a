"""What those on duty and leaders are told. An emergency waits for no quiet hours and goes out on every channel."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.notices.public import Kind, Text, Topic, Urgency, Value, register_text

CALL, LEADERS = "emergency.call", "emergency.leaders"
NUMBER = Value("number", "20261121-000123")
PLACE = Value("place", "Hehua Street")
UNTIL = Value("until", "2026-11-21T08:05:00+00:00", Kind.MOMENT)


def _page(values: Mapping[str, Any]) -> str:
    return reverse("emergency:incident", args=[values["number"]])


def register() -> None:
    register_text(
        Text(
            CALL,
            Topic.WORK,
            pgettext_lazy("notice", "Whoever is on duty"),
            _("Alarm: you are called"),
            _("Emergency %(number)s, %(place)s. Answer by %(until)s; after that the next on duty is called."),
            (NUMBER, PLACE, UNTIL),
            _("Alarm %(number)s, %(place)s. Answer within 5 minutes:"),
            _page,
            Urgency.EMERGENCY,
        )
    )
    register_text(
        Text(
            LEADERS,
            Topic.WORK,
            pgettext_lazy("notice", "Leaders of the place"),
            _("Nobody on duty answers"),
            _("Emergency %(number)s, %(place)s: nobody on duty has answered. You can answer it yourself."),
            (NUMBER, PLACE),
            _("Alarm %(number)s, %(place)s: nobody on duty has answered."),
            _page,
            Urgency.EMERGENCY,
        )
    )
