"""Assistants: called in or released by whoever answers for the case, at work by themselves."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from jingwei.cases import moves
from jingwei.cases.actions.moving import moving
from jingwei.cases.actions.parties import check_parties, metres_from, party_of
from jingwei.cases.models import Case
from jingwei.cases.policy import ASSISTING
from jingwei.people.public import Department, Member


def change_assistant_case(
    case: Case,
    *,
    add: Sequence[Department | Member] = (),
    release: Sequence[str] = (),
    words: str,
    by: Member,
    now: datetime | None = None,
    seen: int | None = None,
    is_sight_needed: bool = True,
) -> Case:
    """Call in others or let go of some, named as `Assignment.party` names them; `words` is why.

    Whoever arranges postings passes on what somebody leaves behind, and need not see the case for that.
    """
    with moving(case, "change_assistant", by=by, now=now, seen=seen, is_sight_needed=is_sight_needed) as (life, doing):
        check_parties(life.case, add)
        called = [party_of(one) for one in add]
        moves.change_assistant(life, doing, add=called, release=release, words=words)
    return life.case


def join_case(
    case: Case,
    *,
    by: Member,
    words: str = "",
    at: tuple[float, float] | None = None,
    now: datetime | None = None,
    seen: int | None = None,
) -> Case:
    """An assistant takes its part on. `at` is where, as longitude and latitude: only how far off that is is kept."""
    join = partial(moves.join, metres=metres_from(case, at))
    return _own(case, "join", join, by=by, words=words, now=now, seen=seen)


def finish_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """An assistant says what it did."""
    return _own(case, "finish", moves.finish, by=by, words=words, now=now, seen=seen)


def decline_case(case: Case, *, words: str, by: Member, now: datetime | None = None, seen: int | None = None) -> Case:
    """An assistant gives its part back."""
    return _own(case, "decline", moves.decline, by=by, words=words, now=now, seen=seen)


def _own(case: Case, verb: str, move: Callable[..., None], *, by: Member, words: str, **when: Any) -> Case:
    """The move of the first part that is theirs: the permit has made sure that there is one."""
    with moving(case, verb, by=by, **when) as (life, doing):
        mine = next(part for part in life.assistants if ASSISTING[verb].owns(by, life.case, part))
        move(life, doing, party=mine.party, words=words)
    return life.case
