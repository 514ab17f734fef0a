import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from jingwei.kernel.public import Refused
from jingwei.places.changes.cutting import (
    check_cover,
    cut_by_things,
    cut_straight,
    cuts_through,
    exactly,
    joined,
)

SQUARE = shapely.box(114.0, 30.0, 114.01, 30.01)
HORSESHOE = Polygon([(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3)])


def check_exact(outline, parts):
    """Nothing in two parts, nothing outside, nothing left over: not even a sliver."""
    assert all(part.is_valid and part.area > 0 for part in parts)
    assert sum(part.area for part in parts) == pytest.approx(outline.area, rel=1e-12)
    assert shapely.union_all(parts).symmetric_difference(outline).area < outline.area * 1e-12
    for index, one in enumerate(parts):
        for other in parts[:index]:
            assert shapely.intersection(one, other).area < outline.area * 1e-12


def test_a_straight_cut_gives_the_sides_of_the_line_left_first():
    left, right = cut_straight(SQUARE, (114.004, 30.0), (114.004, 30.01), "G")

    assert left.bounds == pytest.approx((114.0, 30.0, 114.004, 30.01))
    assert right.bounds == pytest.approx((114.004, 30.0, 114.01, 30.01))
    check_exact(SQUARE, [left, right])


def test_a_straight_cut_through_a_bent_area_keeps_all_pieces_of_a_side_together():
    low, high = cut_straight(HORSESHOE, (3, 2), (0, 2), "G")

    assert isinstance(high, MultiPolygon)
    assert high.area == pytest.approx(2)
    assert isinstance(low, Polygon)


@given(
    st.lists(st.tuples(st.floats(0.25, 0.95), st.floats(0.05, 0.95)), min_size=2, max_size=2, unique=True),
)
@settings(deadline=None)
def test_any_line_through_an_area_cuts_it_exactly(points):
    (x, y), (to_x, to_y) = points
    if abs(x - to_x) + abs(y - to_y) < 1e-3:
        return
    outline = Polygon([(0, 0), (1, 0), (1.3, 0.6), (1, 1), (0.2, 1.1)])

    check_exact(outline, cut_straight(outline, (x, y), (to_x, to_y), "G"))


@pytest.mark.parametrize("second", [(113.9, 30.01), (113.9, 30.0)])
def test_a_line_that_misses_the_area_is_refused(second):
    with pytest.raises(Refused, match=r"does not cross|two different points"):
        cut_straight(SQUARE, (113.9, 30.0), second, "G")


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.floats(0.01, 0.99)), min_size=3, max_size=12, unique=True))
@settings(deadline=None)
def test_a_cut_by_buildings_is_exact_and_each_building_stands_in_its_part(points):
    things = [(index % 3, point) for index, point in enumerate(points)]
    apart = min(abs(x - a) + abs(y - b) for n, (x, y) in enumerate(points) for (a, b) in points[:n])
    if apart < 1e-3:
        return
    outline = shapely.box(0, 0, 1, 1)

    parts = cut_by_things(outline, things, [], 3, "G")

    check_exact(outline, parts)
    for part, point in things:
        assert shapely.distance(parts[part], shapely.points(point)) < 1e-9


def test_areas_with_outlines_go_whole_and_the_ground_between_to_the_nearest():
    outline = shapely.box(0, 0, 10, 1)
    here, there = shapely.box(0, 0, 4, 1), shapely.box(6, 0, 10, 1)

    parts = cut_by_things(outline, [], [(0, here), (1, there)], 2, "G")

    check_exact(outline, parts)
    assert shapely.difference(here, parts[0]).area == 0
    assert shapely.difference(there, parts[1]).area == 0
    assert parts[0].area == pytest.approx(5, rel=0.05)


def test_a_part_without_anything_in_it_is_refused():
    with pytest.raises(Refused, match="at least one building"):
        cut_by_things(shapely.box(0, 0, 1, 1), [(1, (0.5, 0.5))], [], 2, "G")


def test_parts_are_made_to_fit_exactly():
    wanted = [shapely.box(-0.1, 0, 0.5000001, 1), shapely.box(0.5, 0, 1, 1.2)]

    check_exact(shapely.box(0, 0, 1, 1), exactly(shapely.box(0, 0, 1, 1), wanted))


@pytest.mark.parametrize(
    ("east", "west", "fault"),
    [
        (114.005, 114.006, r"leave \d+ m² of G out"),
        (114.006, 114.005, r"west and east overlap by \d+ m²"),
        (114.005, 114.005, None),
    ],
)
def test_parts_that_leave_a_gap_or_overlap_are_refused_with_the_place(east, west, fault):
    parts = [("west", shapely.box(114, 30, east, 30.01)), ("east", shapely.box(west, 30, 114.01, 30.01))]
    if fault is None:
        check_cover(SQUARE, parts, "G")
        return
    with pytest.raises(Refused, match=fault + r".* near 114\.005500, 30\.005000"):
        check_cover(SQUARE, parts, "G")


def test_parts_beyond_the_area_are_refused():
    with pytest.raises(Refused, match="beyond G"):
        check_cover(SQUARE, [("all", shapely.box(114, 30, 114.011, 30.01))], "G")


def test_what_lies_in_two_parts_is_cut_through():
    parts = [shapely.box(114, 30, 114.005, 30.01), shapely.box(114.005, 30, 114.01, 30.01)]

    assert cuts_through(shapely.box(114.004, 30.001, 114.006, 30.002), parts)
    assert not cuts_through(shapely.box(114.001, 30.001, 114.005, 30.002), parts)


def test_neighbours_become_one():
    outlines = [("a", shapely.box(0, 0, 1, 1)), ("b", shapely.box(2, 0, 3, 1)), ("c", shapely.box(1, 0, 2, 1))]

    assert joined(outlines).equals(shapely.box(0, 0, 3, 1))


@pytest.mark.parametrize("far", [shapely.box(1, 1, 2, 2), shapely.box(5, 0, 6, 1)])
def test_what_only_meets_in_a_corner_or_lies_apart_does_not_become_one(far):
    with pytest.raises(Refused, match="b does not border a"):
        joined([("a", shapely.box(0, 0, 1, 1)), ("b", far)])
