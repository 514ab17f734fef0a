"""Which facts a browser's stream may tell: those of the member's areas and departments, and what concerns them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import parse_cookie

from jingwei.kernel.public import Happening, live_audience
from jingwei.people.models import Member
from jingwei.people.sessions import SessionStore

CONCERNED = ("member_id", "reporter_id")
"""Fields of a fact that name a member whom it is about."""


@dataclass(frozen=True)
class Listener:
    """A member at a browser. `spans` are pairs of codes, both included."""

    member_id: int
    spans: tuple[tuple[int, int], ...]
    department_ids: frozenset[int]

    def wants(self, happening: Happening) -> bool:
        if happening.actor_id == self.member_id:
            return True
        if any(happening.data.get(field) == self.member_id for field in CONCERNED):
            return True
        if happening.data.get("department_id") in self.department_ids:
            return True
        return any(first <= happening.code <= last for first, last in self.spans)


def listener(member: Member) -> Listener:
    spans = tuple(span for post in member.posts for span in post.spans)
    return Listener(member.pk, spans, member.department_ids)


@live_audience
def listener_of(headers: Mapping[str, str]) -> Listener | None:
    """Whoever is signed in in the browser that asks."""
    cookies = parse_cookie(headers.get("cookie", ""))
    member = SessionStore(cookies.get(settings.SESSION_COOKIE_NAME)).member
    return listener(member) if member else None
