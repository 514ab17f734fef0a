"""How a city without boundaries is cut into streets, communities and grids. No database.

It is cut into grids with about as many records in each. A grid belongs to the community that most of its records
name, and a community to the street that the mapping says.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from jingwei.exchange.records.mapping import District, Street
from jingwei.exchange.records.survey import Survey
from jingwei.kernel.public import Refused
from jingwei.places.public import Level, NewArea, Rectangle, around, codes, tessellate

LARGEST_COMMUNITY = Level.GRID.serials


def plan_areas(district: District, found: Survey) -> list[NewArea]:
    """The district with all below it, for the points that were found. The same points give the same areas."""
    begins_on = found.oldest.date() if found.oldest else None
    top = _area(district.number, district.name, district.name_en, Rectangle(*district.bounds).polygon, begins_on)
    if not found.communities:
        return [top]
    grids = tessellate(around(*found.points), district.grids, *found.points)
    grids_of: dict[str, list[Rectangle]] = defaultdict(list)
    for grid, community in zip(grids, _communities(grids, found), strict=True):
        grids_of[community or district.name].append(grid)
    areas = [top]
    for number, street in enumerate(_streets(district, grids_of), start=1):
        areas += _street(codes.child(district.number, number), street, grids_of, begins_on)
    return areas


def _streets(district: District, communities: Iterable[str]) -> list[Street]:
    """The mapping's streets with the communities that there are. What lies in none is in one named as the district."""
    there = set(communities)
    streets = [
        Street(
            name=street.name,
            name_en=street.name_en,
            communities=tuple(name for name in street.communities if name in there),
        )
        for street in district.streets
    ]
    rest = there.difference(*(street.communities for street in streets))
    streets.append(Street(name=district.name, name_en=district.name_en, communities=tuple(sorted(rest))))
    return [street for street in streets if street.communities]


def _street(
    code: int, street: Street, grids_of: Mapping[str, Sequence[Rectangle]], begins_on: date | None
) -> list[NewArea]:
    below = []
    for number, name in enumerate(street.communities, start=1):
        below += _community(codes.child(code, number), name, grids_of[name], begins_on)
    land = shapely.union_all([grid.polygon for name in street.communities for grid in grids_of[name]])
    return [_area(code, street.name, street.name_en, land, begins_on), *below]


def _community(code: int, name: str, grids: Sequence[Rectangle], begins_on: date | None) -> list[NewArea]:
    if len(grids) > LARGEST_COMMUNITY:
        raise Refused(
            _("%(name)s would have %(count)d grids; %(most)d is the most. Ask for fewer grids in the mapping.")
            % {"name": name, "count": len(grids), "most": LARGEST_COMMUNITY}
        )
    land = shapely.union_all([grid.polygon for grid in grids])
    areas = [_area(code, name, "", land, begins_on)]
    for number, grid in enumerate(grids, start=1):
        names = f"{name}{number:02d}网格", f"{name} grid {number:02d}"
        areas.append(_area(codes.child(code, number), *names, grid.polygon, begins_on))
    return areas


def _area(code: int, name: str, name_en: str, outline: BaseGeometry, begins_on: date | None) -> NewArea:
    return NewArea(code=code, name=name, name_en=name_en, begins_on=begins_on, outline=outline)


def _communities(grids: Sequence[Rectangle], found: Survey) -> list[str]:
    """The community that most records of each grid name; a grid without names goes with the one before it.

    A community that is nowhere the first gets the grid where it is strongest, unless that is another's only one.
    """
    votes = [Counter[str]() for _grid in grids]
    for place, name in zip(_grid_of_points(grids, found), found.communities, strict=True):
        if name:
            votes[place][name] += 1
    names: list[str] = []
    last = next((_winner(vote) for vote in votes if vote), "")
    for vote in votes:
        last = _winner(vote) if vote else last
        names.append(last)
    for name in sorted(set().union(*votes).difference(names)):
        place = max(range(len(grids)), key=lambda place: (votes[place][name], -place))
        if names.count(names[place]) > 1:
            names[place] = name
    return names


def _winner(vote: Counter[str]) -> str:
    return min(vote, key=lambda name: (-vote[name], name))


def _grid_of_points(grids: Sequence[Rectangle], found: Survey) -> npt.NDArray[np.int64]:
    """The index of the grid around each point; of the first one on a shared border."""
    tree = shapely.STRtree([grid.polygon for grid in grids])
    point, grid = tree.query(shapely.points(*found.points), predicate="intersects")
    first = np.full(len(found.communities), len(grids), dtype=np.int64)
    np.minimum.at(first, point, grid)
    return first
