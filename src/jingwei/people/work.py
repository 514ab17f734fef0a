"""Open work of members and departments, as the modules that know of it tell when Django starts.

People can then list what somebody leaves behind and pass it on, without knowing what a case is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise

from jingwei.people.models import Department, Member

MOST = 500


@dataclass(frozen=True)
class OpenWork:
    """One thing that lies with a member. `key` names it to its source, `number` and `title` to people."""

    source: str
    key: str
    number: str
    title: str
    code: int
    due_at: datetime | None = None

    @property
    def id(self) -> str:
        return f"{self.source}:{self.key}"


class WorkSource(Protocol):
    """What a module tells of the work it knows, and how that is passed on. `key` is the first half of each `id`."""

    key: str

    @property
    def title(self) -> str | Promise: ...

    def counts(self, member_ids: Iterable[int]) -> Mapping[int, int]:
        """How much is open with each of the members; one query."""

    def of_member(self, member: Member, most: int) -> Sequence[OpenWork]:
        """What lies with the member in person, the most urgent first."""

    def takers(self, work: Sequence[OpenWork]) -> Mapping[str, Sequence[Member]]:
        """By the `id` of each piece: who may take it today, the nearest first."""

    def pass_on(self, key: str, to: Member, words: str, by: Member, now: datetime | None) -> None:
        """Give one piece to `to`. Refused, with the mend, where that is not possible."""

    def in_departments(self, department_ids: Iterable[int]) -> int:
        """How much is open with these departments."""

    def pass_department(
        self, department: Department, to: Department, words: str, by: Member, now: datetime | None
    ) -> int:
        """Give all that is open with a department to another. Gives how much that was."""

    def departments_moved(self, department_ids: Iterable[int]) -> None:
        """These have other departments above them now than before."""


_sources: dict[str, WorkSource] = {}


def register_work(source: WorkSource) -> None:
    """Called once for each source when Django starts."""
    _sources[source.key] = source


def sources() -> list[WorkSource]:
    return list(_sources.values())


def source_of(work_id: str) -> tuple[WorkSource, str]:
    """The source of a piece of work and its key there. KeyError for an unknown source."""
    name, _colon, key = work_id.partition(":")
    return _sources[name], key


def open_work_of(member: Member, most: int = MOST) -> list[OpenWork]:
    """What lies with the member in person, at most `most` of each source."""
    return [work for source in sources() for work in source.of_member(member, most)]


def open_work_counts(member_ids: Iterable[int]) -> Mapping[int, int]:
    """How much is open with each of the members: one query a source."""
    wanted, total = list(member_ids), Counter[int]()
    for source in sources():
        total.update(source.counts(wanted))
    return total


def takers_of(work: Sequence[OpenWork]) -> dict[str, Sequence[Member]]:
    """Who may take each piece, by its `id`."""
    found: dict[str, Sequence[Member]] = {}
    for source in sources():
        found |= source.takers([one for one in work if one.source == source.key])
    return found
