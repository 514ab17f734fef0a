import pytest
import shapely

from jingwei.demo.redrawing import COMMUNITY, GIVES, KEEPS, bite, redrawn
from jingwei.demo.town import build_town


def test_one_grid_gives_land_away_and_one_takes_land_that_another_has():
    town = build_town()
    grids = town.communities[COMMUNITY - 1].grids
    (giver, other), (taker, keeper) = ([grids[number - 1] for number in pair] for pair in (GIVES, KEEPS))

    drawn = redrawn(town)

    assert set(drawn) == {giver.code, taker.code}
    given = shapely.difference(giver.outline, drawn[giver.code])
    assert shapely.area(given) == pytest.approx(shapely.area(giver.outline) - shapely.area(drawn[giver.code]))
    assert shapely.touches(given, other.outline)
    assert shapely.area(shapely.intersection(drawn[taker.code], keeper.outline)) > 0
    assert all(shape.is_valid and shape.geom_type == "Polygon" for shape in drawn.values())
    assert shapely.area(bite(giver.outline, other.outline)) < shapely.area(giver.outline) / 4
