"""What modules above have to say while a report is written: a part of its page, from the words so far."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Heard:
    """A part of a page. `template` is shown with `heard`; buttons in it belong to the form `to-heard` of the page."""

    template: str
    heard: Any


Hear = Callable[[str], Heard | None]
_listeners: list[Hear] = []


def register_listener(hear: Hear) -> Hear:
    """Called when Django starts. `hear` gives the part for some words; None where it has nothing to say."""
    _listeners.append(hear)
    return hear


def heard_in(words: str) -> list[Heard]:
    return [part for hear in _listeners if (part := hear(words)) is not None]
