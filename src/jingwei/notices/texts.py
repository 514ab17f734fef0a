"""The texts of notices: each module registers its own. They hold no names and no words of others.

A text says in a sentence what has happened and what to do; a text message says little and leads to the page, behind
signing in. Values are put in when somebody reads it, in the reader's language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.ui.public import exact

Values = Mapping[str, Any]


class Topic(TextChoices):
    """What people choose channels for."""

    REPORT = "report", _("News of what I reported")
    WORK = "work", _("Work that comes to me")
    LIMITS = "limits", _("Time limits that run out")
    DIGEST = "digest", _("My day, each morning")


class Urgency(TextChoices):
    """Only an emergency passes quiet hours and the limits on how much one person is sent."""

    ROUTINE = "routine", pgettext_lazy("notice", "Routine")
    EMERGENCY = "emergency", pgettext_lazy("notice", "Emergency")


class Kind(Enum):
    """What a value is. A case's public title is PLAIN: it is written for everyone, without names."""

    PLAIN = "plain"
    COUNT = "count"
    MOMENT = "moment"


@dataclass(frozen=True)
class Value:
    """`example` stands in the preview. What is personal is told in the inbox and never sent out of the house."""

    name: str
    example: Any
    kind: Kind = Kind.PLAIN
    is_personal: bool = False


@dataclass(frozen=True)
class Text:
    """`key` is "module.what". `sms` is the text message, "" for what is worth none; `url` gives the page to open."""

    key: str
    topic: Topic
    audience: Promise
    title: Promise
    body: Promise
    values: tuple[Value, ...] = ()
    sms: Promise | str = ""
    url: Callable[[Values], str] = lambda _values: ""
    urgency: Urgency = Urgency.ROUTINE

    @property
    def examples(self) -> dict[str, Any]:
        return {one.name: one.example for one in self.values}

    @property
    def title_shown(self) -> str:
        """What the text is called among the others: its title with made-up values."""
        return self.said(self.examples).title

    def check(self, values: Values) -> None:
        """ValueError where values are missing or unknown, TypeError where one is not of its kind."""
        kinds = {one.name: one.kind for one in self.values}
        if kinds.keys() != values.keys():
            raise ValueError(f"notice {self.key} takes {sorted(kinds)}, not {sorted(values)}")
        wanted = {Kind.COUNT: int, Kind.PLAIN: str, Kind.MOMENT: str}
        for name, value in values.items():
            if not isinstance(value, wanted[kinds[name]]):
                raise TypeError(f"notice {self.key}: {name} is a {wanted[kinds[name]].__name__}")

    def said(self, values: Values, *, is_outside: bool = False) -> "Said":
        """The words in the language that is active; `is_outside`: to be sent out of the house."""
        shown = {one.name: _shown(one, values.get(one.name, ""), is_outside=is_outside) for one in self.values}
        return Said(str(self.title) % shown, str(self.body) % shown, str(self.sms) % shown, self.url(values))


@dataclass(frozen=True)
class Said:
    """A notice in words. `url` is a path of the site, or "" where it leads nowhere."""

    title: str
    body: str
    sms: str
    url: str


def _shown(value: Value, given: Any, *, is_outside: bool) -> Any:
    if value.is_personal and is_outside:
        return "…"
    if value.kind is Kind.MOMENT and given:
        return exact(datetime.fromisoformat(given))
    return given


_texts: dict[str, Text] = {}


def register_text(text: Text) -> None:
    """Called once for each text when Django starts. ValueError for a key that is taken, or values that are not said."""
    if text.key in _texts:
        raise ValueError(f"two notices are called {text.key}")
    text.check(text.examples)
    text.said(text.examples)  # KeyError for a placeholder without a value
    _texts[text.key] = text


def text_of(key: str) -> Text | None:
    """None for one that an older version sent and this one no longer knows."""
    return _texts.get(key)


def texts() -> list[Text]:
    return list(_texts.values())
