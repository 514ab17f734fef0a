"""Figures of public cases by area and class, over the last year. Reckoned every night, each with its sample."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.transaction import atomic

from jingwei.kernel.public import clock
from jingwei.publication.models import PublicFigure

SPAN = timedelta(days=365)
FEWEST = 5
"""Cases below which a share or a median would say more about chance than about work."""

RECKON = """
    INSERT INTO public_figure (area, major, reported, closed, timed, on_time, median_hours, reckoned_at)
    SELECT area, major, count(*), count(closed_at),
        count(*) FILTER (WHERE due_at IS NOT NULL AND handled_at IS NOT NULL AND NOT is_excluded),
        count(*) FILTER (WHERE handled_at <= due_at AND NOT is_excluded),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM handled_at - reported_at) / 3600), %(now)s
    FROM public_case,
        LATERAL (SELECT code - mod(code, 1000000000000) UNION SELECT street UNION SELECT community) AS above (area),
        LATERAL (VALUES (''), (left(category_code, 2))) AS class (major)
    WHERE is_shown AND reported_at >= %(since)s
    GROUP BY area, major
"""


@atomic
def reckon_figures(now: datetime | None = None) -> int:
    """Reckon all figures anew; gives how many there are."""
    now = now or clock.now()
    PublicFigure.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(RECKON, {"now": now, "since": now - SPAN})
        return int(cursor.rowcount)


@dataclass(frozen=True)
class Figure:
    """What is told of a class in an area, or of all classes (`major` is ""); None where there is too little to tell."""

    row: PublicFigure
    name: str

    @property
    def on_time(self) -> int | None:
        """Per cent of what was promised and handled."""
        return round(100 * self.row.on_time / self.row.timed) if self.row.timed >= FEWEST else None

    @property
    def median_hours(self) -> float | None:
        has_enough = self.row.timed >= FEWEST and self.row.median_hours is not None
        return self.row.median_hours if has_enough else None

    @property
    def median_days(self) -> float | None:
        return None if self.median_hours is None else round(self.median_hours / 24, 1)


def figures_of(code: int, names: dict[str, str]) -> list[Figure]:
    """The figures of an area, all classes first; `names` are those of the classes. One query."""
    rows = PublicFigure.objects.filter(area=code).order_by("major")
    return [Figure(row, names.get(row.major, row.major)) for row in rows]
