import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jingwei.kernel.public import Refused
from jingwei.places.outlines import check_outline, read_shape

SQUARE = [[114.0, 30.0], [114.1, 30.0], [114.1, 30.1], [114.0, 30.1], [114.0, 30.0]]

INSIDE = [[114.02, 30.02], [114.03, 30.02], [114.03, 30.03], [114.02, 30.02]]


def drawn_as(geometry, name):
    return check_outline(read_shape(geometry, name), name)


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def moved(ring, by):
    return [[x + by, y + by] for x, y in ring]


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        (None, "has no geometry. Draw"),
        ({}, "has no geometry. Draw"),
        ({"type": "Ring"}, "cannot be read. Export it again"),
        (polygon("x"), "cannot be read. Export it again"),
        (polygon([[float("nan"), 30.0], *SQUARE[1:]]), "cannot be read. Export it again"),
        (polygon(SQUARE[:-1]), "is not closed. Repeat its first point"),
        ({"type": "Point", "coordinates": [114.0, 30.0]}, "is a Point. Draw it as a polygon"),
        (polygon(), "is empty. Draw"),
        (polygon([SQUARE[0], SQUARE[1], SQUARE[0]]), "too few points. Give each ring"),
        (
            polygon([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]),
            r"crosses or touches itself near 114.050000, 30.050000. Move",
        ),
        (polygon(SQUARE, moved(SQUARE, 1)), "A hole .* lies outside it near 115.0.*, 31.*. Remove the hole"),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [INSIDE]]}, r"meet wrongly near 114.02.* Join them"),
        (polygon([[y, x] for x, y in SQUARE]), "latitudes beyond 90°. Write the longitude first"),
        (polygon([[x * 1e5, y * 1e5] for x, y in SQUARE]), "not in degrees of longitude and latitude. Convert"),
    ],
)
def test_a_wrong_outline_is_refused_with_its_fault_and_the_mend(geometry, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        drawn_as(geometry, "Garden 7")

    assert "Garden 7" in refusal.value.message


def test_a_point_without_numbers_is_refused():
    shape = shapely.Polygon([(float("inf"), 30.0), (114.1, 30.0), (114.1, 30.1)])

    with pytest.raises(Refused, match=r"a point without numbers. Remove it"):
        check_outline(shape, "Garden 7")


def test_heights_are_left_out():
    outline = drawn_as(polygon([[*point, 12.5] for point in SQUARE]), "Garden 7")

    assert not outline.has_z
    assert outline.bounds == (114.0, 30.0, 114.1, 30.1)


@given(st.integers(0, 3), st.booleans())
def test_the_same_ground_is_kept_alike_however_it_was_drawn(start, is_backwards):
    corners = SQUARE[start:-1] + SQUARE[:start]
    ring = [*corners, corners[0]]

    drawn = drawn_as(polygon(ring[::-1] if is_backwards else ring), "Garden 7")

    assert drawn.wkb == drawn_as(polygon(SQUARE), "Garden 7").wkb


def test_several_parts_make_one_outline():
    outline = drawn_as({"type": "MultiPolygon", "coordinates": [[SQUARE], [moved(SQUARE, 1)]]}, "Garden 7")

    assert outline.geom_type == "MultiPolygon"
    assert len(outline.geoms) == 2
