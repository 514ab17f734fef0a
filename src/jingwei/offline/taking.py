"""What a phone takes along for a shift: told by the modules whose pages it is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from jingwei.people.public import Member


@dataclass(frozen=True)
class Taken:
    """A page by its address. As long as `tag` is the same, the one that the phone has is good."""

    url: str
    tag: str


Source = Callable[[Member, datetime], Iterable[Taken]]
_sources: list[Source] = []


def register_taken(source: Source) -> None:
    """Called once for each module when Django starts."""
    _sources.append(source)


def taken(member: Member, now: datetime) -> Iterator[Taken]:
    """All pages, the most needed first."""
    for source in _sources:
        yield from source(member, now)
