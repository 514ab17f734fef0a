"""What was published of a district's boundaries, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jingwei.places.models import BoundaryDraft, DraftStep
from jingwei.places.names import names_of

MOST_SHOWN = 50
MOST_NAMES = 6


@dataclass(frozen=True)
class Step:
    """One thing that was done: what, and to which areas."""

    act: str
    names: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class Version:
    draft_id: UUID
    state: str
    is_published: bool
    closed_at: datetime
    reason: str
    faults_left: int
    steps: tuple[Step, ...]


def versions_of(district: int) -> list[Version]:
    """The last ones that were published or discarded, with what was done in each. Three queries."""
    closed = BoundaryDraft.objects.filter(code=district).exclude(state=BoundaryDraft.State.OPEN)
    drafts = list(closed.order_by("-closed_at").prefetch_related("steps")[:MOST_SHOWN])
    names = names_of(code for draft in drafts for step in draft.steps.all() for code in step.codes[:MOST_NAMES])
    return [
        Version(
            draft_id=draft.pk,
            state=str(BoundaryDraft.State(draft.state).label),
            is_published=draft.state == BoundaryDraft.State.PUBLISHED,
            closed_at=draft.closed_at,
            reason=draft.reason,
            faults_left=draft.faults_left,
            steps=tuple(step_of(step, names) for step in draft.steps.all()),
        )
        for draft in drafts
        if draft.closed_at
    ]


def step_of(step: DraftStep, names: Mapping[int, str]) -> Step:
    known = [names[code] for code in step.codes[:MOST_NAMES] if code in names]
    return Step(str(DraftStep.Act(step.act).label), tuple(known), max(0, len(step.codes) - MOST_NAMES))
