"""Ground to check: a community of grids in rows and columns, whose borders the tests move by hand. In metres.

The community's south-west corner lies at 114.3° 30.5°; a grid is 200 m wide and high. Grids are numbered from the south
row by row.
"""

import numpy as np
import shapely

from jingwei.places import codes
from jingwei.places.coverage.ground import Ground, Houses, Staffing, outline_of
from jingwei.places.projections import LocalPlane

PLANE = LocalPlane(114.3, 30.5)
COMMUNITY = codes.make(990101, 1, 1)
SIDE = 200.0


def grid(number):
    return codes.child(COMMUNITY, number)


def land(*corners):
    """A polygon by its corners in metres from the south-west."""
    return outline_of(shapely.transform(shapely.Polygon(corners), PLANE.to_degrees))


def box(west, south, east, north):
    return land((west, south), (east, south), (east, north), (west, north))


def a_ground(*, columns=2, rows=1, drawn=(), houses=(), listed=(), **others):
    """Grids that fit exactly. `drawn` replaces outlines by the number of the grid (None: not drawn).

    `houses`: (number of the grid it is registered in, metres east, metres north, households).
    """
    grids = {
        grid(row * columns + column + 1): box(column * SIDE, row * SIDE, (column + 1) * SIDE, (row + 1) * SIDE)
        for row in range(rows)
        for column in range(columns)
    }
    codes_of_all = tuple(grids)
    for number, outline in dict(drawn).items():
        grids[grid(number)] = outline
    places = PLANE.to_degrees(np.array([(x, y) for _number, x, y, _count in houses]).reshape(-1, 2))
    return Ground(
        grids={code: outline for code, outline in grids.items() if outline is not None},
        communities=others.pop("communities", {COMMUNITY: box(0, 0, columns * SIDE, rows * SIDE)}),
        listed=(*codes_of_all, *listed),
        houses=Houses(
            np.array([grid(number) for number, _x, _y, _count in houses], dtype=np.int64),
            places[:, 0],
            places[:, 1],
            np.array([count for *_place, count in houses], dtype=np.int64),
        ),
        staffing=others.pop("staffing", Staffing()),
    )
