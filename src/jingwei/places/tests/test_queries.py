from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from jingwei.kernel.public import clock
from jingwei.places import codes
from jingwei.places.codes import Level
from jingwei.places.models import Area, Building
from jingwei.places.names import name_of, names_of
from jingwei.places.queries import today
from jingwei.places.testing import a_building, a_community, a_grid, a_street, a_unit, an_area

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("on", "is_there"),
    [(date(2019, 12, 31), False), (date(2020, 1, 1), True), (date(2024, 12, 31), True), (date(2025, 1, 1), False)],
)
def test_an_area_is_current_from_its_first_day_until_before_its_end(on, is_there):
    area = an_area(codes.make(420103), begins_on=date(2020, 1, 1), ends_on=date(2025, 1, 1))

    assert Area.objects.current(on).filter(pk=area.pk).exists() is is_there


def test_today_is_the_date_where_the_district_is():
    with clock.frozen(datetime(2026, 11, 21, 17, 0, tzinfo=UTC)):
        assert today() == date(2026, 11, 22)


def test_under_an_area_lies_what_its_span_holds():
    street = a_street()
    unit = a_unit(a_grid(a_community(street)))
    a_unit()

    assert list(Area.objects.under(street.code).at(Level.STREET, Level.UNIT)) == [street, unit]


def test_buildings_are_found_under_an_area():
    grid = a_grid()
    building = a_building(a_unit(grid), 114.0, 30.0)
    a_building(a_grid(), 114.0, 30.0)

    assert list(Building.objects.under(grid.code)) == [building]


def test_names_come_with_one_query(django_assert_num_queries):
    street = an_area(codes.make(420103, 2), name="花楼街", name_en="Hualou Street")
    district = street.parent

    with django_assert_num_queries(1), translation.override("en"):
        names = names_of([street.code, district.code, street.code, codes.make(110101)])

    assert names == {street.code: "Hualou Street", district.code: "district 3"}


def test_an_unknown_area_is_called_by_its_digits():
    assert name_of(codes.make(420103, 2)) == "420103002000000000"
    assert name_of(a_street(name="花楼街").code) == "花楼街"
