import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jingwei.places import codes
from jingwei.places.coverage.check import check
from jingwei.places.coverage.ground import Kind, Limits, Severity, Staffing, outline_of
from jingwei.places.coverage.mends import cut_in_the_middle, mends, suggest_split
from jingwei.places.tests.ground import COMMUNITY, PLANE, SIDE, a_ground, box, grid, land

ANY_SIZE = Limits(fewest_households=0, most_households=10**6)
# The east border of the first grid bends away from the west border of the second: 40 m at the most.
BENT = land((0, 0), (200, 0), (160, 100), (200, 200), (0, 200))
BULGED = land((0, 0), (200, 0), (240, 100), (200, 200), (0, 200))


def kinds(found):
    return [one.kind for one in found]


def the_only(found, kind):
    (one,) = [one for one in found if one.kind is kind]
    return one


class TestCheck:
    @pytest.mark.parametrize(("columns", "rows"), [(1, 1), (2, 1), (3, 4)])
    def test_grids_that_fit_have_no_findings(self, columns, rows):
        assert check(a_ground(columns=columns, rows=rows), ANY_SIZE) == []

    def test_no_grids_have_no_findings(self):
        assert check(a_ground(columns=0, communities={}), ANY_SIZE) == []

    def test_a_gap_is_found_with_its_land_its_neighbours_and_who_lives_there(self):
        ground = a_ground(drawn={1: BENT}, houses=[(1, 190, 100, 24), (2, 195, 105, 14), (1, 50, 50, 300)])

        gap = the_only(check(ground, ANY_SIZE), Kind.GAP)

        assert gap.severity is Severity.MUST
        assert gap.codes == (grid(1), grid(2))  # the bent border is longer than the straight one
        assert gap.metres == pytest.approx(200 * 40 / 2, rel=1e-4)
        assert (gap.houses, gap.households) == ((0, 1), 38)
        assert gap.community == COMMUNITY

    def test_a_corner_makes_no_neighbour_of_a_gap(self):
        ground = a_ground(rows=2, drawn={2: box(200, 0, 400, 150)})
        gap = the_only(check(ground, ANY_SIZE), Kind.GAP)
        assert sorted(gap.codes) == [grid(1), grid(2), grid(4)]
        rim = a_ground(drawn={2: land((200, 0), (400, 0), (400, 150), (200, 200))})
        assert the_only(check(rim, ANY_SIZE), Kind.GAP).codes == (grid(2),)

    def test_without_an_outline_of_the_community_only_holes_are_gaps(self):
        hole = a_ground(columns=3, rows=3, drawn={5: box(200, 200, 390, 400)}, communities={})
        rim = a_ground(drawn={2: box(200, 0, 400, 150)}, communities={})

        assert the_only(check(hole, ANY_SIZE), Kind.GAP).metres == pytest.approx(10 * SIDE, rel=1e-4)
        assert check(rim, ANY_SIZE) == []

    def test_an_overlap_is_found_with_its_land_and_who_lives_there(self):
        ground = a_ground(drawn={1: BULGED}, houses=[(2, 210, 100, 24)])

        overlap = the_only(check(ground, ANY_SIZE), Kind.OVERLAP)

        assert overlap.codes == (grid(1), grid(2))
        assert overlap.metres == pytest.approx(200 * 40 / 2, rel=1e-4)
        assert overlap.households == 24
        assert kinds(check(ground, ANY_SIZE)) == [Kind.OVERLAP]  # the building stands in its own grid too

    def test_a_grid_within_another_overlaps_with_all_of_its_land(self):
        ground = a_ground(drawn={1: box(0, 0, 400, 200), 2: box(250, 50, 300, 100)})
        assert the_only(check(ground, ANY_SIZE), Kind.OVERLAP).metres == pytest.approx(2500, rel=1e-4)

    def test_neighbours_of_other_communities_overlap_as_well(self):
        other = codes.make(990101, 1, 2, 1)
        ground = a_ground(columns=1).with_grids({other: box(190, 0, 400, 200)})
        assert the_only(check(ground, ANY_SIZE), Kind.OVERLAP).codes == (grid(1), other)

    def test_land_outside_the_community_is_found(self):
        found = check(a_ground(drawn={2: box(200, 0, 450, 200)}), ANY_SIZE)
        assert kinds(found) == [Kind.OUTSIDE]
        assert (found[0].codes, found[0].severity) == ((grid(2),), Severity.MUST)
        assert found[0].metres == pytest.approx(50 * SIDE, rel=1e-4)

    @pytest.mark.parametrize("width", [0.02, -0.02])
    def test_what_is_narrow_is_a_sliver_and_slivers_are_told_together(self, width):
        drawn = {1: box(0, 0, 200 + width, 200), 3: box(400 + width, 0, 600, 200)}

        found = check(a_ground(columns=3, drawn=drawn), ANY_SIZE)

        assert kinds(found) == [Kind.SLIVERS]
        assert len(found[0].pieces) == 2
        assert found[0].metres == pytest.approx(8, rel=1e-3)
        assert found[0].severity is Severity.SHOULD

    def test_what_is_small_is_a_sliver_by_the_limit(self):
        ground = a_ground(drawn={1: land((0, 0), (200, 0), (200, 198), (198, 200), (0, 200))})
        assert kinds(check(ground, ANY_SIZE)) == [Kind.SLIVERS]
        assert kinds(check(ground, Limits(0, 10**6, sliver_metres=1, sliver_width=0.1))) == [Kind.GAP]

    def test_a_point_that_one_of_two_neighbours_lacks_is_nothing(self):
        drawn = {1: land((0, 0), (200, 0), (200, 77.7), (200, 200), (0, 200))}
        assert check(a_ground(drawn=drawn), ANY_SIZE) == []

    def test_a_grid_that_is_not_drawn_is_found_with_its_land(self):
        found = check(a_ground(drawn={2: None}, houses=[(2, 300, 100, 30)]), ANY_SIZE)
        assert kinds(found) == [Kind.GAP, Kind.UNDRAWN]
        assert (found[1].codes, found[1].households) == ((grid(2),), 30)

    def test_a_building_registered_elsewhere_is_a_stray(self):
        houses = [(1, 300, 100, 24), (1, 310, 100, 6), (1, 100, 100, 5), (2, 200, 100, 7)]

        found = check(a_ground(houses=houses), ANY_SIZE)

        assert kinds(found) == [Kind.STRAY]
        assert (found[0].codes, found[0].houses, found[0].households) == ((grid(1), grid(2)), (0, 1), 30)

    @pytest.mark.parametrize(
        ("count", "kind"), [(199, Kind.TOO_SMALL), (200, None), (500, None), (501, Kind.TOO_LARGE), (0, None)]
    )
    def test_a_grid_has_200_to_500_households(self, count, kind):
        found = check(a_ground(columns=1, houses=[(1, 100, 100, count)]), Limits())
        assert kinds(found) == ([kind] if kind else [])

    def test_staff_is_looked_at_where_somebody_can_say(self):
        unit = codes.child(grid(1), 1)
        ground = a_ground(listed=[unit], staffing=Staffing(frozenset([grid(2)]), frozenset()))

        assert [(one.kind, one.codes) for one in check(ground, ANY_SIZE)] == [
            (Kind.NO_WORKER, (grid(1),)),
            (Kind.NO_HEAD, (unit,)),
        ]
        assert check(a_ground(listed=[unit]), ANY_SIZE) == []

    def test_the_worst_stands_first(self):
        ground = a_ground(
            columns=3,
            drawn={1: BENT, 3: box(390, 0, 600, 200)},
            houses=[(2, 300, 100, 600)],
            staffing=Staffing(frozenset()),
        )
        assert kinds(check(ground, Limits())) == [Kind.GAP, Kind.OVERLAP, *[Kind.NO_WORKER] * 3, Kind.TOO_LARGE]

    def test_keys_tell_findings_apart_and_stay(self):
        ground = a_ground(columns=3, drawn={1: BENT, 3: box(390, 0, 600, 200)})
        first = [one.key for one in check(ground, ANY_SIZE)]
        assert len(set(first)) == len(first) == 2
        assert [one.key for one in check(ground, ANY_SIZE)] == first


class TestMends:
    def test_a_gap_goes_to_either_neighbour(self):
        ground = a_ground(
            drawn={1: BENT}, houses=[(1, 190, 100, 24), (2, 195, 105, 14), (1, 50, 50, 300), (2, 300, 50, 460)]
        )
        gap = the_only(check(ground, Limits()), Kind.GAP)

        first, second = mends(gap, ground)

        assert (first.key, second.key) == (f"to-{grid(1)}", f"to-{grid(2)}")
        edge = 2 * np.hypot(100, 40)
        assert first.share == pytest.approx(edge / (edge + 200), abs=1e-3)
        assert first.moves == {1: grid(1)}
        assert second.moves == {0: grid(2)}
        assert first.households_after(ground) == {grid(1): 338, grid(2): 460}
        assert second.households_after(ground) == {grid(1): 300, grid(2): 498}

    def test_an_overlap_goes_first_to_where_most_are_registered(self):
        ground = a_ground(drawn={1: BULGED}, houses=[(2, 210, 100, 24), (1, 205, 90, 3)])
        overlap = the_only(check(ground, ANY_SIZE), Kind.OVERLAP)

        ways = mends(overlap, ground)

        assert [way.key for way in ways] == [f"to-{grid(2)}", f"to-{grid(1)}", "cut"]
        assert ways[0].moves == {1: grid(2)}
        assert shapely.equals(ways[0].outlines[grid(1)], box(0, 0, 200, 200))
        assert ways[1].moves == {0: grid(1)}

    def test_an_overlap_is_cut_halfway_between_the_borders(self):
        # A lens: the first bulges 40 m to the east, the second 20 m to the west.
        ground = a_ground(
            drawn={1: BULGED, 2: land((200, 0), (400, 0), (400, 200), (200, 200), (180, 100))},
            houses=[(2, 190, 100, 5), (1, 220, 100, 7), (1, 195, 100, 7)],
        )
        overlap = the_only(check(ground, ANY_SIZE), Kind.OVERLAP)

        cut = mends(overlap, ground)[-1]

        assert cut.key == "cut"
        middle = land((0, 0), (200, 0), (210, 100), (200, 200), (0, 200))
        assert shapely.hausdorff_distance(cut.outlines[grid(1)], middle) < 1e-9
        assert shapely.area(shapely.intersection(*cut.outlines.values())) < 1e-15
        assert cut.moves == {0: grid(1), 1: grid(2)}

    def test_a_grid_within_another_cannot_be_cut(self):
        assert cut_in_the_middle(box(50, 50, 90, 90), box(0, 0, 200, 200), box(50, 50, 90, 90)) is None

    def test_a_grid_is_never_mended_away(self):
        ground = a_ground(drawn={1: box(0, 0, 400, 200), 2: box(250, 50, 300, 100)})
        overlap = the_only(check(ground, ANY_SIZE), Kind.OVERLAP)
        assert [way.key for way in mends(overlap, ground)] == [f"to-{grid(2)}"]

    def test_land_outside_is_cut_off(self):
        ground = a_ground(drawn={2: box(200, 0, 450, 200)})
        (way,) = mends(check(ground, ANY_SIZE)[0], ground)
        assert shapely.equals(way.outlines[grid(2)], box(200, 0, 400, 200))

    def test_a_stray_building_is_registered_where_it_stands(self):
        ground = a_ground(houses=[(1, 300, 100, 24)])
        (way,) = mends(check(ground, ANY_SIZE)[0], ground)
        assert (dict(way.outlines), way.moves) == ({}, {0: grid(2)})
        assert check(ground.with_moves(way.moves), ANY_SIZE) == []

    def test_what_is_no_matter_of_borders_has_no_mend_here(self):
        ground = a_ground(columns=1, houses=[(1, 100, 100, 501)], staffing=Staffing(frozenset()))
        assert [mends(one, ground) for one in check(ground, Limits())] == [[], []]

    @given(
        shifts=st.lists(st.floats(-60, 60), min_size=9, max_size=9),
        bends=st.lists(st.floats(-60, 60), min_size=4, max_size=4),
        picks=st.randoms(use_true_random=False),
    )
    def test_any_order_of_mends_ends_in_an_exact_map(self, shifts, bends, picks):
        """Nine grids whose borders are bent at random, each without asking its neighbour."""
        drawn = {}
        for number in range(1, 10):
            row, column = divmod(number - 1, 3)
            x, y, off = column * SIDE, row * SIDE, shifts[number - 1]
            bend = bends[number % 4] if column > 0 else 0
            drawn[number] = land(
                (x, y),
                (x + SIDE, y),
                (x + SIDE + off, y + 100),
                (x + SIDE, y + SIDE),
                (x, y + SIDE),
                (x + bend, y + 90),
            )
        ground = a_ground(columns=3, rows=3, drawn=drawn)
        for _round in range(80):
            ways = [way for one in check(ground, ANY_SIZE) if (way := _pick(mends(one, ground), picks))]
            if not ways:
                break
            ground = ground.with_grids(ways[0].outlines)

        assert check(ground, ANY_SIZE) == []
        outline = box(0, 0, 600, 600)
        assert shapely.area(shapely.union_all(ground.outlines)) == pytest.approx(shapely.area(outline), rel=1e-9)
        assert shapely.area(ground.outlines).sum() == pytest.approx(shapely.area(outline), rel=1e-9)
        assert shapely.is_valid(ground.outlines).all()


def _pick(ways, picks):
    return picks.choice(ways) if ways else None


class TestSplit:
    def test_a_split_leaves_about_half_on_either_side_of_the_shorter_cut(self):
        ground = a_ground(
            columns=1,
            drawn={1: box(0, 0, 400, 200)},
            houses=[(1, 50, 50, 100), (1, 150, 150, 160), (1, 250, 50, 200), (1, 350, 50, 60)],
        )
        split = suggest_split(grid(1), ground)
        assert split.households == (260, 260)
        east, north = PLANE.to_metres(shapely.get_coordinates(split.line)).T
        assert east == pytest.approx([200, 200], abs=1e-3)
        assert north == pytest.approx([0, 200], abs=1e-3)

    @pytest.mark.parametrize("houses", [[], [(1, 50, 50, 900)], [(1, 50, 50, 0), (1, 60, 60, 0)]])
    def test_what_cannot_be_halved_has_no_split(self, houses):
        assert suggest_split(grid(1), a_ground(columns=1, houses=houses)) is None


def test_outlines_are_kept_in_one_order_of_points():
    shape = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0, 1)])
    again = shapely.Polygon([(1, 1), (0, 1), (0, 0), (1, 0)])
    assert outline_of(shape).wkb == outline_of(again).wkb
