"""After the end: call-backs, review meetings, and checks of what was solved on the spot."""

from datetime import datetime

from jingwei.cases import moves
from jingwei.cases.actions.moving import moving
from jingwei.cases.models import Case
from jingwei.cases.zones import place_today
from jingwei.people.public import Member


def call_back_case(
    case: Case, *, result: str, words: str, by: Member, now: datetime | None = None, seen: int | None = None
) -> Case:
    """What was said when an officer called whoever reported it: `result` is one of CALLED."""
    with moving(case, "call_back", by=by, now=now, seen=seen) as (life, doing):
        moves.call_back(life, doing, result=result, words=words)
    return life.case


def review_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """What was agreed in the review meeting."""
    with moving(case, "review", by=by, now=now, seen=seen) as (life, doing):
        moves.review(life, doing, words=words)
    return life.case


def inspect_case(
    case: Case, *, result: str, by: Member, words: str = "", now: datetime | None = None, seen: int | None = None
) -> Case:
    """What was solved on the spot, seen by somebody else: "passed", or "failed" and open again."""
    with moving(case, "inspect", by=by, now=now, seen=seen) as (life, doing):
        code = place_today(life.case.code, life.case.longitude, life.case.latitude)
        moves.inspect(life, doing, result=result, words=words, code=code)
    return life.case
