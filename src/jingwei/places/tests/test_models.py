from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.db.transaction import atomic
from django.utils import translation

from jingwei.places import codes
from jingwei.places.codes import Level
from jingwei.places.models import Area, Boundary, MapVersion
from jingwei.places.testing import a_building, a_community, a_district, a_grid, a_street, a_unit, an_area

pytestmark = pytest.mark.django_db


def check_now():
    """Foreign keys are checked at commit; ask for it here."""
    connection.check_constraints()


@pytest.mark.parametrize(
    ("code", "level"),
    [
        (codes.make(420103), Level.STREET),
        (codes.make(420103, 2), Level.DISTRICT),
        (codes.make(420103, 2, 1, 7), Level.UNIT),
        (codes.make(420103, 2) + 5, Level.UNIT),  # community and grid left out
        (420001 * 10**12, Level.DISTRICT),  # city left out
        (5 * 10**16, Level.PROVINCE),  # 17 digits
        (10**18 + codes.make(420103), Level.DISTRICT),  # 19
    ],
)
def test_a_code_that_does_not_fit_its_level_is_impossible(code, level):
    with pytest.raises(IntegrityError, match="area_code_fits_level"), atomic():
        Area.objects.create(code=code, level=level, name="x")


def test_a_parent_that_is_not_the_one_above_is_impossible():
    district, other = a_district(), a_district()
    code = codes.child(district.code, 1)

    with pytest.raises(IntegrityError, match="area_parent_is_above"), atomic():
        Area.objects.create(code=code, level=Level.STREET, name="x", parent=other)
    with pytest.raises(IntegrityError, match="area_parent_is_above"), atomic():
        Area.objects.create(code=code, level=Level.STREET, name="x")


def test_a_parent_that_does_not_exist_is_impossible():
    code = codes.make(420103, 2)
    Area.objects.create(code=code, level=Level.STREET, name="x", parent_id=codes.parent(code))

    with pytest.raises(IntegrityError, match="foreign key"):
        check_now()


def test_every_level_can_be_built_below_a_district():
    unit = a_unit()

    assert [area.level for area in Area.objects.order_by("code")] == list(Level)[Level.DISTRICT.depth :]
    assert unit.span == (unit.code, unit.code)
    assert a_district().span == (990102 * 10**12, 990103 * 10**12 - 1)
    check_now()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"ends_on": date(2000, 1, 1)}, "area_ends_after_it_begins"),
        ({"longitude": 114.0}, "area_point_is_whole"),
        ({"longitude": 30.0, "latitude": 114.0}, "area_point_is_whole"),
        ({"longitude": float("nan"), "latitude": 30.0}, "area_point_is_whole"),
        ({"standard_code": "420103"}, "area_standard_code_has_12_digits"),
        ({"standard_code": "42010300000x"}, "area_standard_code_has_12_digits"),
    ],
)
def test_an_area_with_fields_that_disagree_is_impossible(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), atomic():
        an_area(codes.make(420103), **fields)


def test_an_area_without_a_name_is_impossible():
    with pytest.raises(IntegrityError, match="area_has_name"), atomic():
        Area.objects.create(code=codes.make(420103), level=Level.DISTRICT, name="")


def test_living_neighbours_cannot_share_a_name():
    street = a_street(name="Well Lane")
    with pytest.raises(IntegrityError, match="area_name_beside"), atomic():
        a_street(street.parent, name="Well Lane")

    Area.objects.filter(pk=street.pk).update(ends_on=date(2020, 1, 1))
    assert a_street(street.parent, name="Well Lane").name == street.name


def test_two_areas_of_a_level_cannot_share_a_standard_code():
    an_area(codes.make(420103), standard_code="420103000000")
    with pytest.raises(IntegrityError, match="area_standard_code"), atomic():
        an_area(codes.make(420104), standard_code="420103000000")


def test_a_boundary_without_extent_or_off_the_earth_is_impossible():
    grid = a_grid()
    box = {"min_longitude": 114.0, "max_longitude": 114.1, "min_latitude": 30.0, "max_latitude": 30.1}

    with pytest.raises(IntegrityError, match="boundary_has_extent"), atomic():
        Boundary.objects.create(area=grid, wkb=b"", version=1, **{**box, "max_latitude": 30.0})
    with pytest.raises(IntegrityError, match="boundary_is_on_earth"), atomic():
        Boundary.objects.create(area=grid, wkb=b"", version=1, **{**box, "max_longitude": 181.0})


def test_the_map_has_one_version():
    with pytest.raises(IntegrityError, match="map_version_is_one_row"), atomic():
        MapVersion.objects.create(id=2, number=1, transaction=1)


def test_a_building_stands_in_a_grid_or_unit():
    assert str(a_building(a_unit(), 114.0, 30.0, name="Tower 3")) == "Tower 3"
    with pytest.raises(IntegrityError, match="building_is_in_grid_or_unit"), atomic():
        a_building(a_community(), 114.0, 30.0)
    with pytest.raises(IntegrityError, match="building_is_on_earth"), atomic():
        a_building(a_unit(), 214.0, 30.0)


@pytest.mark.parametrize(("language", "title"), [("zh-hans", "花楼街"), ("en", "Hualou Street"), (None, "花楼街")])
def test_an_area_is_called_in_the_readers_language(language, title):
    street = Area(name="花楼街", name_en="Hualou Street")
    with translation.override(language):
        assert str(street) == title


def test_an_area_without_an_english_name_keeps_its_own():
    with translation.override("en"):
        assert Area(name="花楼街").title == "花楼街"
