"""Two borders of the street that are being redrawn and do not meet yet: what the check of coverage is for. Pure.

One grid gives land away that nobody has taken, and one took land that its neighbour still has.
"""

from typing import cast

import shapely
from shapely import LineString, Polygon
from shapely.ops import substring

from jingwei.demo.town import Town

COMMUNITY = 2
GIVES, KEEPS = (2, 5), (10, 6)
"""Neighbouring grids of that community, by number: the first gives land away; the second keeps what the first takes."""
DEPTH = 0.3
"""How far the new border reaches into a grid, as a share of the way to its middle."""
ENDS = 0.12, 0.88
"""From where to where on the common border."""


def redrawn(town: Town) -> dict[int, Polygon]:
    """The new outlines by code, as they stand in the draft."""
    grids = town.communities[COMMUNITY - 1].grids
    giver, other = (grids[number - 1] for number in GIVES)
    taker, keeper = (grids[number - 1] for number in KEEPS)
    given = shapely.difference(giver.outline, bite(giver.outline, other.outline))
    taken = shapely.union(taker.outline, bite(keeper.outline, taker.outline))
    return {giver.code: cast(Polygon, given), taker.code: cast(Polygon, taken)}


def bite(outline: Polygon, neighbour: Polygon) -> Polygon:
    """A piece of `outline` along its border with a neighbour, deepest in the middle."""
    border = cast(LineString, shapely.line_merge(shapely.intersection(outline, neighbour)))
    along = substring(border, *ENDS, normalized=True)
    middle, towards = border.interpolate(0.5, normalized=True), outline.centroid
    deepest = middle.x + (towards.x - middle.x) * DEPTH, middle.y + (towards.y - middle.y) * DEPTH
    return cast(Polygon, shapely.intersection(Polygon([*along.coords, deepest]), outline))
