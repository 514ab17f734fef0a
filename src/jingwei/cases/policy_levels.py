"""Permits that go by the level that answers for a case: of those at that level, and of those above it."""

from dataclasses import dataclass

from django.db.models import Q

from jingwei.cases.models import Case
from jingwei.cases.workflow import LEVELS, Level
from jingwei.kernel.public import Permit
from jingwei.people.public import Member, Post


def within(categories: tuple[str, ...]) -> Q:
    """The classes that a post takes: all of them where it names none."""
    taken = Q()
    for beginning in categories:
        taken |= Q(category_code__startswith=beginning)
    return taken


@dataclass(frozen=True)
class Answers(Permit):
    """Holds `duty` in a post at the very level that answers for the case, in its area."""

    duty: str

    def holds(self, member: Member, thing: Case) -> bool:
        return any(
            self.duty in post.duties
            and post.level == thing.level
            and post.covers(thing.code)
            and post.takes(thing.category_code or None)
            for post in member.posts
        )

    def lists(self, member: Member) -> list[Q]:
        return [
            Q(code__range=span, level=post.level) & within(post.categories)
            for post in member.posts
            if self.duty in post.duties
            for span in post.spans
        ]


@dataclass(frozen=True)
class AnswersAbove(Permit):
    """Holds `duty` in a post above the level that answers for the case; for the highest level, at that level."""

    duty: str

    def holds(self, member: Member, thing: Case) -> bool:
        return any(
            self.duty in post.duties
            and thing.level in _watched(post)
            and post.covers(thing.code)
            and post.takes(thing.category_code or None)
            for post in member.posts
        )

    def lists(self, member: Member) -> list[Q]:
        return [
            Q(code__range=span, level__in=_watched(post)) & within(post.categories)
            for post in member.posts
            if self.duty in post.duties
            for span in post.spans
        ]


CALLED_FROM = (Level.GRID.value, Level.COMMUNITY.value)
"""The levels that answer for a case while its community may call departments to it."""


@dataclass(frozen=True)
class Calls(Permit):
    """Holds `duty` in a post of the community where the case is, while no higher level answers for it."""

    duty: str

    def holds(self, member: Member, thing: Case) -> bool:
        return thing.level in CALLED_FROM and any(
            self.duty in post.duties
            and post.level == Level.COMMUNITY.value
            and post.covers(thing.code)
            and post.takes(thing.category_code or None)
            for post in member.posts
        )

    def lists(self, member: Member) -> list[Q]:
        return [
            Q(code__range=span, level__in=CALLED_FROM) & within(post.categories)
            for post in member.posts
            if self.duty in post.duties and post.level == Level.COMMUNITY.value
            for span in post.spans
        ]


def _watched(post: Post) -> list[str]:
    """The levels below that of a post; for the highest, its own as well."""
    names = [level.value for level in LEVELS]
    if post.level not in names:
        return []
    own = names.index(str(post.level))
    return names[:own] if own + 1 < len(names) else names
