import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jingwei.places.projections import (
    EARTH,
    LocalPlane,
    TransverseMercator,
    equal_area,
    mercator_to_degrees,
    square_metres,
)

ZONE = TransverseMercator(114)


def test_utm_agrees_with_a_published_point():
    # The CN Tower as Wikipedia's article on UTM gives it: 43°38′33.24″N 79°23′13.7″W is 17N 630084 E 4833438 N.
    point = np.array([[-(79 + 23 / 60 + 13.7 / 3600), 43 + 38 / 60 + 33.24 / 3600]])
    zone = TransverseMercator(-81, scale=0.9996)
    assert zone.to_metres(point)[0] == pytest.approx((630_084, 4_833_438), abs=1.5)


def test_the_quarter_meridian_has_its_length():
    # From the equator to the pole on GRS 80, the ellipsoid of CGCS2000 to within its last digit: 10 001 965.729 m.
    assert ZONE.to_metres(np.array([[114.0, 90.0]]))[0, 1] == pytest.approx(10_001_965.729, abs=0.001)


def test_on_the_equator_and_the_meridian_metres_are_those_of_the_ellipsoid():
    east, north = ZONE.to_metres(np.array([[114 + 1e-4, 0.0]]))[0]
    assert east - 500_000 == pytest.approx(EARTH * np.radians(1e-4), abs=1e-6)
    assert north == pytest.approx(0, abs=1e-6)


@given(longitude=st.floats(110.5, 117.5), latitude=st.floats(-80, 80), scale=st.sampled_from([1.0, 0.9996]))
def test_metres_and_degrees_go_there_and_back(longitude, latitude, scale):
    zone = TransverseMercator(114, scale=scale, false_east=38_500_000, false_north=10_000_000)
    point = np.array([[longitude, latitude]])
    assert np.abs(zone.to_degrees(zone.to_metres(point)) - point).max() < 1e-10


def test_web_mercator_is_read():
    corner = np.array([[20_037_508.342789244, 20_037_508.342789244]])
    assert mercator_to_degrees(corner)[0] == pytest.approx((180, 85.0511287798), abs=1e-9)


def test_the_whole_earth_has_its_surface():
    corners = equal_area(np.array([[-180.0, -90.0], [180.0, 90.0]]))
    width, height = corners[1] - corners[0]
    assert width * height == pytest.approx(510_065_621.7e6, rel=1e-9)  # km² of GRS 80


def test_a_small_square_has_the_area_of_its_sides():
    plane = LocalPlane(114.3, 30.6)
    square = shapely.transform(shapely.box(-50, -50, 50, 50), plane.to_degrees)
    assert square_metres(np.array([square]))[0] == pytest.approx(10_000, rel=1e-5)


@given(east=st.floats(-3000, 3000), north=st.floats(-3000, 3000))
def test_the_local_plane_is_true_around(east, north):
    plane = LocalPlane(114.3, 30.6)
    there = plane.to_degrees(np.array([[east, north]]))
    assert plane.to_metres(there)[0] == pytest.approx((east, north), abs=1e-6)
    origin, place = TransverseMercator(114.3).to_metres(np.vstack([[114.3, 30.6], there[0]]))
    assert np.hypot(*(place - origin)) == pytest.approx(np.hypot(east, north), rel=1e-3, abs=1e-3)
