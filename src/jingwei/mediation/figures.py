"""How many mediations there are and what came of them: all that leaders see. Counted by the database, behind policies
that show them none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from jingwei.mediation.rules import Level, Result

COUNT = "SELECT level, result, n FROM mediation_figures(%s, %s, %s)"


@dataclass(frozen=True)
class Figures:
    """Of one level: how many are under way, and how many have ended with each result."""

    level: Level
    open: int
    ended: dict[Result, int]

    @property
    def all(self) -> int:
        return self.open + sum(self.ended.values())


def figures(spans: Iterable[tuple[int, int]], since: datetime) -> list[Figures]:
    """Mediations opened since then in these ranges of areas, by level; one query for each range."""
    counts: dict[tuple[str, str], int] = {}
    with connection.cursor() as cursor:
        for first, last in spans:
            cursor.execute(COUNT, [first, last, since])
            for level, result, n in cursor.fetchall():
                counts[level, result] = counts.get((level, result), 0) + n
    return [
        Figures(level, counts.get((level, ""), 0), {result: counts.get((level, result), 0) for result in Result})
        for level in Level
    ]
