"""Permits in terms of members and their posts, and those of this module.

`own` and `has_duty` are the bricks that modules above build theirs from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, cast

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, Model, Q

from jingwei.kernel.public import Permit, permit
from jingwei.people.models import ApiKey, Department, Member, Posting, RoleDuties, Team
from jingwei.people.posts import Post
from jingwei.places.public import Area, AreaChange, Span


def value_at(thing: Model | None, path: str) -> Any:
    """What a lookup path of to-one relations ends in, or None where it breaks off. A relation gives its key.

    Costs a query for each relation on the way that is not loaded.
    """
    *way, last = path.split("__")
    for part in way:
        try:
            thing = getattr(thing, part, None)
        except ObjectDoesNotExist:
            return None
    if thing is None:
        return None
    field = cast("Field[Any, Any]", thing._meta.get_field(last))  # noqa: SLF001 - Django's public API
    return getattr(thing, field.attname)


@dataclass(frozen=True)
class Own(Permit):
    """The thing's `path` is the member."""

    path: str

    def holds(self, member: Member, thing: Any) -> bool:
        return member.pk is not None and bool(value_at(thing, self.path) == member.pk)

    def lists(self, member: Member) -> list[Q]:
        return [] if member.pk is None else [Q(**{self.path: member.pk})]


@dataclass(frozen=True)
class HasDuty(Permit):
    """A post of the member gives `duty` where the thing is, and takes its category.

    One branch for each range of codes that such a post covers.
    """

    duty: str
    at: str
    categories: str | None

    def holds(self, member: Member, thing: Any) -> bool:
        return any(self._covers(post, thing) for post in self._posts(member))

    def lists(self, member: Member) -> list[Q]:
        return [self._range(post, span) for post in self._posts(member) for span in post.spans]

    def _posts(self, member: Member) -> Sequence[Post]:
        return [post for post in member.posts if self.duty in post.duties and post.has_area]

    def _covers(self, post: Post, thing: Any) -> bool:
        if not post.covers(value_at(thing, self.at)):
            return False
        return self.categories is None or post.takes(value_at(thing, self.categories))

    def _range(self, post: Post, span: Span) -> Q:
        within = Q(**{f"{self.at}__range": span})
        if self.categories is None or not post.categories:
            return within
        return within & reduce(or_, (Q(**{f"{self.categories}__startswith": begin}) for begin in post.categories))


@dataclass(frozen=True)
class HasDutyAnywhere(Permit):
    """Some post of the member gives `duty`, wherever that is. For things that have no place."""

    duty: str

    def holds(self, member: Member, thing: Any) -> bool:  # noqa: ARG002 - a permit is asked about a thing
        return member.has_duty(self.duty)

    def lists(self, member: Member) -> list[Q]:
        return [Q()] if member.has_duty(self.duty) else []


def own(path: str) -> Permit:
    """Things whose `path` (a lookup of to-one relations, ending in a member) is the member."""
    return Own(path)


def has_duty(duty: str, at: str = "code", categories: str | None = None) -> Permit:
    """Things whose area code, at the lookup `at`, lies where a post of the member gives `duty`.

    With `categories`, the lookup of a category code, posts limited to some categories take only those.
    """
    return HasDuty(duty, at, categories)


def has_duty_anywhere(duty: str) -> Permit:
    """Everything, for members who hold `duty` at any place."""
    return HasDutyAnywhere(duty)


def _posted(duty: str) -> Permit:
    """Postings at an area, or in a department that serves one, where `duty` is held."""
    return has_duty(duty) | has_duty(duty, at="department__code")


permit("people.account", has_duty_anywhere("people.accounts"), Member)
permit("people.set_duties", has_duty_anywhere("configuration.manage"), RoleDuties)
permit("people.register_staff", has_duty_anywhere("people.accounts") | has_duty_anywhere("people.postings"), Member)
permit("people.create_department", has_duty("people.departments"), Department)
permit("people.post", _posted("people.accounts") | _posted("people.postings"), Posting)
permit("people.post_apart", _posted("people.accounts"), Posting)  # of the roles that are never one person
permit("people.see_posting", _posted("people.see"), Posting)
permit("people.team", has_duty("people.postings") | has_duty("people.accounts"), Team)
permit("people.key", has_duty("people.keys"), ApiKey)
# Places lie below people: what may be done with them is said here.
permit("places.change", has_duty("places.areas"), AreaChange)
permit("places.draw", has_duty("places.boundaries"), Area)
permit("places.areas", has_duty("places.areas"), Area)
