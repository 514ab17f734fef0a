"""The rules as they stand, from a copy in the process. An edition that is published never changes, so a copy is good.

Which edition holds is asked each time, a row by its index; its rules are read once.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from jingwei.cases.routing.models import Rule, RuleEdition

KEPT = 32
"""Editions in memory: the one in force, and those that decided about what is still open."""


def edition_in_force() -> RuleEdition | None:
    """The edition that was published last; None where there are no rules yet."""
    return RuleEdition.objects.filter(published_at__isnull=False).order_by("-number").first()


def has_rules() -> bool:
    """Whether any edition was ever published."""
    return edition_in_force() is not None


def rules_of(edition: RuleEdition) -> Sequence[Rule]:
    """The rules of an edition, in order. Of the draft they are read anew."""
    if edition.published_at is None:
        return _read(edition.pk)
    return _published(edition.pk, edition.published_at)


def rules_in_force() -> tuple[int, Sequence[Rule]]:
    """The number of the edition in force and its rules; 0 and none where there are none."""
    edition = edition_in_force()
    return (edition.number, rules_of(edition)) if edition else (0, ())


def find_rule(number: int, key: str) -> Rule | None:
    """The rule that a step names by the number of its edition and its key."""
    edition = RuleEdition.objects.filter(number=number, published_at__isnull=False).first()
    return next((rule for rule in rules_of(edition) if rule.key == key), None) if edition else None


@lru_cache(maxsize=KEPT)
def _published(pk: int, _published_at: datetime) -> Sequence[Rule]:
    return _read(pk)


def _read(pk: int) -> Sequence[Rule]:
    return tuple(Rule.objects.filter(edition_id=pk))
