import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jingwei.places.coordinates import Datum, from_wgs84, shapes_from_wgs84, shapes_to_wgs84, to_wgs84

TIGHT = 1e-9
SHIFTED = [Datum.GCJ02, Datum.BD09]
# Wgs84 and GCJ-02 (longitude, latitude), as the tests of eviltransform (MIT) publish them.
KNOWN_GCJ02 = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),  # Shanghai
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),  # Shenzhen
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),  # Beijing
    # As the README of coordtransform (MIT) publishes it.
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
]
# GCJ-02 and BD-09, published there too.
KNOWN_BD09 = ((116.404, 39.915), (116.41036949371029, 39.92133699351021))


def metres(first, second):
    """Between rows of degrees."""
    off = np.radians(np.asarray(first) - np.asarray(second)) * 6_371_008.8
    return np.hypot(off[..., 0] * np.cos(np.radians(np.asarray(first)[..., 1])), off[..., 1])


@pytest.mark.parametrize(("wgs84", "gcj02"), KNOWN_GCJ02)
def test_gcj02_agrees_with_published_points_both_ways(wgs84, gcj02):
    assert from_wgs84([wgs84], Datum.GCJ02)[0] == pytest.approx(gcj02, abs=TIGHT)
    assert to_wgs84([gcj02], Datum.GCJ02)[0] == pytest.approx(wgs84, abs=TIGHT)


def test_bd09_agrees_with_a_published_point_both_ways():
    gcj02, bd09 = KNOWN_BD09
    wgs84 = to_wgs84([gcj02], Datum.GCJ02)
    assert from_wgs84(wgs84, Datum.BD09)[0] == pytest.approx(bd09, abs=TIGHT)
    assert to_wgs84([bd09], Datum.BD09) == pytest.approx(wgs84, abs=TIGHT)


def test_cgcs2000_is_taken_as_wgs84():
    points = [(114.3, 30.6), (np.nan, 1.0)]
    assert np.array_equal(to_wgs84(points, Datum.CGCS2000), points, equal_nan=True)
    assert np.array_equal(from_wgs84(points, Datum.CGCS2000), points, equal_nan=True)


@pytest.mark.parametrize("datum", SHIFTED)
@given(longitude=st.floats(72.02, 137.8), latitude=st.floats(0.85, 55.8))
def test_there_and_back_is_within_a_tenth_of_a_millimetre(datum, longitude, latitude):
    point = np.array([[longitude, latitude]])
    there = from_wgs84(point, datum)
    assert np.abs(to_wgs84(there, datum) - point).max() < TIGHT
    assert metres(to_wgs84(there, datum), point).max() < 1e-4
    assert 20 < metres(there, point).max() < 2500


@pytest.mark.parametrize("datum", SHIFTED)
def test_there_and_back_converges_on_the_meridian_where_the_pattern_has_a_kink(datum):
    point = np.array([[105.0, 30.0], [105 + 1e-12, 30.0], [105 - 1e-9, 30.0]])
    assert np.abs(to_wgs84(from_wgs84(point, datum), datum) - point).max() < TIGHT


@pytest.mark.parametrize("datum", SHIFTED)
@pytest.mark.parametrize("point", [(-104.9903, 39.7392), (139.69, 35.69), (103.8, 0.5), (100.0, 56.0), (72.0, 30.0)])
def test_outside_the_rectangle_nothing_is_shifted(datum, point):
    assert tuple(from_wgs84([point], datum)[0]) == point
    assert tuple(to_wgs84([point], datum)[0]) == point


@pytest.mark.parametrize("datum", list(Datum))
def test_many_points_are_as_each_alone_and_none_are_none(datum):
    points = np.array([[114.3, 30.6], [2.35, 48.85], [87.6, 43.8], [np.nan, np.nan]])
    together = from_wgs84(points, datum)
    alone = np.concatenate([from_wgs84([point], datum) for point in points])
    assert np.array_equal(together, alone, equal_nan=True)
    assert to_wgs84(np.empty((0, 2)), datum).shape == (0, 2)
    assert points[0] == pytest.approx((114.3, 30.6))


def test_shapes_are_shifted_point_by_point_and_flattened():
    square = shapely.from_wkt("POLYGON Z ((114 30 5, 114.1 30 5, 114.1 30.1 5, 114 30 5))")
    shown = shapes_from_wgs84(square, Datum.GCJ02)
    assert not shown.has_z
    assert shapely.get_coordinates(shown) == pytest.approx(
        from_wgs84(shapely.get_coordinates(square), Datum.GCJ02), abs=TIGHT
    )
    back = shapes_to_wgs84(np.array([shown, None]), Datum.GCJ02)
    assert shapely.equals_exact(back[0], shapely.force_2d(square), tolerance=TIGHT)
    assert back[1] is None
