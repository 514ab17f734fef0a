"""Twins that a case may be joined with at once: merged into them, or grouped under them."""

from dataclasses import dataclass

from jingwei.cases.actions.joining import children_of
from jingwei.cases.models import Case
from jingwei.cases.obstacles import is_free_to
from jingwei.cases.sheet import Sheet
from jingwei.cases.twins import Twin, twins_of
from jingwei.kernel.public import may
from jingwei.people.public import Member

JOINS = frozenset({"merge", "group"})


@dataclass(frozen=True)
class Joinable(Twin):
    """A twin, and how the case that is being looked at may be joined with it."""

    merges: bool = False
    groups: bool = False


def joinable(sheet: Sheet) -> list[Joinable]:
    """The likeliest twins of the case of a sheet, for those who file it or join it with others."""
    case, member = sheet.case, sheet.member
    is_free = not children_of(case).exists()
    merges = is_free and _is_open(case, member, "merge")
    groups = is_free and _is_open(case, member, "into_group", permit="cases.group")
    return [
        Joinable(
            twin.case,
            twin.metres,
            twin.score,
            merges=merges and _is_open(twin.case, member, "absorb"),
            groups=groups and _is_open(twin.case, member, "group"),
        )
        for twin in twins_of(case, sheet.words, member)
    ]


def offered_twins(sheet: Sheet) -> list[Joinable]:
    """As `joinable`, on the page of a case: nothing is looked for where nothing could be joined."""
    return joinable(sheet) if any(button.verb in JOINS for button in sheet.moves) else []


def _is_open(case: Case, member: Member, verb: str, *, permit: str = "") -> bool:
    """Whether one side of a joining is possible and theirs. Whoever joins meets the same checks again, locked."""
    return is_free_to(verb, case) and may(member, permit or f"cases.{verb}", case)
