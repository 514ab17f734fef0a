"""What the catalogue of the design system shows: the tokens as they stand in the sheet, and made-up things for the
tags and parts to draw. Nothing of it comes from the database.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.ui.states import STATES, STEPS

SHEET = Path(__file__).parent / "static/ui/tokens.css"
KINDS = ("info", "good", "warn", "bad")
SHARES = range(0, 101, 5)
CHOICES = [
    ("wrong", gettext_lazy("Wrong class")),
    ("twice", gettext_lazy("Reported twice")),
    ("other", gettext_lazy("Something else")),
]
HOUSES = [(str(number), f"{number:02}") for number in range(1, 14)]
"""More than are taken in at a glance: such a list can be searched."""


class SampleForm(forms.Form):
    """A field of every kind that the tags draw."""

    result = forms.CharField(label=gettext_lazy("Result"), help_text=gettext_lazy("Residents will read this sentence."))
    until = forms.CharField(label=gettext_lazy("Postpone to"), initial="2026-11-20")
    words = forms.CharField(label=gettext_lazy("In words"), widget=forms.Textarea, required=False)
    team = forms.ChoiceField(label=gettext_lazy("Reason"), choices=CHOICES)
    told = forms.BooleanField(label=gettext_lazy("Tell me when it is merged"), required=False)
    ways = forms.MultipleChoiceField(
        label=gettext_lazy("Several"), choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    one = forms.ChoiceField(label=gettext_lazy("One of them"), choices=CHOICES, widget=forms.RadioSelect)
    house = forms.ChoiceField(label=gettext_lazy("House"), choices=HOUSES, required=False, widget=forms.RadioSelect)
    letter = forms.FileField(label=gettext_lazy("A file"), required=False)
    photos = forms.FileField(label=gettext_lazy("Photos"), required=False)
    longitude = forms.CharField(required=False)
    latitude = forms.CharField(required=False)


@dataclass(frozen=True)
class Look:
    """One column of the catalogue. `filled` has been sent with mistakes in it."""

    key: str
    title: Promise
    theme: str
    is_care: bool
    form: SampleForm
    filled: SampleForm

    @property
    def kept(self) -> list[dict[str, str]]:
        """Photos of a form that came back."""
        return [{"url": static("ui/sample-photo.svg"), "name": "photos", "key": self.key}]


@dataclass(frozen=True)
class Token:
    name: str
    value: str
    kind: str  # colour, size, radius, type, shadow or word: how it is drawn


def looks() -> list[Look]:
    """Each with forms of its own, since the ids of a page are unique."""
    return [
        _look("light", pgettext_lazy("look", "Light")),
        _look("dark", pgettext_lazy("look", "Dark"), theme="dark"),
        _look("care", pgettext_lazy("look", "Care mode"), is_care=True),
    ]


def _look(key: str, title: Promise, *, theme: str = "light", is_care: bool = False) -> Look:
    filled = SampleForm({"until": "2026-11-20", "one": "twice", "ways": ["wrong"]}, auto_id=f"{key}_filled_%s")
    filled.add_error("until", _("Later than today, please."))
    filled.add_error(None, _("Somebody else changed this a moment ago."))
    return Look(key, title, theme, is_care, SampleForm(auto_id=f"{key}_%s"), filled)


@cache
def tokens() -> tuple[Token, ...]:
    """Every token of the sheet once, in its order."""
    told = re.findall(r"--([a-z0-9-]+):\s*([^;]+);", re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8")))
    return tuple(Token(name, value, _kind(name, value)) for name, value in dict(reversed(told)).items())[::-1]


def _kind(name: str, value: str) -> str:
    if value.startswith(("#", "rgb")):
        return "colour"
    for pattern, kind in ((r"s\d|row|bar|rail|tap", "size"), (r"r\d|r-full", "radius"), (r"t-.*", "type")):
        if re.fullmatch(pattern, name):
            return kind
    return "shadow" if name.startswith("shadow") else "word"


def specimens(now: datetime) -> dict[str, Any]:
    """What the parts are given."""
    drawn = static("ui/sample-photo.svg")
    photo = {"url": drawn, "thumbnail_url": drawn, "alt": _("A photo")}
    return {
        "statuses": [status for status in STATES if status not in ("suspended", "overdue", "emergency")],
        "kinds": KINDS,
        "shares": SHARES,
        "photos": [photo | {"caption": _("Before")}, photo],
        "clocks": list(_clocks(now)),
        "step_times": {"report": now - timedelta(hours=20), "file": now - timedelta(hours=3)},
        "line": _line(now),
        "trail": _trail(now, photo),
        "wrong": _("Not saved. Zhou Min changed it a moment ago."),
        "locator": {
            "width": 320,
            "height": 120,
            "grid": "M10 10H310V110H10z",
            "houses": ["M40 30h60v30h-60z", "M140 60h70v30h-70z"],
            "label": {"x": 70, "y": 45},
            "pin": (240, 70),
        },
    }


def _clocks(now: datetime) -> Iterator[dict[str, Any]]:
    """A limit in each of its signals."""
    plain = {"due": None, "start": now - timedelta(days=1), "done": None, "is_paused": False}
    yield plain
    yield plain | {"due": now + timedelta(days=2)}
    yield plain | {"due": now + timedelta(minutes=32)}
    yield plain | {"due": now - timedelta(hours=15)}
    yield plain | {"due": now + timedelta(days=3), "is_paused": True}
    yield plain | {"due": now, "done": now - timedelta(hours=3)}


def _line(now: datetime) -> list[dict[str, Any]]:
    """What residents see of a case, a step of each kind."""
    return [
        {
            "verb": STEPS["report"],
            "who": _("Li Jianguo"),
            "at": now - timedelta(hours=20),
            "said": _("The lamp is dark again."),
        },
        {"verb": STEPS["file"], "at": now - timedelta(hours=3), "kept": True, "kept_words": _("Kept in time")},
        {"verb": STEPS["dispatch"], "at": now, "kept": False, "kept_words": _("Later than promised")},
        {"verb": STEPS["handle"], "step": "now", "due_at": now + timedelta(days=1)},
        {"verb": STEPS["handle"], "step": "late", "due_at": now - timedelta(hours=2)},
        {"verb": STEPS["handle"], "step": "paused"},
        {"verb": STEPS["rate"], "step": "next"},
    ]


def _trail(now: datetime, photo: dict[str, str]) -> list[dict[str, Any]]:
    """What happened to a case, newest first."""
    return [
        {
            "verb": STEPS["dispatch"],
            "who": _("Li Jianguo"),
            "at": now,
            "icon": "send",
            "colour": "dispatched",
            "photos": [photo],
        },
        {
            "verb": STEPS["report"],
            "at": now - timedelta(hours=20),
            "icon": "circle-dashed",
            "colour": "reported",
            "said": _("The lamp is dark again."),
        },
    ]
