"""More time for a case: asked by the party, granted or refused by whoever answers for it."""

from datetime import datetime

from jingwei.cases import moves
from jingwei.cases.actions.moving import moving
from jingwei.cases.models import Case
from jingwei.people.public import Member


def ask_extension_case(
    case: Case, *, until: datetime, words: str, by: Member, now: datetime | None = None, seen: int | None = None
) -> Case:
    """The party that leads asks for time until `until`, once; `words` is why."""
    with moving(case, "ask_extension", by=by, now=now, seen=seen) as (life, doing):
        moves.ask_extension(life, doing, until=until.isoformat(), words=words)
    return life.case


def extend_case(
    case: Case, *, until: datetime, by: Member, words: str = "", now: datetime | None = None, seen: int | None = None
) -> Case:
    """Granted, until the date that was asked for or another; whoever reported it sees both dates."""
    with moving(case, "extend", by=by, now=now, seen=seen) as (life, doing):
        moves.extend(life, doing, until=until.isoformat(), words=words)
    return life.case


def refuse_extension_case(
    case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None
) -> Case:
    """Not granted; `words` is why."""
    with moving(case, "refuse_extension", by=by, now=now, seen=seen) as (life, doing):
        moves.refuse_extension(life, doing, words=words)
    return life.case
