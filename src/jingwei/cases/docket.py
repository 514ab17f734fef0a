"""What belongs on whose docket. `plan` is pure; the rest keeps the two tables in step with it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection

from jingwei.cases.life import Life
from jingwei.cases.models import Assignment, Case, DocketEntry, Errand
from jingwei.cases.workflow import LEVELS, Level, Status
from jingwei.kernel.public import clock
from jingwei.people.public import Department
from jingwei.places.public import Level as AreaLevel
from jingwei.places.public import ancestor, level_of

Tray = DocketEntry.Tray
Lineages = Mapping[int, tuple[int, ...]]
TRAYS = {
    Status.REPORTED: Tray.TO_FILE,
    Status.DISPATCHED: Tray.TO_ACCEPT,
    Status.IN_HAND: Tray.IN_HAND,
    Status.HANDLED: Tray.TO_CHECK,
}
AREA_DEPTH = {"district": 1, "street": 2, "community": 3, "grid": 4, "unit": 4}


@dataclass(frozen=True)
class Entry:
    """One docket row to be, without its case."""

    holder: str
    holder_id: int
    is_party: bool
    tray: str
    category_code: str
    due_at: datetime

    @property
    def count_key(self) -> tuple[str, int, str, date]:
        return self.holder, self.holder_id, self.tray, clock.local(self.due_at).date()


def lineages() -> Lineages:
    """Each department with itself and those above it."""
    parents = dict(Department.objects.values_list("pk", "parent_id"))
    chains = {}
    for key in parents:
        chain: list[int] = []
        step: int | None = key
        while step is not None:
            chain.append(step)
            step = parents[step]
        chains[key] = tuple(chain)
    return chains


ERRANDS = {
    Errand.Kind.EXTENSION: Tray.TO_EXTEND,
    Errand.Kind.CONFIRMATION: Tray.TO_CONFIRM,
    Errand.Kind.SUSPENSION: Tray.TO_SUSPEND,
    Errand.Kind.SUPERVISION: Tray.SUPERVISED,
    Errand.Kind.CALL_BACK: Tray.TO_CALL_BACK,
    Errand.Kind.RECTIFY: Tray.TO_CALL_BACK,
    Errand.Kind.MEETING: Tray.TO_MEET,
    Errand.Kind.APPEAL: Tray.APPEALED,
    Errand.Kind.SPOT_CHECK: Tray.TO_INSPECT,
}
LAPSED = frozenset({Status.WITHDRAWN, Status.MERGED})
"""Cases of which nothing is asked any more."""


def plan(life: Life, departments: Lineages) -> list[Entry]:
    """Who has this case on the desk now, for its course, as one that is warned, and for its errands."""
    course = _course(life, departments)
    return course + _warned(life.case, course) + _errands(life, departments)


def _warned(case: Case, course: Iterable[Entry]) -> list[Entry]:
    """The same once more, in a tray of their own."""
    return [replace(entry, is_party=False, tray=Tray.WARNED) for entry in course] if case.is_warned else []


def _errands(life: Life, departments: Lineages) -> list[Entry]:
    """A supervision lies with all who have the case, a confirmation with the party that leads; the others with the
    level that answers for them and those above.

    Where two of a kind wait, the one that is due first shows.
    """
    case = life.case
    if case.status in LAPSED:
        return []
    entries: dict[tuple[str, int, str], Entry] = {}
    for errand in sorted((errand for errand in life.errands if errand.is_open), key=lambda errand: errand.due_at):
        tray = ERRANDS[Errand.Kind(errand.kind)]
        lowest = LEVELS.index(Level(errand.level or Level.GRID))
        holders = [("a", code) for level, code in areas_of(case.code) if LEVELS.index(level) >= lowest]
        if errand.kind == Errand.Kind.CONFIRMATION:
            holders = [holder for part in life.live[:1] for holder in _party(part, departments)]
        elif not errand.level:
            holders += [holder for part in life.live for holder in _party(part, departments)]
        for holder, key in holders:
            entry = Entry(
                holder, key, is_party=False, tray=tray, category_code=case.category_code, due_at=errand.due_at
            )
            entries.setdefault((holder, key, tray), entry)
    return list(entries.values())


def _course(life: Life, departments: Lineages) -> list[Entry]:
    """Its areas, its parties, and the departments above them."""
    case = life.case
    if not case.is_open or life.stage is None:
        return []
    due = case.review_at or life.stage.due_at
    standing = Tray.SUSPENDED if case.is_suspended else ""
    entries = [
        Entry("a", code, False, standing or _area_tray(case.status, level, case.level), case.category_code, due)
        for level, code in areas_of(case.code)
    ]
    parties = [(part, _party(part, departments)) for part in life.live]
    seen: set[tuple[str, int]] = set()
    for is_party in (True, False):  # a department that assists may also watch over the one that leads
        for part, chain in parties:
            tray = standing or (Tray.TO_ACCEPT if part.accepted_at is None else Tray.IN_HAND)
            for holder, key in chain[:1] if is_party else chain[1:]:
                if (holder, key) not in seen:
                    entries.append(Entry(holder, key, is_party, tray, case.category_code, _due(part, case, due)))
                    seen.add((holder, key))
    return entries


def _due(part: Assignment, case: Case, stage_due: datetime) -> datetime:
    """The lead's clock is the stage of the case; an assistant has a limit to report in, then the promise.

    A suspended case is due for all when it is reviewed.
    """
    if part.role == Assignment.Role.LEAD or case.is_suspended:
        return stage_due
    return (part.accept_by if part.accepted_at is None else case.due_at) or stage_due


def _party(part: Assignment, departments: Lineages) -> list[tuple[str, int]]:
    """The party itself, then those above it."""
    if part.department_id is not None:
        return [("d", key) for key in departments[part.department_id]]
    return [("m", part.member_id)] if part.member_id is not None else []


def areas_of(code: int) -> list[tuple[Level, int]]:
    """The areas that may hold a case at `code`: itself or above, district to grid."""
    return [
        (level, ancestor(code, AreaLevel(level.value))) for level in reversed(LEVELS[4 - AREA_DEPTH[level_of(code)] :])
    ]


def _area_tray(status: str, level: Level, answers: str) -> str:
    if status == Status.FILED:
        return Tray.TO_DISPATCH if level == answers else Tray.BELOW
    return TRAYS[Status(status)]


def count_changes(before: Iterable[Entry], after: Iterable[Entry]) -> list[tuple[str, int, str, date, int]]:
    """The ledger lines that lead from one plan to the other."""
    sums: Counter[tuple[str, int, str, date]] = Counter()
    for entry in after:
        sums[entry.count_key] += 1
    for entry in before:
        sums[entry.count_key] -= 1
    return [(*key, amount) for key, amount in sorted(sums.items()) if amount]


def fold_counts() -> int:
    """Fold the ledger: one line a key, the same sums. Gives how many lines went."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD)
        row = cursor.fetchone()
    return row[0] if row else 0


FOLD = """
WITH crowded AS (
    SELECT holder, holder_id, tray, due_on FROM case_docket_count
    GROUP BY 1, 2, 3, 4 HAVING count(*) > 1 OR sum(amount) = 0
), gone AS (
    DELETE FROM case_docket_count AS line USING crowded
    WHERE (line.holder, line.holder_id, line.tray, line.due_on)
        = (crowded.holder, crowded.holder_id, crowded.tray, crowded.due_on)
    RETURNING line.holder, line.holder_id, line.tray, line.due_on, line.amount
), kept AS (
    INSERT INTO case_docket_count (holder, holder_id, tray, due_on, amount)
    SELECT holder, holder_id, tray, due_on, sum(amount) FROM gone
    GROUP BY 1, 2, 3, 4 HAVING sum(amount) <> 0
    RETURNING 1
)
SELECT (SELECT count(*) FROM gone) - (SELECT count(*) FROM kept)
"""
