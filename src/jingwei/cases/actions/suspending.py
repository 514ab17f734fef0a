"""A case that cannot go on: suspended and resumed."""

from datetime import datetime, timedelta
from uuid import UUID

from jingwei.calendars.public import calendars
from jingwei.cases import docket, moves, store
from jingwei.cases.actions.moving import moving
from jingwei.cases.life import Doing
from jingwei.cases.models import Case
from jingwei.kernel.public import WHOLE, clock, opened
from jingwei.people.public import Member


def ask_suspension_case(
    case: Case,
    *,
    reason: str,
    until: datetime,
    words: str,
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """The party that leads cannot go on, for a reason of the list; `until` is when it is worth looking again."""
    with moving(case, "ask_suspension", by=by, now=now, seen=seen) as (life, doing):
        moves.ask_suspension(life, doing, reason=reason, until=until.isoformat(), words=words)
    return life.case


def suspend_case(
    case: Case,
    *,
    reason: str,
    until: datetime,
    words: str,
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """Granted by the level above: all clocks stand. Whoever reported it reads `words`."""
    with moving(case, "suspend", by=by, now=now, seen=seen) as (life, doing):
        moves.suspend(life, doing, reason=reason, until=until.isoformat(), words=words)
    return life.case


def deny_suspension_case(
    case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None
) -> Case:
    """Not granted; `words` is why."""
    with moving(case, "deny_suspension", by=by, now=now, seen=seen) as (life, doing):
        moves.deny_suspension(life, doing, words=words)
    return life.case


def keep_suspended_case(
    case: Case, *, until: datetime, words: str, by: Member, now: datetime | None = None, seen: int | None = None
) -> Case:
    """It still cannot go on: it is looked at again at `until`."""
    with moving(case, "keep_suspended", by=by, now=now, seen=seen) as (life, doing):
        moves.keep_suspended(life, doing, until=until.isoformat(), words=words)
    return life.case


def resume_case(
    case: Case, *, by: Member, words: str = "", now: datetime | None = None, seen: int | None = None
) -> Case:
    """It goes on, with as much time left as when it was suspended."""
    with moving(case, "resume", by=by, now=now, seen=seen) as (life, doing):
        moves.resume(life, doing, words=words)
    return life.case


def resume_due_cases(now: datetime | None = None) -> int:
    """Resume what nobody has kept suspended beyond its review, one transaction each. Gives how many those were."""
    at = now or clock.now()
    with opened(WHOLE):
        keys = list(Case.objects.filter(review_at__lte=at).order_by("review_at", "pk").values_list("pk", flat=True))
    return sum(_resume(key, now) for key in keys)


def _resume(case_id: UUID, now: datetime | None) -> bool:
    with opened(WHOLE):
        life = store.load(case_id)
        at = now or clock.now()
        if life.case.review_at is None or life.case.review_at > at:
            return False  # somebody has decided in the meantime
        departments = docket.lineages()
        before = docket.plan(life, departments)
        moves.resume(life, Doing(None, at, at, calendars()))
        store.save(life, before, departments)
    return True


def to_review(now: datetime) -> list[Case]:
    """Suspended cases whose review is today, on the district's clock."""
    begin = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    due = Case.objects.filter(review_at__gte=begin, review_at__lt=begin + timedelta(days=1))
    return list(due.order_by("review_at", "pk"))
