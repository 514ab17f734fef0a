"""What changed calendars would do, told by the module that has dates: it registers itself, since it lies above."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from jingwei.calendars.book import Book, Calendars


@dataclass(frozen=True)
class Example:
    """A promise that would move."""

    number: str
    was: datetime
    due: datetime


@dataclass
class Impact:
    """How many things are open, and of how many the promise or the limit of a stage moves, or becomes certain."""

    open: int = 0
    promises: int = 0
    stages: int = 0
    firm: int = 0
    examples: list[Example] = field(default_factory=list)


_measures: list[Callable[[Calendars], Impact]] = []


def register_impact(measure: Callable[[Calendars], Impact]) -> None:
    """Called once, when Django starts, by whoever has dates that follow the calendars."""
    if _measures:
        raise ValueError("what calendars do to dates is told twice")
    _measures.append(measure)


def impact_of(book: Book) -> Impact:
    """What would move if these were the calendars."""
    return _measures[0](Calendars.of(book)) if _measures else Impact()
