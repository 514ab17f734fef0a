"""The page of coverage, as its template needs it: the tree, the map, the findings with their mends, the draft."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jingwei.places import codes
from jingwei.places.codes import Level
from jingwei.places.coverage import words
from jingwei.places.coverage.check import check
from jingwei.places.coverage.drafting import check_of, open_draft_of
from jingwei.places.coverage.ground import Finding, Ground, Kind, Severity
from jingwei.places.coverage.loading import Loaded, load
from jingwei.places.coverage.mends import Mend, Split, mends, suggest_split
from jingwei.places.coverage.picture import Picture, draw
from jingwei.places.models import Area, BoundaryDraft
from jingwei.places.names import names_of

TREE = (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID)
TONES = {Severity.MUST: "bad", Severity.SHOULD: "warn"}
STYLES = {Kind.GAP: "gap", Kind.OUTSIDE: "gap", Kind.OVERLAP: "overlap", Kind.SLIVERS: "overlap"}
MOST_SHOWN = 200
"""Findings on one page; the rest come when these are mended, or area by area."""


@dataclass(frozen=True)
class Branch:
    """A line of the tree. `below` is filled where it is open; `tone` of the worst finding in it."""

    code: int
    title: str
    said: str
    tone: str
    is_here: bool
    below: tuple["Branch", ...] = ()


@dataclass(frozen=True)
class Way:
    """A mend as a choice."""

    key: str
    title: str
    said: str
    is_bad: bool
    is_chosen: bool


@dataclass(frozen=True)
class Entry:
    """A finding in the list."""

    number: int
    key: str
    kind: str
    where: str
    said: str
    metres: str
    style: str
    is_must: bool
    is_open: bool
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Sheet:
    area: Area
    draft: BoundaryDraft | None
    branches: tuple[Branch, ...]
    picture: Picture | None
    picture_said: str
    entries: tuple[Entry, ...]
    count: int
    must: int

    @property
    def more(self) -> int:
        """How many findings there are beyond those that are listed."""
        return self.count - len(self.entries)


def sheet(area: Area, *, finding: str = "", mend: str = "") -> Sheet:
    """What the page shows of an area, with one mend of one finding drawn where both are named."""
    draft = open_draft_of(area.code)
    loaded = load(check_of(area.code), draft)
    found = check(loaded.ground, loaded.limits)
    here = [one for one in found if _is_in(one, area.code)]
    numbered = list(enumerate(here[:MOST_SHOWN], start=1))
    names = _names(area, loaded.ground, here)
    chosen = next((one for one in here if one.key == finding), None)
    ways = mends(chosen, loaded.ground) if chosen else []
    drawn = next((way for way in ways if way.key == mend), None)
    return Sheet(
        area=area,
        draft=draft,
        branches=tuple(_tree(area, found, loaded.ground)),
        picture=_picture(area, loaded.ground, numbered, names, _Choice(chosen, mend, drawn)),
        picture_said=_picture_said(area, here),
        entries=tuple(_entry(number, one, loaded, names, _Choice(chosen, mend, drawn)) for number, one in numbered),
        count=len(here),
        must=sum(one.severity is Severity.MUST for one in found),
    )


@dataclass(frozen=True)
class _Choice:
    """The finding and the mend that the page's address names, where there are such."""

    finding: Finding | None
    key: str
    mend: Mend | None


def _is_in(finding: Finding, code: int) -> bool:
    first, last = codes.span(code)
    return any(first <= one <= last for one in (finding.community, *finding.codes))


def _names(area: Area, ground: Ground, findings: Sequence[Finding]) -> dict[int, str]:
    """Of the areas shown and of those that findings name; a grid of another community with its community's."""
    wanted = {code for finding in findings for code in finding.codes} | set(_shown(area, ground))
    communities = {codes.ancestor(code, Level.COMMUNITY) for code in wanted}
    names = names_of(wanted | communities | _rims(area, ground))
    home = codes.ancestor(area.code, Level.COMMUNITY) if area.level in (Level.COMMUNITY, Level.GRID) else codes.WHOLE
    for code in wanted:
        above = codes.ancestor(code, Level.COMMUNITY)
        if above not in (home, code) and code in names and above in names and len(communities) > 1:
            names[code] = _("%(community)s %(grid)s") % {"community": names[above], "grid": names[code]}
    return names


def _shown(area: Area, ground: Ground) -> list[int]:
    """The grids on the map: those of the community, also where one grid is looked at; else all."""
    around = codes.ancestor(area.code, Level.COMMUNITY) if area.level == Level.GRID else area.code
    first, last = codes.span(around)
    return [int(code) for code in ground.codes if first <= code <= last]


def _rims(area: Area, ground: Ground) -> set[int]:
    around = codes.ancestor(area.code, Level.COMMUNITY) if area.level == Level.GRID else area.code
    first, last = codes.span(around)
    return {code for code in ground.communities if first <= code <= last}


def _picture(
    area: Area, ground: Ground, numbered: Sequence[tuple[int, Finding]], names: dict[int, str], choice: _Choice
) -> Picture | None:
    shown = _shown(area, ground)
    chosen = choice.finding
    return draw(
        ground,
        shown,
        names={**names_of(shown), **{code: names.get(code, "") for code in _rims(area, ground)}},
        said={code: words.households(ground.households.get(code, 0)) for code in shown},
        findings=numbered,
        on=(area.code,) if area.level == Level.GRID else chosen.codes if chosen else (),
        mend=choice.mend,
        split=_split(chosen, ground) if chosen else None,
    )


def _split(finding: Finding, ground: Ground) -> Split | None:
    return suggest_split(finding.codes[0], ground) if finding.kind is Kind.TOO_LARGE else None


def _picture_said(area: Area, here: Sequence[Finding]) -> str:
    gaps = sum(one.kind is Kind.GAP for one in here)
    overlaps = sum(one.kind is Kind.OVERLAP for one in here)
    return _("The grids of %(name)s. Gaps: %(gaps)d, overlaps: %(overlaps)d. The list beside the map names each.") % {
        "name": area.title,
        "gaps": gaps,
        "overlaps": overlaps,
    }


def _entry(number: int, finding: Finding, loaded: Loaded, names: dict[int, str], choice: _Choice) -> Entry:
    ground, limits = loaded.ground, loaded.limits
    ways = mends(finding, ground)
    wanted = choice.key if choice.finding is finding else ""
    keys = [way.key for way in ways]
    picked = wanted if wanted in keys else keys[0] if keys else ""
    is_must = finding.severity is Severity.MUST
    return Entry(
        number=number,
        key=finding.key,
        kind=words.kind(finding),
        where=words.where(finding, names),
        said=words.said(finding, limits, _split(finding, ground)),
        metres=words.square_metres(finding.metres) if finding.metres else "",
        style=STYLES.get(finding.kind, "hint") if is_must else "hint",
        is_must=is_must,
        is_open=is_must or choice.finding is finding,
        ways=tuple(
            Way(way.key, words.mend_title(finding, way, names), said, is_bad, way.key == picked)
            for way in ways
            for said, is_bad in [words.mend_said(finding, way, ground, limits)]
        ),
    )


def _tree(area: Area, found: Sequence[Finding], ground: Ground) -> Iterator[Branch]:
    """From the district down to the area, each opened on the way; below the last what lies directly in it."""
    lineage = [code for code in codes.lineage(area.code) if codes.level_of(code) in TREE]
    living = Q(children__ends_on=None)
    rows = (
        Area.objects.current()
        .filter(Q(pk=lineage[0]) | Q(parent__in=lineage, level__in=TREE))
        .annotate(count=Count("children", filter=living))
        .order_by("code")
    )
    by_parent: dict[int | None, list[Area]] = {}
    for one in rows:
        by_parent.setdefault(one.parent_id if one.pk != lineage[0] else None, []).append(one)
    yield from (_branch(one, by_parent, area, found, ground) for one in by_parent.get(None, []))


def _branch(
    one: Area, by_parent: dict[int | None, list[Area]], area: Area, found: Sequence[Finding], ground: Ground
) -> Branch:
    inside = [finding.severity for finding in found if _is_in(finding, one.code)]
    worst = next((tone for severity, tone in TONES.items() if severity in inside), "")
    if one.level == Level.GRID:
        said = words.households(ground.households.get(one.code, 0))
    else:
        said = _below(Level(one.level), getattr(one, "count", 0))
    below = tuple(_branch(each, by_parent, area, found, ground) for each in by_parent.get(one.code, []))
    return Branch(one.code, one.title, said, worst, one.code == area.code, below)


def _below(level: Level, count: int) -> str:
    match level:
        case Level.DISTRICT:
            return ngettext("%(count)d street", "%(count)d streets", count) % {"count": count}
        case Level.STREET:
            return ngettext("%(count)d community", "%(count)d communities", count) % {"count": count}
    return ngettext("%(count)d grid", "%(count)d grids", count) % {"count": count}
