"""How cases go, for who follows many of them: which moved when, and their steps, without words or people.

The ids of steps begin with the moment of their record, so that "since" is a range of the primary key.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from jingwei.cases.models import Case, Report, Step
from jingwei.kernel.public import clock, first_id
from jingwei.people.public import Member


def moved_between(after: datetime | None, before: datetime | None) -> Q:
    """Of cases: their last step lies between these moments (None: no bound)."""
    wanted = Q()
    if after is not None:
        wanted &= Q(pk__in=Step.objects.filter(pk__gte=first_id(after)).values("case_id"))
    if before is not None:
        wanted &= Q(~Exists(Step.objects.filter(case_id=OuterRef("pk"), pk__gte=first_id(before))))
    return wanted


def last_moves(case_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When each of the cases was moved last. One query."""
    rows = Step.objects.filter(case_id__in=case_ids).values("case_id").annotate(last=Max("recorded_at"))
    return {row["case_id"]: row["last"] for row in rows.order_by()}


def steps_between(
    cases: QuerySet[Case], after: datetime | None, before: datetime | None, verbs: Iterable[str]
) -> QuerySet[Step]:
    """The steps of these cases with one of `verbs`, in the order of their record, each with its case."""
    steps = Step.objects.filter(verb__in=list(verbs), case__in=cases).select_related("case").order_by("pk")
    if after is not None:
        steps = steps.filter(pk__gte=first_id(after))
    return steps.filter(pk__lt=first_id(before)) if before is not None else steps


def sent_by(member_id: int) -> QuerySet[Case]:
    """The cases that began with a report which this software sent."""
    return Case.objects.filter(pk__in=Report.objects.filter(sender_id=member_id).values("case_id"))


def urged_with(case: Case, words: str, *, by: Member) -> str:
    """The id of the step by which `by` has urged the case with these very words today; "" where there is none."""
    steps = Step.objects.filter(case=case, verb="urge", actor=by, words__text=words).order_by("-pk")
    today = clock.local(clock.now()).date()
    return next((str(step.pk) for step in steps[:1] if clock.local(step.recorded_at).date() == today), "")
