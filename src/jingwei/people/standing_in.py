"""Who acts for whom while somebody is away."""

from copy import copy

from django.db.models import Model

from jingwei.kernel.public import may
from jingwei.people.models import Member


def on_behalf_of(member: Member, permit: str, thing: Model) -> int | None:
    """For whom `member` would do this: whoever is away and whose posts it takes; None where their own posts do."""
    principals = member.stands_for[1:]
    for principal_id in (None, *principals) if principals else ():
        if may(_as(member, principal_id), permit, thing):
            return principal_id
    return None


def _as(member: Member, principal_id: int | None) -> Member:
    """The member with no other delegated posts than those of `principal_id`."""
    one = copy(member)
    one.posts = tuple(post for post in member.posts if post.principal_id in {None, principal_id})
    return one
