"""Cases that have a past: brought in from another system, or made up for the demo. Many at once, by the real rules.

Each is begun and moved as it would have been live, at the times it happened, and refused where the rules refuse.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.transaction import atomic

from jingwei.calendars.public import Calendars, calendars
from jingwei.cases import docket, store
from jingwei.cases.life import Doing, Life, Origin, begin
from jingwei.cases.models import Report
from jingwei.cases.moves import PERFORM
from jingwei.kernel.public import Refused


@dataclass(frozen=True)
class PastMove:
    """A move that was made at `at` by the member `by` (None: not known). `fields` are what `moves` asks for."""

    verb: str
    at: datetime
    by: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PastCase:
    """A case and what happened to it, in order. `origin.id` is what it is known by when it comes a second time."""

    origin: Origin
    reported_at: datetime
    by: int | None = None
    moves: Sequence[PastMove] = ()


@dataclass
class Replayed:
    """What became of a batch, by `origin.id`. `lives` are the cases as they stand at the end."""

    lives: dict[UUID, Life] = field(default_factory=dict)
    numbers: dict[UUID, str] = field(default_factory=dict)
    already: set[UUID] = field(default_factory=set)
    changed: set[UUID] = field(default_factory=set)  # came before with other contents
    refused: dict[UUID, str] = field(default_factory=dict)


@atomic
def replay(
    past: Sequence[PastCase],
    *,
    recorded_at: datetime | None = None,
    reckoned_by: Calendars | None = None,
    is_trial: bool = False,
) -> Replayed:
    """Bring in a batch (some hundreds) in one transaction; what came before stays as it is.

    `recorded_at`: when the records reached us; None for a past that was recorded as it happened.
    `reckoned_by`: other calendars than ours. `is_trial`: decide everything, write nothing.
    """
    done = Replayed()
    known = dict(Report.objects.filter(pk__in=[case.origin.id for case in past]).values_list("pk", "digest"))
    for case in past:
        key = case.origin.id
        if key in known:
            (done.already if bytes(known[key]) == case.origin.digest else done.changed).add(key)
            continue
        try:
            done.lives[key] = live_through(case, recorded_at=recorded_at, known=reckoned_by or calendars())
        except Refused as no:
            done.refused[key] = no.message
    if done.lives and not is_trial:
        numbers = store.insert(list(done.lives.values()), docket.lineages())
        done.numbers = {key: numbers[life.case.pk] for key, life in done.lives.items()}
    return done


def live_through(case: PastCase, *, recorded_at: datetime | None, known: Calendars) -> Life:
    """The life of one case from its report to where it stands. Refused names the move that is not possible."""

    def doing(by: int | None, at: datetime) -> Doing:
        return Doing(by, at, recorded_at or at, known)

    life = begin(case.origin, doing(case.by, case.reported_at))
    for move in case.moves:
        PERFORM[move.verb](life, doing(move.by, move.at), **move.fields)
    return life
