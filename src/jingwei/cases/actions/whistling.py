"""The whistle: several departments called to the place at once."""

from collections.abc import Sequence
from datetime import datetime

from jingwei.cases import moves
from jingwei.cases.actions.moving import moving
from jingwei.cases.actions.parties import check_parties, party_of
from jingwei.cases.models import Case
from jingwei.people.public import Department, Member


def whistle_case(
    case: Case,
    *,
    lead: Department,
    others: Sequence[Department],
    words: str,
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """`lead` and `others` report in at the place within half an hour; `words` is what they are called for."""
    with moving(case, "whistle", by=by, now=now, seen=seen) as (life, doing):
        check_parties(life.case, [lead, *others])
        called = [party_of(one) for one in others]
        moves.whistle(life, doing, department_id=lead.pk, assistants=called, words=words)
    return life.case
