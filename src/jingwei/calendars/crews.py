"""Crews round the clock, as patterns of shifts."""

from collections.abc import Mapping
from datetime import time
from types import MappingProxyType

from jingwei.kernel.public import Schedule, Stretch

A_DAY = 24 * 60
MORNING = time(8)
PATTERNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "two": ("day", "night"),
        "three": ("early", "late", "night"),
        "four": ("first", "second", "third", "fourth"),
    }
)
"""Crews round the clock: shifts of one length that follow one another."""


def crew_of(pattern: str, first: time = MORNING) -> Schedule:
    """A crew round the clock: shifts of one length, of which the first begins at `first`."""
    names = PATTERNS[pattern]
    size = A_DAY // len(names)
    begins = [(first.hour * 60 + first.minute + number * size) % A_DAY for number in range(len(names))]
    shifts = [Stretch(begin, begin + size, name) for begin, name in zip(begins, names, strict=True)]
    return Schedule.round_the_clock(*sorted(shifts))
