"""After the work: checked by somebody else, rated by the reporter, opened again where it is not good."""

from datetime import datetime

from jingwei.cases import moves
from jingwei.cases.actions.joining import end_group
from jingwei.cases.actions.moving import moving
from jingwei.cases.models import Case
from jingwei.cases.zones import place_today
from jingwei.people.public import Member


def check_case(
    case: Case,
    *,
    outcome: str,
    by: Member,
    words: str = "",
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """Seen and found right by somebody who did not handle it: closed."""
    with moving(case, "check", by=by, now=now, seen=seen) as (life, doing):
        moves.check(life, doing, outcome=outcome, words=words)
        end_group(life, doing)
    return life.case


def rework_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """Seen and found wrong: back to the party."""
    with moving(case, "rework", by=by, now=now, seen=seen) as (life, doing):
        moves.rework(life, doing, words=words)
    return life.case


def rate_case(
    case: Case,
    *,
    grade: int,
    reasons: list[str] | None = None,
    words: str = "",
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """Five grades, 5 the best."""
    with moving(case, "rate", by=by, now=now, seen=seen) as (life, doing):
        moves.rate(life, doing, grade=grade, reasons=reasons, words=words)
    return life.case


def reopen_case(
    case: Case,
    *,
    words: str,
    level: str = "",
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """Not good enough: a live case again, with a new promise."""
    with moving(case, "reopen", by=by, now=now, seen=seen) as (life, doing):
        moves.reopen(life, doing, words=words, level=level, code=_place(life.case))
    return life.case


def _place(case: Case) -> int:
    """Where it lies today, if its area has ended since."""
    return place_today(case.code, case.longitude, case.latitude)
