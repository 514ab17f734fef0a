"""Twins: open cases that may be about the same matter, by place, time, class and words. A person decides.

How near and how recent a twin is, the category table says for each class (`twin_metres`, `twin_hours`). What it costs
does not grow with the archive: open cases are found by the squares of the map in which they lie.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from jingwei.cases.catalogue import current
from jingwei.cases.likeness import likeness
from jingwei.cases.models import Case, PendingReport, Words
from jingwei.cases.said import headline
from jingwei.kernel.public import clock, may
from jingwei.people.public import Member
from jingwei.places.public import SQUARE_SQL, bounds_around, metres_between, squares_of

SHOWN = 3
MOST = 50
"""How many of the newest cases near by are compared."""
METRES, HOURS = 50, 24
"""Where the class is not known yet."""
FURTHEST = 500
"""Metres: a class that asks for more gets no more, as each square of the map costs a look into the index."""
LEAST = 0.25
"""What a likeness has to come to where the classes do not tell."""

SAME, KINDRED, UNKNOWN, STRANGE = 1.0, 0.6, 0.3, 0.0
WORDS, CLASS, NEARNESS = 0.5, 0.3, 0.2
"""How much each counts."""

# As the index `case_twins` says it.
NEAR = f"""
    SELECT id FROM case_case
    WHERE status IN ('reported', 'filed', 'dispatched', 'in_hand', 'handled') AND longitude IS NOT NULL
        AND {SQUARE_SQL} = ANY (%s::bigint[])
        AND reported_at BETWEEN %s AND %s
    ORDER BY reported_at DESC LIMIT {MOST}
"""


@dataclass(frozen=True)
class Sought:
    """What is looked for: words, class, point and moment of a report. `case_id`: which case it is itself, if one."""

    words: str
    category_code: str
    longitude: float | None
    latitude: float | None
    at: datetime
    case_id: UUID | None = None

    @property
    def metres(self) -> int:
        known = current().get(self.category_code)
        return min(known.twin_metres if known else METRES, FURTHEST)

    @property
    def window(self) -> timedelta:
        known = current().get(self.category_code)
        return timedelta(hours=known.twin_hours if known else HOURS)


@dataclass(frozen=True)
class Twin:
    """A case that may be about the same, how far away it lies, and how alike it is (0 to 1)."""

    case: Case
    metres: int
    score: float

    @property
    def title(self) -> str:
        return headline(self.case)


@dataclass(frozen=True)
class PublicCard:
    """All that somebody who may not see a case is told of it."""

    number: str
    title: str
    status: str
    url: str


Publicity = Callable[[Collection[UUID]], Mapping[UUID, PublicCard]]
_publicity: list[Publicity] = []


def register_publicity(publicity: Publicity) -> None:
    """Called once when Django starts, by who knows what of cases is public."""
    _publicity[:] = [publicity]


def twins_of(case: Case, words: str, member: Member) -> list[Twin]:
    """The likeliest twins of a case, among those that `member` may see. `words`: what was reported."""
    said = f"{case.title} {words}"
    sought = Sought(said, case.category_code, case.longitude, case.latitude, case.reported_at, case.pk)
    return visible_twins(sought, member)


def visible_twins(sought: Sought, member: Member) -> list[Twin]:
    """The likeliest twins among the cases that `member` may see, by title and by the words they may read."""
    cases = near(sought)
    said = dict(
        Words.objects.filter(case_id__in=[case.pk for case in cases], step__verb="report").values_list(
            "case_id", "text"
        )
    )
    ranked = rank(sought, ((case, f"{case.title} {said.get(case.pk, '')}") for case in cases))
    seen = (twin for twin in ranked if may(member, "cases.see", twin.case))
    return [twin for twin, _n in zip(seen, range(SHOWN), strict=False)]


def public_twins(row: PendingReport, now: datetime | None = None) -> list[PublicCard]:
    """What may be known already of the matter of a report in writing: public cases, by their public titles alone."""
    if not _publicity or row.longitude is None:
        return []
    sought = Sought(row.words, row.category_code, row.longitude, row.latitude, now or clock.now())
    cases = near(sought)
    cards = _publicity[0]([case.pk for case in cases])
    ranked = rank(sought, ((case, cards[case.pk].title) for case in cases if case.pk in cards))
    return [cards[twin.case.pk] for twin in ranked[:SHOWN]]


def near(sought: Sought) -> list[Case]:
    """Open cases near a point and a moment, the newest first: two queries, whose cost has a bound."""
    if sought.longitude is None or sought.latitude is None:
        return []
    squares = squares_of(bounds_around(sought.longitude, sought.latitude, sought.metres))
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [squares, sought.at - sought.window, sought.at + sought.window])
        keys = [key for (key,) in cursor.fetchall()]
    cases = Case.objects.select_related("category").in_bulk(keys)
    return [cases[key] for key in keys if key != sought.case_id and _distance(sought, cases[key]) <= sought.metres]


def rank(sought: Sought, candidates: Iterable[tuple[Case, str]]) -> list[Twin]:
    """The candidates, each with what it says, that may be twins; the likeliest first."""
    twins = [_weighed(sought, case, said) for case, said in candidates]
    return sorted(filter(None, twins), key=lambda twin: (-twin.score, twin.metres, twin.case.number))


def _weighed(sought: Sought, case: Case, said: str) -> Twin | None:
    alike, kin = likeness(sought.words, said), kinship(sought.category_code, case.category_code)
    if kin <= UNKNOWN and alike < LEAST:
        return None
    away = _distance(sought, case)
    score = WORDS * alike + CLASS * kin + NEARNESS * (1 - away / sought.metres)
    return Twin(case, round(away), round(score, 3))


def kinship(first: str, second: str) -> float:
    """How related two classes are: the same, of the same major class, not known, or strange to each other."""
    if not first or not second:
        return UNKNOWN
    if first == second:
        return SAME
    return KINDRED if first[:2] == second[:2] else STRANGE


def _distance(sought: Sought, case: Case) -> float:
    assert sought.longitude is not None
    assert sought.latitude is not None
    assert case.longitude is not None
    assert case.latitude is not None
    return metres_between((sought.longitude, sought.latitude), (case.longitude, case.latitude))
