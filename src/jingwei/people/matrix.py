"""Who holds what: the postings of a place by area and office, with what is vacant, what clashes and who is away.

Reads only. A page holds so many areas at most, and costs the same number of queries whatever they hold.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jingwei.people.clashes import clashes
from jingwei.people.columns import COLUMNS
from jingwei.people.models import Absence, HandOver, KeptClash, Member, Posting
from jingwei.people.roles import ROLES
from jingwei.people.work import open_work_counts
from jingwei.places.public import Area, Level, level_of, span

PAGE_AREAS = 120
MOST_FOUND = 300
MOST_SEVERAL = 500
WORKER = "grid_worker"
BELOW: Mapping[Level, tuple[Level, ...]] = {
    Level.DISTRICT: (Level.DISTRICT, Level.STREET),
    Level.STREET: (Level.STREET, Level.COMMUNITY, Level.GRID),
    Level.COMMUNITY: (Level.COMMUNITY, Level.GRID),
    Level.GRID: (Level.GRID,),
}
"""What a page of a place lists: a district its streets, which have pages of their own; a street all but its units."""


HELD = "yes"


@dataclass(frozen=True)
class Cell:
    """Empty, held (`HELD`), or held as far as `word` says."""

    word: str
    is_clash: bool = False


@dataclass(frozen=True)
class Row:
    """One posting as a row, or, without one, a grid that nobody works in."""

    place: str
    code: int = 0
    posting: Posting | None = None
    is_second: bool = False
    clashing: frozenset[str] = frozenset()
    is_kept: bool = False
    absence: Absence | None = None

    @property
    def duties(self) -> frozenset[str]:
        return ROLES[self.posting.role].duties if self.posting else frozenset()

    @property
    def cells(self) -> list[Cell]:
        """One for each column: whether it is held, and how far."""
        held, word = self.duties, self._reach()
        return [
            Cell(word if not held.isdisjoint(column.duties) else "", not self.clashing.isdisjoint(column.duties))
            for column in COLUMNS
        ]

    def _reach(self) -> str:
        """How far a duty goes, where it is not the whole of a community or more."""
        if self.posting is None:
            return ""
        if self.posting.categories:
            return pgettext("reach", "by class")
        if self.posting.code is None:
            return pgettext("reach", "office")
        return {Level.GRID: pgettext("reach", "grid"), Level.UNIT: pgettext("reach", "unit")}.get(
            level_of(self.posting.code), HELD
        )


@dataclass
class Group:
    """Rows under one heading. `grids` and `vacant` are told of the grids of a community."""

    key: str
    title: str
    kind: str
    rows: list[Row] = field(default_factory=list)
    code: int = 0

    @property
    def people(self) -> int:
        return len({row.posting.member_id for row in self.rows if row.posting})

    @property
    def vacant(self) -> int:
        return sum(row.posting is None for row in self.rows)

    @property
    def grids(self) -> int:
        return len({row.place for row in self.rows})


@dataclass(frozen=True)
class Matrix:
    """A page. `next` is the code behind which the following one begins; 0: this is the last."""

    area: Area
    groups: list[Group]
    next: int = 0


@dataclass(frozen=True)
class Tally:
    """Figures of the whole place: people posted, pairs of postings that clash, grids without a worker, hand-overs."""

    people: int
    clashes: int
    vacant: int
    pending: int


def held_at(area: Area, day: date) -> QuerySet[Posting]:
    """Postings of the day at the area, below it, and in the offices that serve these."""
    return Posting.objects.held(day).at([area.span])


def tally(area: Area, day: date) -> Tally:
    """Six queries."""
    held = held_at(area, day)
    return Tally(
        people=held.aggregate(people=Count("member", distinct=True))["people"],
        clashes=len(open_clashes(area, day)),
        vacant=vacant_grids(area, day).count(),
        pending=len(pending_hand_overs(area)),
    )


def open_clashes(area: Area, day: date) -> list[tuple[Posting, Posting, tuple[str, str]]]:
    """Pairs that clash at the area and that nobody has decided to keep."""
    several = held_at(area, day).values("member").annotate(count=Count("pk")).filter(count__gt=1).values("member")
    held = Posting.objects.held(day).filter(member__in=several[:MOST_SEVERAL]).select_related("member", "department")
    kept = set(KeptClash.objects.filter(first__in=held.values("pk")).values_list("first_id", "second_id"))
    return [found for found in clashes(held) if (found[0].pk, found[1].pk) not in kept]


def vacant_grids(area: Area, day: date) -> QuerySet[Area]:
    """Grids where nobody is posted as their worker."""
    workers = Posting.objects.held(day).filter(role=WORKER, code=OuterRef("code"))
    return Area.objects.current(day).under(area.code).at(Level.GRID).filter(~Exists(workers)).order_by("code")


def pending_hand_overs(area: Area) -> list[HandOver]:
    """Hand-overs of the place in which something is still open."""
    waiting = HandOver.objects.filter(code__range=area.span, done_at=None).select_related("member", "posting")
    found = list(waiting.order_by("due_on", "pk")[:MOST_SEVERAL])
    counts = open_work_counts({one.member_id for one in found})
    return [one for one in found if counts.get(one.member_id)]


def flagged(area: Area, day: date, flag: str) -> Matrix:
    """Only what needs somebody: postings that clash, grids without a worker, hand-overs that wait."""
    if flag == "vacant":
        grids = list(vacant_grids(area, day)[:MOST_FOUND])
        group = Group("vacant", "", "grids", [Row(grid.title, grid.code) for grid in grids])
        return Matrix(area, [group] if grids else [])
    if flag == "clash":
        found = {one.pk: one for pair in open_clashes(area, day) for one in pair[:2]}
        postings = sorted(found.values(), key=lambda one: (one.member_id, one.pk))
    else:
        keys = [one.posting_id for one in pending_hand_overs(area)]
        waiting = Posting.objects.filter(pk__in=keys).select_related("member", "department")
        postings = list(waiting.order_by("ends_on", "pk"))
    names = {one.code: one for one in Area.objects.filter(code__in={one.place for one in postings})}
    rows = _rows(postings, names.values(), day)
    return Matrix(area, [Group(flag, "", flag, rows)] if rows else [])


def matrix(area: Area, day: date, *, after: int = 0) -> Matrix:
    """The page of an area, from behind the code `after`: seven queries."""
    levels = BELOW[Level(area.level)]
    listed = Area.objects.current(day).under(area.code).at(*levels).filter(code__gt=after).order_by("code")
    areas = list(listed[: PAGE_AREAS + 1])
    following = areas[PAGE_AREAS - 1].code if len(areas) > PAGE_AREAS else 0
    areas = areas[:PAGE_AREAS]
    postings = _postings_at(areas, day, is_exact=levels[-1] is not Level.GRID)
    if not following:
        postings += list(_in_offices(area, day))
    return Matrix(area, _groups(areas, _rows(postings, areas, day)), following)


def find(area: Area, day: date, words: str) -> Matrix:
    """Postings whose member, role, area or office is called so, as written or as spoken."""
    roles = [role.key for role in ROLES.values() if words.casefold() in str(role.title).casefold()]
    named = Q(name__called=words) | Q(name_en__called=words)
    places = Area.objects.current(day).under(area.code).filter(named).values("code")
    who = Q(member__name__called=words) | Q(member__username__iexact=words)
    where = Q(code__in=places) | Q(department__name__called=words) | Q(department__name_en__called=words)
    found = held_at(area, day).filter(who | where | Q(role__in=roles)).select_related("member", "department")
    postings = list(found.order_by("code", "department__code", "pk")[:MOST_FOUND])
    codes = {posting.code for posting in postings if posting.code is not None}
    areas = list(Area.objects.filter(code__in=codes).order_by("code"))
    return Matrix(area, _groups(areas, _rows(postings, areas, day), has_vacancies=False))


def _postings_at(areas: Sequence[Area], day: date, *, is_exact: bool) -> list[Posting]:
    if not areas:
        return []
    held = Posting.objects.held(day).filter(code__range=(areas[0].code, span(areas[-1].code)[1]))
    if is_exact:
        held = held.filter(code__in=[area.code for area in areas])
    return list(held.select_related("member", "department").order_by("code", "begins_on", "pk"))


def _in_offices(area: Area, day: date) -> QuerySet[Posting]:
    """Those held in offices and at no area. A district's page has its own offices, not those of its streets."""
    codes = Q(department__code=area.code)
    if area.level != Level.DISTRICT:
        codes = Q(department__code__range=area.span)
    held = Posting.objects.held(day).filter(codes, code=None).select_related("member", "department")
    return held.order_by("department__name", "begins_on", "pk")


def _rows(postings: Sequence[Posting], areas: Iterable[Area], day: date) -> list[Row]:
    names = {area.code: area.title for area in areas}
    members = {posting.member_id for posting in postings}
    away = {one.member_id: one for one in Absence.objects.on(day).filter(member__in=members).select_related("delegate")}
    every = list(Posting.objects.held(day).filter(member__in=members).select_related("department"))
    first: dict[int, int] = {}
    for posting in sorted(every, key=lambda one: (one.begins_on, one.pk)):
        first.setdefault(posting.member_id, posting.pk)
    kept = set(KeptClash.objects.filter(first__in=[one.pk for one in every]).values_list("first_id", "second_id"))
    clashing: dict[int, set[str]] = {}
    settled: Counter[int] = Counter()
    for one, other, (mine, yours) in clashes(every):
        if (one.pk, other.pk) in kept:
            settled.update((one.pk, other.pk))
            continue
        clashing.setdefault(one.pk, set()).add(mine)
        clashing.setdefault(other.pk, set()).add(yours)
    return [
        Row(
            place=_place(posting, names),
            code=posting.place,
            posting=posting,
            is_second=posting.pk != first[posting.member_id],
            clashing=frozenset(clashing.get(posting.pk, ())),
            is_kept=posting.pk in settled,
            absence=away.get(posting.member_id),
        )
        for posting in postings
    ]


def _place(posting: Posting, names: Mapping[int, str]) -> str:
    if posting.department is not None:
        return posting.department.title
    code = posting.code or 0
    grid = code - code % Level.GRID.step
    return names.get(code) or names.get(grid, "")


def _groups(areas: Iterable[Area], rows: Iterable[Row], *, has_vacancies: bool = True) -> list[Group]:
    by_code: dict[int, list[Row]] = {}
    offices = Group("offices", "", "offices")
    for row in rows:
        if row.posting is None or row.posting.code is None:
            offices.rows.append(row)
        else:
            code = row.posting.code
            by_code.setdefault(code - code % Level.GRID.step, []).append(row)
    groups: list[Group] = []
    for area in areas:
        if area.level == Level.GRID:
            group = _grids_group(groups, area)
            here = by_code.get(area.code, [])
            has_worker = any(row.posting and row.posting.role == WORKER for row in here)
            group.rows += here if has_worker or not has_vacancies else [Row(area.title, area.code), *here]
        elif area.level in {Level.DISTRICT, Level.STREET, Level.COMMUNITY}:
            groups.append(Group(f"a{area.code}", area.title, str(area.level), by_code.get(area.code, []), area.code))
    shown = [group for group in groups if group.rows or group.kind == Level.STREET]
    return [*shown, offices] if offices.rows else shown


def _grids_group(groups: list[Group], grid: Area) -> Group:
    """The group of the grids of one community, made when the first of them comes."""
    key = f"g{grid.parent_id}"
    if not groups or groups[-1].key != key:
        title = groups[-1].title if groups and groups[-1].code == grid.parent_id else ""
        groups.append(Group(key, title, "grids", code=grid.parent_id or 0))
    return groups[-1]


def duties_of(area: Area, day: date) -> dict[str, dict[str, list[Member]]]:
    """By duty and level (or "office"): who holds it at the area and, level by level, below. One query."""
    listed = held_at(area, day).select_related("member", "department").order_by("code", "pk")
    found: dict[str, dict[str, list[Member]]] = {}
    for posting in listed[: MOST_SEVERAL * 4]:
        level = "office" if posting.code is None else level_of(posting.code).value
        for duty in ROLES[posting.role].duties:
            found.setdefault(duty, {}).setdefault(level, []).append(posting.member)
    return found


def level_titles(levels: Iterable[str]) -> list[str]:
    """What the levels are called; "office" stands behind them."""
    return [_("Offices") if level == "office" else str(Level(level).label) for level in levels]
