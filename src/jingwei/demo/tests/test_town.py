from random import Random

import shapely

from jingwei.demo.ground import bend
from jingwei.demo.spots import grids_with, spot_in
from jingwei.demo.stories import stories
from jingwei.demo.town import build_town
from jingwei.places.public import Level, level_of, span

TOWN = build_town()
HOUSES = [house for grid in TOWN.grids for house in grid.houses]


def test_the_town_has_the_size_of_a_street():
    assert len(TOWN.communities) == 9
    assert len(TOWN.grids) == 92
    assert 1050 <= len(HOUSES) <= 1150


def test_every_grid_has_the_households_of_a_grid():
    assert all(200 <= grid.households <= 500 for grid in TOWN.grids)


def test_built_twice_it_is_the_same_town():
    again = build_town.__wrapped__()

    assert again is not TOWN
    assert again == TOWN


def test_grids_cover_the_street_without_gap_or_overlap():
    outlines = [grid.outline for grid in TOWN.grids]
    whole = shapely.union_all(outlines)

    assert shapely.equals(whole, TOWN.outline)
    assert abs(sum(outline.area for outline in outlines) - TOWN.outline.area) < TOWN.outline.area * 1e-9


def test_no_two_grids_overlap():
    tree = shapely.STRtree([grid.outline for grid in TOWN.grids])
    first, second = tree.query([grid.outline for grid in TOWN.grids], predicate="overlaps")

    assert len(first) == len(second) == 0


def test_neighbours_share_their_vertices():
    owners = {}
    for grid in TOWN.grids:
        for point in grid.outline.exterior.coords[:-1]:
            owners.setdefault(point, []).append(grid.code)
    inner = [point for point in owners if TOWN.outline.contains(shapely.Point(point))]

    assert len(inner) > 1000
    assert all(len(owners[point]) >= 2 for point in inner)


def test_communities_are_made_of_their_grids():
    for community in TOWN.communities:
        union = shapely.union_all([grid.outline for grid in community.grids])
        assert shapely.equals(union, community.outline), community.name


def test_buildings_stand_in_their_grid_and_not_in_each_other():
    for grid in TOWN.grids:
        assert all(grid.outline.contains(house.footprint) for house in grid.houses), grid.code
        assert all(grid.outline.contains(shapely.Point(house.longitude, house.latitude)) for house in grid.houses)
    footprints = [house.footprint for house in HOUSES]
    first, second = shapely.STRtree(footprints).query(footprints, predicate="intersects")
    assert all(first == second)


def test_buildings_have_names_and_addresses_of_their_own():
    assert len({house.name for house in HOUSES}) == len(HOUSES)
    assert all(house.address and house.floors >= 2 for house in HOUSES)


def test_codes_say_level_and_parent():
    assert level_of(TOWN.district) == Level.DISTRICT
    for community in TOWN.communities:
        assert level_of(community.code) == Level.COMMUNITY
        first, last = span(community.code)
        assert all(first <= grid.code <= last for grid in community.grids)


def test_bending_keeps_a_metre_apart_what_was_a_metre_apart():
    for u in range(-1300, 1301, 130):
        for v in range(-900, 901, 90):
            here, there = bend(u, v), bend(u + 1, v)
            assert 0.5 < ((here[0] - there[0]) ** 2 + (here[1] - there[1]) ** 2) ** 0.5 < 2


def test_every_spot_of_every_kind_lies_in_its_grid():
    rng = Random(7)
    for kind in {story.where for story in stories()}:
        for grid in grids_with(kind):
            spot = spot_in(grid, kind, rng)
            assert spot.code == grid.code
            assert grid.outline.contains(shapely.Point(spot.longitude, spot.latitude)), (kind, spot)
