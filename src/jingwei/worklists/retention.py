"""What work lists let go: words, photos and reasons of lists that ended a year ago."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q, QuerySet

from jingwei.kernel.public import carries_out, in_batches
from jingwei.worklists.models import Answer, Step, WorkList
from jingwei.worklists.personal import ANSWERS
from jingwei.worklists.rules import Kind

BATCH = 50
WORDY = (Q(item__kind=Kind.TEXT) & ~Q(text="")) | ~Q(file="")
"""Answers that could say something of a person."""


def with_words(now: datetime) -> QuerySet[WorkList]:
    """Lists that ended long ago, of which words are still there."""
    answers = Answer.objects.filter(WORDY, task__work_list=OuterRef("pk"))
    reasons = Step.objects.exclude(words="").filter(task__work_list=OuterRef("pk"))
    old = WorkList.objects.filter(ended_at__lte=now - ANSWERS.period)
    return old.filter(Exists(answers) | Exists(reasons))


def _empty(keys: list[UUID]) -> None:
    """Files first: if it breaks off, the rows still name them."""
    answers = Answer.objects.filter(task__work_list__in=keys)
    for name in answers.exclude(file="").values_list("file", flat=True):
        default_storage.delete(name)
    answers.filter(item__kind=Kind.TEXT).update(text="")
    answers.update(file="")
    Step.objects.filter(task__work_list__in=keys).update(words="")


def forget_words(now: datetime) -> Iterator[int]:
    return in_batches(with_words(now), _empty, BATCH)


def register() -> None:
    carries_out(ANSWERS, due=lambda now: with_words(now).count(), forget=forget_words)
