import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jingwei.places.tessellation import ROOM, Rectangle, around, tessellate

CITY = Rectangle(-71.2, 42.2, -71.0, 42.4)


@st.composite
def rectangles(draw: st.DrawFn) -> Rectangle:
    west, south = draw(st.floats(-179, 178)), draw(st.floats(-85, 84))
    return Rectangle(west, south, west + draw(st.floats(0.001, 1)), south + draw(st.floats(0.001, 1)))


@st.composite
def scattered(draw: st.DrawFn, within: Rectangle) -> tuple[list[float], list[float]]:
    shares = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=60)
    drawn = draw(shares)
    return (
        [within.west + x * (within.east - within.west) for x, _ in drawn],
        [within.south + y * (within.north - within.south) for _, y in drawn],
    )


@given(st.data(), rectangles(), st.integers(1, 40))
def test_parts_fill_the_whole_without_gap_or_overlap(data, bounds, count):
    parts = tessellate(bounds, count, *data.draw(scattered(bounds)))

    assert len(parts) == count
    assert sum(part.area for part in parts) == pytest.approx(bounds.area, rel=1e-9)
    boxes = np.array([part.polygon for part in parts])
    assert shapely.union_all(boxes).area == pytest.approx(bounds.area, rel=1e-9)
    one, other = shapely.STRtree(boxes).query(boxes)
    shared = shapely.intersection(boxes[one], boxes[other])
    assert (shapely.area(shared[one != other]) == 0).all()


@given(rectangles(), st.integers(2, 40))
def test_an_inner_border_is_the_same_number_on_both_sides(bounds, count):
    parts = tessellate(bounds, count)

    for near, far in (("east", "west"), ("north", "south")):
        inner = {getattr(part, near) for part in parts} - {getattr(bounds, near)}
        assert inner == {getattr(part, far) for part in parts} - {getattr(bounds, far)}


@given(st.integers(1, 64))
def test_without_points_every_part_is_as_large(count):
    areas = [part.area for part in tessellate(CITY, count)]

    assert max(areas) == pytest.approx(min(areas))


def test_as_many_points_fall_into_each_part():
    dice = np.random.default_rng(7)
    longitudes, latitudes = dice.normal(-71.1, 0.02, 8000), dice.normal(42.3, 0.02, 8000)

    parts = tessellate(CITY, 16, longitudes, latitudes)

    inside = [
        np.count_nonzero(
            (longitudes >= part.west) & (longitudes < part.east) & (latitudes >= part.south) & (latitudes < part.north)
        )
        for part in parts
    ]
    assert min(inside) > 450
    assert max(inside) < 550


def test_points_at_one_place_do_not_make_parts_without_extent():
    parts = tessellate(CITY, 8, [-71.1999] * 100, [42.2001] * 100)

    assert all(part.east > part.west and part.north > part.south for part in parts)


def test_the_longer_side_on_the_ground_is_cut():
    """At 60° a degree of longitude is half as long as one of latitude."""
    lower, upper = tessellate(Rectangle(0, 59.5, 1.5, 60.5), 2)

    assert lower.north == upper.south == 60


def test_there_is_room_around_points():
    assert around([1.0, 3.0], [5.0, 4.0]) == (1.0 - ROOM, 4.0 - ROOM, 3.0 + ROOM, 5.0 + ROOM)


@pytest.mark.parametrize(("bounds", "count"), [(CITY, 0), (Rectangle(1, 1, 1, 2), 3), (Rectangle(1, 2, 2, 1), 3)])
def test_what_cannot_be_cut_is_an_error(bounds, count):
    with pytest.raises(ValueError, match=r"one part at least|no extent"):
        tessellate(bounds, count)
