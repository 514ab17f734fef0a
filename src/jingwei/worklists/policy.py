"""Who may do what with lists and tasks: by the duty they hold at the grid, or in the department that asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from jingwei.kernel.public import Permit, permit
from jingwei.people.public import Member, Post, has_duty
from jingwei.worklists.models import Task, WorkList

ISSUE, ANSWER, SORT, SEE = "worklists.issue", "worklists.answer", "worklists.sort", "worklists.see"
DUTIES = (ISSUE, ANSWER, SORT, SEE)


@dataclass(frozen=True)
class OfDepartment(Permit):
    """A post of the member in the thing's department gives the duty."""

    duty: str

    def holds(self, member: Member, thing: Any) -> bool:
        return thing.department_id is not None and thing.department_id in self._departments(member)

    def lists(self, member: Member) -> list[Q]:
        found = self._departments(member)
        return [Q(department_id__in=sorted(found))] if found else []

    def _departments(self, member: Member) -> frozenset[int]:
        posts: Sequence[Post] = member.posts
        return frozenset[int]().union(*(post.department_ids for post in posts if self.duty in post.duties))


@dataclass(frozen=True)
class OfTheStreet(Permit):
    """No department asks for it: the street does, or the district."""

    def holds(self, member: Member, thing: Any) -> bool:  # noqa: ARG002 - a permit is asked for a member
        return thing.department_id is None

    def lists(self, member: Member) -> list[Q]:  # noqa: ARG002
        return [Q(department_id=None)]


@dataclass(frozen=True)
class HasTasks(Permit):
    """Lists of which a grid has a task where the member holds the duty."""

    duty: str

    def holds(self, member: Member, thing: Any) -> bool:
        return any(Task.objects.filter(branch, work_list_id=thing.pk).exists() for branch in self._at(member))

    def lists(self, member: Member) -> list[Q]:
        return [Q(pk__in=Task.objects.filter(branch).values("work_list_id")) for branch in self._at(member)]

    def _at(self, member: Member) -> list[Q]:
        posts = [post for post in member.posts if self.duty in post.duties and post.has_area]
        return [Q(code__range=span) for post in posts for span in post.spans]


issuer = OfDepartment(ISSUE) | (OfTheStreet() & has_duty(ISSUE, at="office"))
permit("worklists.run", issuer, WorkList)
permit("worklists.see_list", issuer | HasTasks(SORT) | HasTasks(SEE), WorkList)
permit("worklists.decide", issuer, Task)
permit("worklists.answer", has_duty(ANSWER), Task)
permit("worklists.sort", has_duty(SORT), Task)
permit("worklists.see", has_duty(ANSWER) | has_duty(SORT) | has_duty(SEE) | issuer, Task)


def is_concerned(member: Member) -> bool:
    """Whether the pages of work lists are there for this member at all."""
    return any(member.has_duty(duty) for duty in DUTIES)
