"""What mediation lets go: files of disputes that ended years ago. That there was one, and how it ended, stays."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, QuerySet

from jingwei.kernel.public import carries_out, in_batches
from jingwei.mediation.models import Agreement, Mediation, Paper, Party, Seat, Session, Step, Visit
from jingwei.mediation.personal import FILES
from jingwei.mediation.rules import Status

BATCH = 200


def with_files(now: datetime) -> QuerySet[Mediation]:
    """Mediations that ended long ago, of which the file is still there: it has a step at least."""
    return Mediation.objects.filter(
        Exists(Step.objects.filter(mediation=OuterRef("pk"))),
        status=Status.ENDED,
        ended_at__lte=now - FILES.period,
    )


def _empty(keys: Collection[UUID]) -> None:
    """Files first: if it breaks off, the rows still name them."""
    papers = Paper.objects.filter(mediation__in=keys)
    for name in papers.values_list("file", flat=True):
        default_storage.delete(name)
    for model in (Paper, Agreement, Session, Visit, Party, Seat, Step):
        model._default_manager.filter(mediation__in=keys).delete()  # noqa: SLF001 - Django's public API
    Mediation.objects.filter(pk__in=keys).update(case=None)


def forget_files(now: datetime) -> Iterator[int]:
    return in_batches(with_files(now), _empty, BATCH)


def register() -> None:
    carries_out(FILES, due=lambda now: with_files(now).count(), forget=forget_files)
