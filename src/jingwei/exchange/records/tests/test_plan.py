from datetime import UTC, date, datetime

import numpy as np
import pytest
import shapely

from jingwei.exchange.records.plan import plan_areas
from jingwei.exchange.records.survey import Survey
from jingwei.exchange.records.testing import a_mapping
from jingwei.kernel.public import Refused
from jingwei.places.public import Level, codes


def a_survey(*points):
    """Points as longitude, latitude and the community that is named with them."""
    found = Survey(oldest=datetime(2020, 3, 1, tzinfo=UTC))
    for longitude, latitude, community in points:
        found.longitudes.append(longitude)
        found.latitudes.append(latitude)
        found.communities.append(community)
    return found


def a_city(count=400):
    """Mill in the west, Harbour in the middle, Elsewhere in the east."""
    dice = np.random.default_rng(3)
    names = ("Mill", "Harbour", "Elsewhere")
    places = dice.uniform((1.1, 40.1), (1.9, 40.9), (count, 2))
    return a_survey(*((x, y, names[int((x - 1.1) / 0.267)]) for x, y in places.tolist()))


def at(areas, level):
    return [area for area in areas if codes.level_of(area.code) is level]


def test_a_city_becomes_a_district_with_streets_communities_and_grids():
    areas = plan_areas(a_mapping().district, a_city())

    assert [area.name for area in at(areas, Level.DISTRICT)] == ["小镇"]
    assert [area.name for area in at(areas, Level.STREET)] == ["西街", "小镇"]
    assert [area.name for area in at(areas, Level.COMMUNITY)] == ["Mill", "Harbour", "Elsewhere"]
    assert len(at(areas, Level.GRID)) == 8
    assert {area.begins_on for area in areas} == {date(2020, 3, 1)}


def test_each_area_covers_what_lies_below_it_and_grids_do_not_overlap():
    areas = plan_areas(a_mapping().district, a_city())
    outlines = {area.code: area.outline for area in areas}
    grids = [outlines[area.code] for area in at(areas, Level.GRID)]

    for code, outline in outlines.items():
        above = codes.parent(code)
        if above in outlines:
            assert outlines[above].buffer(1e-9).contains(outline)
    assert sum(grid.area for grid in grids) == pytest.approx(shapely.union_all(grids).area)


def test_a_community_holds_the_records_that_name_it():
    found = a_city()
    areas = plan_areas(a_mapping(district={"grids": 40}).district, found)
    mill = next(area.outline for area in areas if area.name == "Mill")

    points = shapely.points(*found.points)
    named = np.array(found.communities) == "Mill"
    assert shapely.contains(mill, points[named]).mean() > 0.8
    assert shapely.contains(mill, points[~named]).mean() < 0.1


def test_the_same_records_give_the_same_areas():
    assert plan_areas(a_mapping().district, a_city()) == plan_areas(a_mapping().district, a_city())


def test_records_that_name_no_community_lie_in_one_named_as_the_district():
    areas = plan_areas(a_mapping(district={"grids": 2}).district, a_survey((1.2, 40.2, ""), (1.8, 40.8, "")))

    assert [area.name for area in areas] == ["小镇", "小镇", "小镇", "小镇01网格", "小镇02网格"]


def test_a_grid_without_names_goes_with_its_neighbour():
    found = a_survey(*((1.1 + step / 100, 40.5, "Mill" if step < 10 else "") for step in range(60)))

    areas = plan_areas(a_mapping(district={"grids": 4}).district, found)

    assert [area.name for area in at(areas, Level.COMMUNITY)] == ["Mill"]


def test_without_points_there_is_only_the_district():
    assert [area.code for area in plan_areas(a_mapping().district, a_survey())] == [990401 * 10**12]


def test_a_community_of_more_grids_than_there_are_codes_is_refused():
    district = a_mapping(district={"grids": 1100}).district

    with pytest.raises(Refused, match="Mill would have 1100 grids; 999 is the most"):
        plan_areas(district, a_survey((1.2, 40.2, "Mill"), (1.8, 40.8, "Mill")))
