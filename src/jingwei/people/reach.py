"""The reach of a member: what the database shows them of personal data."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from jingwei.kernel.public import Reach, current_reach, entered
from jingwei.people.duties import DUTIES, Opens
from jingwei.people.models import Member

_OF_PLACES = frozenset(key for key, duty in DUTIES.items() if duty.opens in {Opens.PLACE, Opens.BOTH})
_OF_TABLES = frozenset(key for key, duty in DUTIES.items() if duty.opens in {Opens.TABLE, Opens.BOTH})


def reach_of(member: Member) -> Reach:
    """Their own; the places of posts that open personal data; what lies with their departments; tables by duty."""
    duties = frozenset[str]().union(*(post.duties for post in member.posts))
    return Reach(
        member_id=member.pk,
        ranges=tuple(span for post in member.posts if post.duties & _OF_PLACES for span in post.spans),
        department_ids=member.department_ids,
        duties=duties & _OF_TABLES,
    )


AT_THE_DOOR = "sign-in"
"""What policies of account tables ask for where somebody is about to show who they are. Nobody's duty: a place."""


@contextmanager
def at_the_door() -> Iterator[None]:
    """Accounts, their codes and factors may be looked up by name, phone or key. Tries are counted in between, and no
    failure takes them back: hence no transaction. Also a decorator.
    """
    here = current_reach()
    with entered(replace(here, duties=here.duties | {AT_THE_DOOR})):
        yield
