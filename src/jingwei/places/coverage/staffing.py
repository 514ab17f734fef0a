"""Who works where, as far as coverage asks: people, who stand above, tell it."""

from collections.abc import Callable
from datetime import date

from jingwei.places.coverage.ground import Staffing

Teller = Callable[[int, int, date], Staffing]
"""Gives the staffing of the areas with codes from the first to the last number, on a day."""

_tellers: list[Teller] = []


def register_staffing(teller: Teller) -> None:
    """Called once when Django starts."""
    _tellers[:] = [teller]


def staffing_of(first: int, last: int, on: date) -> Staffing:
    """Without a teller nothing is known, and nothing found."""
    return _tellers[0](first, last, on) if _tellers else Staffing()
