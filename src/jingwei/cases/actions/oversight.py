"""Beside the work: somebody urges it, a leader supervises it, whoever has it answers."""

from datetime import datetime

from jingwei.cases import moves
from jingwei.cases.actions.moving import moving
from jingwei.cases.models import Case
from jingwei.people.public import Member


def urge_case(case: Case, *, by: Member, words: str = "", now: datetime | None = None, seen: int | None = None) -> Case:
    """Whoever reported it, the software that sent the report, or a leader asks where it stays."""
    with moving(case, "urge", by=by, now=now, seen=seen, is_sight_needed=False) as (life, doing):
        moves.urge(life, doing, words=words)
    return life.case


def supervise_case(
    case: Case, *, limit: str, words: str, by: Member, now: datetime | None = None, seen: int | None = None
) -> Case:
    """A leader wants a written answer within `limit`, one of ANSWER_LIMITS; until then nobody ends the case."""
    with moving(case, "supervise", by=by, now=now, seen=seen) as (life, doing):
        moves.supervise(life, doing, limit=limit, words=words)
    return life.case


def reply_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """The answer to a leader who supervises it."""
    with moving(case, "reply", by=by, now=now, seen=seen) as (life, doing):
        moves.reply(life, doing, words=words)
    return life.case
