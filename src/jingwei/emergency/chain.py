"""Whose turn it is to be called. Pure: nobody is skipped, nobody is called twice in a round, it ends with an answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """The next call. `begins_anew`: everybody was called in vain, and a new round begins."""

    member_id: int
    round: int
    begins_anew: bool = False


def next_turn(line: Sequence[int], round_: int, called: Collection[int]) -> Turn | None:
    """Who is called next: of those on duty now, in their order, the first whom this round has not reached yet.

    `called` are those whom it has. Whoever comes on duty in between is called, whoever has gone is not. None where
    nobody is on duty.
    """
    for member_id in line:
        if member_id not in called:
            return Turn(member_id, round_)
    if not line:
        return None
    return Turn(line[0], round_ + 1, begins_anew=True)
