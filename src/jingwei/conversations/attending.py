"""Who answers for a grid now, and who is on duty when nobody is at work. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jingwei.calendars.public import calendars
from jingwei.conversations.models import Terms
from jingwei.conversations.policy import ANSWER, ON_CALL, WATCH
from jingwei.conversations.rules import opens_at
from jingwei.kernel.public import clock
from jingwei.people.public import Member, Posting, at_work, roles_with
from jingwei.places.public import lineage

USUAL_HOURS = 2.0
"""Working hours until a first answer is due, until somebody sets others."""


@dataclass(frozen=True)
class Person:
    """Somebody at work for a grid. `title` is what their role is called."""

    member_id: int
    name: str
    title: str | Promise


@dataclass(frozen=True)
class Attending:
    """Who answers at a grid: its workers, or where there are none (`is_community`) its community.

    After hours `opens_at` is when they are back, and `on_call` who is on duty meanwhile.
    """

    people: tuple[Person, ...]
    is_community: bool
    opens_at: datetime | None
    on_call: tuple[Person, ...]

    @property
    def names(self) -> str:
        return _(", ").join(person.name for person in self.people)


def attending(code: int, now: datetime) -> Attending:
    """Who is there for the grid `code`. Two queries, and as many for the community and for those on call."""
    workers = at_work_with(ANSWER, code, now)
    back_at = opens_at(now, calendars().place(code))
    return Attending(
        people=workers or at_work_with(WATCH, code, now),
        is_community=not workers,
        opens_at=back_at,
        on_call=at_work_with(ON_CALL, code, now) if back_at else (),
    )


def at_work_with(duty: str, code: int, now: datetime) -> tuple[Person, ...]:
    """Who does the work of a post over `code` that gives `duty`, those of the smallest area first."""
    day = clock.local(now).date()
    held = Posting.objects.held(day).filter(role__in=roles_with(duty), code__in=lineage(code))
    rows = at_work(held.select_related("member").order_by("-code", "pk"), now)
    return tuple(_once(rows))


def _once(rows: Iterable[tuple[Posting, Member]]) -> Iterable[Person]:
    seen: set[int] = set()
    for posting, worker in rows:
        if worker.pk not in seen:
            seen.add(worker.pk)
            yield Person(worker.pk, worker.name, posting.title)


def hours_allowed() -> float:
    """Working hours until a first answer is due. One query."""
    terms = Terms.objects.first()
    return terms.hours if terms else USUAL_HOURS
