"""Where a report may be about: from a point, from words, or from what is known of whoever reports. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from jingwei.cases.models import Report
from jingwei.kernel.public import is_long_enough
from jingwei.people.public import Member
from jingwei.places.public import Area, Building, Found, ancestor, codes, find, names_of
from jingwei.places.public import Level as AreaLevel

MOST_FOUND = 8
MOST_LISTED = 300


@dataclass(frozen=True)
class Spot:
    """A place to choose. `key` names it in forms; `note` says in which grid it lies, `sign` how it was found."""

    key: str
    code: int
    title: str
    note: str = ""
    sign: str = ""
    longitude: float | None = None
    latitude: float | None = None


def spot_at(key: str, longitude: float, latitude: float, sign: str = "") -> Spot | None:
    """The place at a point in WGS-84 degrees: the building there, or else the grid. None outside our areas."""
    found = find(longitude, latitude)
    if found is None:
        return None
    note = where_is([found.code])[found.code]
    building = _name(found)
    return Spot(key, found.code, building or note, note if building else "", sign, longitude, latitude)


def _name(found: Found) -> str:
    building = Building.objects.filter(pk=found.building_id).first() if found.building_id else None
    return _called(building) if building else ""


def _called(building: Building) -> str:
    """Its address, and its name where the address does not say it."""
    if not building.address:
        return building.name
    if building.name in building.address:
        return building.address
    return _("%(name)s, %(address)s") % {"name": building.name, "address": building.address}


def spots_named(text: str) -> list[Spot]:
    """Buildings and areas whose name or address holds `text`, as written or as spoken; a few of each."""
    text = text.strip()
    if not is_long_enough(text):
        return []
    buildings = list(
        Building.objects.filter(Q(name__called=text) | Q(address__called=text)).order_by("code", "name")[:MOST_FOUND]
    )
    levels = (AreaLevel.COMMUNITY, AreaLevel.GRID)
    named = Q(name__called=text) | Q(name_en__called=text)
    areas = list(Area.objects.current().at(*levels).filter(named)[:MOST_FOUND])
    notes = where_is([*(one.code for one in buildings), *(area.code for area in areas)])
    return [_of_building(one, notes[one.code]) for one in buildings] + [
        _of_area(area.code, notes[area.code]) for area in areas
    ]


def read_spot(key: str) -> Spot | None:
    """The building or area that a form named; None for what does not exist."""
    kind, rest = key[:1], key[1:]
    try:
        if kind == "b":
            building = Building.objects.get(pk=UUID(rest))
            return _of_building(building, where_is([building.code])[building.code])
        if kind == "a":
            code = codes.read(rest)
            Area.objects.current().get(pk=code)
            return _of_area(code, where_is([code])[code])
    except (ValueError, Building.DoesNotExist, Area.DoesNotExist):
        return None
    return None


def spots_of(member: Member) -> list[Spot]:
    """The grids where a member works, or else where they last reported."""
    grids = _grids_of(member)
    notes = where_is(grids)
    return [_of_area(code, notes[code]) for code in grids]


def community_of(member: Member) -> str:
    """Name of the community where a member works or last reported; "" where that is not known. Two queries."""
    lineage = [part for code in _grids_of(member)[:1] for part in codes.lineage(code)]
    community = [part for part in lineage if codes.level_of(part) == AreaLevel.COMMUNITY]
    return names_of(community).get(community[0], "") if community else ""


def _grids_of(member: Member) -> list[int]:
    grids = [_grid(post.first) for post in member.posts if post.level in {AreaLevel.GRID, AreaLevel.UNIT}]
    if not grids:
        last = Report.objects.filter(member_id=member.pk).order_by("-received_at").values_list("code", flat=True)[:1]
        grids = [_grid(code) for code in last]
    return list(dict.fromkeys(grids))


def listed_areas() -> list[tuple[str, list[tuple[str, str]]]]:
    """Communities with their grids as choices; none where there are too many for a list."""
    areas = list(Area.objects.current().at(AreaLevel.COMMUNITY, AreaLevel.GRID).order_by("code")[: MOST_LISTED + 1])
    if len(areas) > MOST_LISTED:
        return []
    groups: dict[int, list[Area]] = {}
    for area in areas:
        groups.setdefault(ancestor(area.code, AreaLevel.COMMUNITY), []).append(area)
    return [(group[0].title, [(_key(area.code), _as_choice(area)) for area in group]) for group in groups.values()]


def _as_choice(area: Area) -> str:
    is_whole = area.level == AreaLevel.COMMUNITY
    return _("%(community)s, I do not know which grid") % {"community": area.title} if is_whole else area.title


def where_is(wanted: Iterable[int]) -> dict[int, str]:
    """Community and grid of each code, as people say them: one query."""
    wanted = list(wanted)
    names = names_of({part for code in wanted for part in _parts(code)})
    return {code: _said([names[part] for part in _parts(code) if part in names], code) for code in wanted}


def _parts(code: int) -> list[int]:
    """The codes of its community and grid, as far as it has them; its own above that."""
    parts = [part for part in codes.lineage(code) if codes.level_of(part) in {AreaLevel.COMMUNITY, AreaLevel.GRID}]
    return parts or [code]


def _said(names: list[str], code: int) -> str:
    if len(names) == 2:
        return _("%(grid)s, %(community)s") % {"community": names[0], "grid": names[1]}
    return names[0] if names else codes.write(code)


def _of_building(building: Building, note: str) -> Spot:
    key = f"b{building.pk}"
    return Spot(key, building.code, _called(building), note, "", building.longitude, building.latitude)


def _of_area(code: int, note: str) -> Spot:
    return Spot(_key(code), code, note)


def _key(code: int) -> str:
    return f"a{codes.write(code)}"


def _grid(code: int) -> int:
    return ancestor(code, AreaLevel.GRID) if codes.level_of(code).depth > AreaLevel.GRID.depth else code
