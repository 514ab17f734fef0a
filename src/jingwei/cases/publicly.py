"""What everybody may know of a case: no words, no names, no photo, and no place but its grid and a rounded point.

Nothing else of a case is handed to the modules that publish. Cases of classes that lie in somebody's home or dealings
(`is_public_space` is false) are not told at all, nor are those that were not filed, were rejected or withdrawn.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from jingwei.cases.models import Case, Photo, Step
from jingwei.cases.workflow import Status
from jingwei.places.public import Level, ancestor, level_of

TOLD = frozenset({Status.FILED, Status.DISPATCHED, Status.IN_HAND, Status.HANDLED, Status.CLOSED})
GRAIN = 0.0005
"""Degrees to which a point is rounded: about fifty metres, a few doors."""
LONG_NUMBER = re.compile(r"[0-9０-９](?:[ \-–—.]?[0-9０-９Xx]){6,}")
"""Seven digits or more: a telephone number, or that of a card. No title needs one."""
FIRST = {"file": "filed_at", "alarm": "filed_at", "solve": "filed_at"}
LAST = {
    "dispatch": "dispatched_at",
    "whistle": "dispatched_at",
    "alarm": "dispatched_at",
    "report_in": "begun_at",
    "answer_alarm": "begun_at",
    "rate": "rated_at",
}


@dataclass(frozen=True)
class PublicFacts:
    """A case as everybody may know it. `title` is "" where the one that was given names a number."""

    case_id: UUID
    number: str
    code: int
    category_code: str
    title: str
    status: str
    longitude: float | None
    latitude: float | None
    reported_at: datetime
    due_at: datetime | None
    handled_at: datetime | None
    closed_at: datetime | None
    outcome: str
    is_excluded: bool
    filed_at: datetime | None = None
    dispatched_at: datetime | None = None
    begun_at: datetime | None = None
    rated_at: datetime | None = None


def publishable() -> QuerySet[Case]:
    """The cases of which everybody may know."""
    return Case.objects.filter(status__in=sorted(TOLD), category__is_public_space=True).exclude(title="")


def public_facts(case_ids: Collection[UUID]) -> list[PublicFacts]:
    """Those of the cases of which everybody may know, held until the transaction ends. Two queries."""
    cases = list(publishable().select_for_update(of=("self",)).filter(pk__in=case_ids).order_by("pk"))
    moments = _moments([case.pk for case in cases])
    return [_facts(case, moments[case.pk]) for case in cases]


def _moments(case_ids: Collection[UUID]) -> Mapping[UUID, dict[str, datetime]]:
    """When the six steps were taken: filed for the first time, all else for the last."""
    found: defaultdict[UUID, dict[str, datetime]] = defaultdict(dict)
    steps = Step.objects.filter(case_id__in=case_ids, verb__in=[*FIRST, *LAST]).order_by("pk")
    for case_id, verb, at in steps.values_list("case_id", "verb", "occurred_at"):
        if verb in FIRST:
            found[case_id].setdefault(FIRST[verb], at)
        else:
            found[case_id][LAST[verb]] = at
    return found


def _facts(case: Case, moments: Mapping[str, datetime]) -> PublicFacts:
    return PublicFacts(
        case_id=case.pk,
        number=case.number,
        code=_grid(case.code),
        category_code=case.category_code,
        title=public_title(case.title),
        status=case.status,
        longitude=rounded(case.longitude),
        latitude=rounded(case.latitude),
        reported_at=case.reported_at,
        due_at=None if case.is_suspended else case.due_at,
        handled_at=case.handled_at,
        closed_at=case.closed_at,
        outcome=case.outcome,
        is_excluded=case.is_excluded,
        **moments,
    )


def public_title(title: str) -> str:
    """The title, unless a number stands in it by which somebody could be called or known."""
    return "" if LONG_NUMBER.search(title) else title


def rounded(degrees: float | None) -> float | None:
    return None if degrees is None else round(round(degrees / GRAIN) * GRAIN, 4)


def _grid(code: int) -> int:
    return ancestor(code, Level.GRID) if level_of(code).depth > Level.GRID.depth else code


def photos_of(case: Case) -> list[Photo]:
    """The photos of a case, for whoever decides which of them everybody may see. Within the open reach."""
    return list(case.photos.order_by("pk"))
