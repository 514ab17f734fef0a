"""Members as work needs them: with the posts of the day."""

from datetime import datetime

from jingwei.people.models import Member
from jingwei.people.posts import posts_column, read_posts
from jingwei.people.queries import today


def load_member(member_id: int, now: datetime | None = None) -> Member:
    """A member with the posts of the day, in one query. Raises Member.DoesNotExist."""
    members = Member.objects.annotate(posts_row=posts_column("member.id", today(now)))
    member = members.get(pk=member_id)
    member.posts = read_posts(getattr(member, "posts_row"))  # noqa: B009 - unknown to the type
    return member
