"""Duties that are better not held by one person for the same place. Pure rules."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from jingwei.people.models import Posting
from jingwei.people.roles import ROLES

CLASHING = (("cases.handle", "cases.check"),)
"""Who handles is not who checks. A role that has both by its nature, such as a grid worker's, is no clash: no case lets
its handler check it. Two postings that were meant apart are.
"""


def clash_of(first: Posting, second: Posting) -> tuple[str, str] | None:
    """The duties in which two postings of one member clash: of the first, and of the second; None where they do not."""
    if first.member_id != second.member_id or not _meet(first, second):
        return None
    ours, theirs = ROLES[first.role].duties, ROLES[second.role].duties
    for one, other in CLASHING:
        for mine, yours in ((one, other), (other, one)):
            if mine in ours - theirs and yours in theirs - ours:
                return mine, yours
    return None


def clashes(postings: Iterable[Posting]) -> list[tuple[Posting, Posting, tuple[str, str]]]:
    """Every pair that clashes, of postings that hold on one day."""
    by_member: dict[int, list[Posting]] = {}
    for posting in postings:
        by_member.setdefault(posting.member_id, []).append(posting)
    return [found for held in by_member.values() if len(held) > 1 for found in _of_one(held)]


def _of_one(held: Sequence[Posting]) -> list[tuple[Posting, Posting, tuple[str, str]]]:
    ordered = sorted(held, key=lambda one: one.pk)
    return [(one, other, duties) for one, other in combinations(ordered, 2) if (duties := clash_of(one, other))]


def _meet(first: Posting, second: Posting) -> bool:
    """Whether both reach some same place or office."""
    if first.department_id is not None and first.department_id == second.department_id:
        return True
    (low, high), (other_low, other_high) = first.span, second.span
    return low <= other_high and other_low <= high
