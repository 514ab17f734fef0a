from datetime import date

import pytest
import shapely

from jingwei.kernel.public import FactRow, Refused
from jingwei.places import codes, mapversion
from jingwei.places.actions import (
    NewArea,
    add_buildings,
    create_area,
    create_areas,
    end_area,
    rename_area,
    set_boundaries,
    set_boundary,
)
from jingwei.places.models import Area, Boundary, Building
from jingwei.places.testing import LONG_AGO, a_community, a_district, a_grid, a_street, a_unit, an_area

pytestmark = pytest.mark.django_db

MEMBER = 7
SQUARE = shapely.box(114.0, 30.0, 114.1, 30.1)


def told():
    return list(FactRow.objects.order_by("id").values_list("kind", "code", "actor_id"))


def test_an_area_gets_the_next_code_below_its_parent():
    street = a_street()
    a_community(street)

    area = create_area(street, name=" 花楼社区 ", name_en="Hualou", begins_on=date(2026, 1, 1), by=MEMBER)

    area.refresh_from_db()
    assert area.code == codes.child(street.code, 2)
    assert (area.level, area.name, area.name_en) == ("community", "花楼社区", "Hualou")
    assert (area.parent, area.begins_on) == (street, date(2026, 1, 1))
    assert told() == [("places.area_created", area.code, MEMBER)]


def test_a_gap_is_used_when_the_last_code_is_taken():
    street = a_street()
    for number in (1, 3, 999):
        an_area(codes.child(street.code, number))

    assert create_area(street, name="new", by=None).code == codes.child(street.code, 2)


def test_a_full_parent_is_refused():
    city = an_area(codes.ancestor(codes.make(420103), codes.Level.CITY))
    for number in range(1, 100):
        an_area(codes.child(city.code, number))

    with pytest.raises(Refused, match=r"All 99 codes below .* are taken"):
        create_area(city, name="new", by=None)


def test_nothing_is_created_below_a_unit():
    with pytest.raises(Refused, match=r"is a unit. Nothing lies below"):
        create_area(a_unit(), name="new", by=None)


def test_nothing_is_created_below_an_area_that_ended():
    street = a_street(name="花楼街")
    end_area(street, on=date(2020, 1, 1), by=None)

    with pytest.raises(Refused, match="花楼街 has ended"):
        create_area(street, name="new", by=None)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("  ", "needs a name"), ("街" * 101, "100 characters at most"), ("taken", "already a taken in")],
)
def test_an_area_is_not_created_with_a_wrong_name(name, sentence):
    street = a_street()
    a_community(street, name="taken")

    with pytest.raises(Refused, match=sentence):
        create_area(street, name=name, by=None)


def test_an_english_name_is_cleaned_as_names_are():
    street = a_street()
    with pytest.raises(Refused, match="100 characters at most"):
        create_area(street, name="街", name_en="x" * 101, by=None)
    with pytest.raises(Refused, match="100 characters at most"):
        rename_area(street, name="街", name_en="x" * 101, by=None)

    assert create_area(street, name="街", name_en=" Lane ", by=None).name_en == "Lane"
    assert rename_area(street, name="街", name_en=" Lane ", by=None).name_en == "Lane"
    assert rename_area(street, name="街", name_en=" ", by=None).name_en == ""


def test_many_areas_are_created_together_in_any_order(django_assert_max_num_queries):
    district = a_district()
    street = codes.child(district.code, 1)
    wanted = [
        NewArea(code=codes.child(codes.child(street, 1), n), name=f"Grid {n}", outline=shapely.box(n, 30, n + 1, 31))
        for n in range(1, 60)
    ]
    wanted += [NewArea(code=codes.child(street, 1), name="花楼社区"), NewArea(code=street, name="花楼街")]

    with django_assert_max_num_queries(12):
        areas = create_areas(wanted, by=None)

    assert [area.code for area in areas] == sorted(one.code for one in wanted)
    assert Boundary.objects.count() == 59
    assert [kind for kind, _code, _actor in told()] == ["places.area_created"] * 61 + ["places.boundary_set"] * 59


def test_a_root_needs_nothing_above_it():
    (area,) = create_areas([NewArea(code=codes.make(420103), name="江岸区", standard_code="420103000000")], by=None)

    assert (area.parent, area.standard_code) == (None, "420103000000")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (123, "123 is not an area code"),
        (codes.make(990101), "already in use"),
        (codes.make(420103, 2), "has nothing above it. Create 420103000000000000 first"),
    ],
)
def test_areas_with_a_wrong_code_are_refused_and_none_is_created(code, sentence):
    district = a_district()

    with pytest.raises(Refused, match=sentence):
        create_areas(
            [NewArea(code=codes.child(district.code, 1), name="fine"), NewArea(code=code, name="wrong")], by=None
        )
    assert not Area.objects.exclude(pk=district.pk).exists()
    assert told() == []


def test_areas_with_a_wrong_outline_are_refused_and_none_is_created():
    district = a_district()

    with pytest.raises(Refused, match="new is a Point"):
        create_areas([NewArea(code=codes.child(district.code, 1), name="new", outline=shapely.Point(1, 2))], by=None)
    assert list(Area.objects.all()) == [district]


def test_a_code_or_name_given_twice_is_refused():
    code = codes.child(a_district().code, 1)

    with pytest.raises(Refused, match="already in use"):
        create_areas([NewArea(code=code, name="one"), NewArea(code=code, name="two")], by=None)
    with pytest.raises(Refused, match="already a one in"):
        create_areas([NewArea(code=code, name="one"), NewArea(code=code + 10**9, name="one")], by=None)


def test_renaming_tells_and_keeps_the_english_name_unless_said():
    area = an_area(codes.make(420103), name="旧", name_en="Old")

    assert (rename_area(area, name="新", by=MEMBER).name, area.refresh_from_db()) == ("新", None)
    assert (area.name, area.name_en) == ("新", "Old")
    assert rename_area(area, name="新", name_en="", by=MEMBER).name_en == ""
    assert told() == [("places.area_renamed", area.code, MEMBER)] * 2


def test_renaming_to_the_same_changes_and_tells_nothing():
    rename_area(a_street(name="花楼街"), name=" 花楼街", by=MEMBER)

    assert told() == []


def test_a_name_that_a_neighbour_has_is_refused():
    street = a_street(name="花楼街")
    other = a_street(street.parent)

    with pytest.raises(Refused, match="already a 花楼街"):
        rename_area(other, name="花楼街", by=None)


def test_a_root_may_share_its_name():
    a_district(name="新华区")

    assert rename_area(a_district(), name="新华区", by=None).name == "新华区"


def test_an_area_ends_on_a_day_and_tells():
    grid = a_grid()
    before, _ = mapversion.read()

    end_area(grid, on=date(2026, 12, 1), by=MEMBER)

    grid.refresh_from_db()
    assert grid.ends_on == date(2026, 12, 1)
    assert told() == [("places.area_ended", grid.code, MEMBER)]
    assert mapversion.read()[0] > before


def test_an_area_does_not_end_before_it_begins():
    with pytest.raises(Refused, match=r"begins on .*Choose a later day"):
        end_area(a_grid(), on=LONG_AGO, by=None)


def test_an_area_with_living_areas_below_does_not_end():
    street = a_street()
    a_community(street)
    community = a_community(street)
    end_area(community, on=date(2020, 1, 1), by=None)

    with pytest.raises(Refused, match=r"still lie below .* \(1\). End those first"):
        end_area(street, on=date(2026, 12, 1), by=None)


def test_an_area_that_ended_is_not_changed():
    grid = a_grid()
    end_area(grid, on=date(2020, 1, 1), by=None)

    for change in (
        lambda: end_area(grid, on=date(2021, 1, 1), by=None),
        lambda: rename_area(grid, name="new", by=None),
        lambda: set_boundary(grid, SQUARE, by=None),
    ):
        with pytest.raises(Refused, match="is not changed any more"):
            change()


def test_a_boundary_is_kept_with_its_box_and_a_point_inside():
    grid = a_grid()

    set_boundary(grid, SQUARE, by=MEMBER)

    kept = Boundary.objects.get(area=grid)
    grid.refresh_from_db()
    assert shapely.from_wkb(bytes(kept.wkb)).equals(SQUARE)
    assert (kept.min_longitude, kept.min_latitude, kept.max_longitude, kept.max_latitude) == SQUARE.bounds
    assert SQUARE.contains(shapely.Point(grid.longitude, grid.latitude))
    assert kept.version == mapversion.read()[0]
    assert told() == [("places.boundary_set", grid.code, MEMBER)]


def test_drawing_again_replaces_the_boundary():
    grid = a_grid(bounds=SQUARE.bounds)
    before = Boundary.objects.get(area=grid).version

    set_boundary(grid, shapely.box(1, 2, 3, 4), by=None)

    kept = Boundary.objects.get(area=grid)
    assert (kept.min_longitude, kept.max_latitude) == (1, 4)
    assert kept.version > before


def test_one_wrong_boundary_of_many_draws_none():
    crossing = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    grid, other = a_grid(), a_grid(name="Garden 7")

    with pytest.raises(Refused, match="Garden 7 crosses"):
        set_boundaries([(grid, SQUARE), (other, crossing)], by=None)
    assert not Boundary.objects.exists()


def test_buildings_are_added_and_told():
    unit = a_unit()
    before, _ = mapversion.read()

    (building,) = add_buildings([Building(code=unit.code, name="Tower 3", longitude=114.0, latitude=30.0)], by=MEMBER)

    assert Building.objects.get() == building
    assert told() == [("places.building_added", unit.code, MEMBER)]
    assert FactRow.objects.get().data == {"building_id": str(building.pk)}
    assert mapversion.read()[0] > before


def test_a_building_where_no_area_is_today_is_refused():
    grid = a_grid()
    end_area(grid, on=date(2020, 1, 1), by=None)

    with pytest.raises(Refused, match=f"Tower 3 stands in {grid.code}, where there is no area today"):
        add_buildings([Building(code=grid.code, name="Tower 3", longitude=114.0, latitude=30.0)], by=None)
