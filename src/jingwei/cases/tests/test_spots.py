"""Places to choose from, and how they are drawn."""

import pytest
import shapely

from jingwei.cases.locator import HEIGHT, WIDTH, locator
from jingwei.cases.spots import (
    MOST_FOUND,
    MOST_LISTED,
    community_of,
    listed_areas,
    read_spot,
    spot_at,
    spots_named,
    spots_of,
    where_is,
)
from jingwei.cases.testing import a_case
from jingwei.cases.tests.pages import INSIDE, NORTH, OUTSIDE, WEST, a_street
from jingwei.people.testing import a_holder, a_resident
from jingwei.places.public import Area, codes
from jingwei.places.testing import a_building, a_grid

pytestmark = pytest.mark.django_db
FAR_CORNER = (WEST + 0.0001, NORTH - 0.0001)


@pytest.fixture
def street():
    return a_street()


@pytest.fixture
def grid(street):
    return Area.objects.get(pk=street.cast.grid)


def test_a_point_at_a_building_is_called_after_it(street):
    spot = spot_at("photo", *INSIDE, "Where the photo was taken")

    assert spot.code == street.cast.grid
    assert spot.title == "荷塘小区 5 栋, 荷塘路 18 号"
    assert spot.note == "第七网格, Hetang Community"


def test_a_point_elsewhere_in_the_grid_is_called_after_the_grid(street):
    spot = spot_at("here", *FAR_CORNER)

    assert (spot.title, spot.note) == ("第七网格, Hetang Community", "")


def test_a_point_outside_is_no_place(street):
    assert spot_at("here", *OUTSIDE) is None


def test_an_address_that_names_its_building_is_not_said_twice(grid):
    building = a_building(grid, *FAR_CORNER, name="6 栋", address="荷塘路 20 号 6 栋")

    assert read_spot(f"b{building.pk}").title == "荷塘路 20 号 6 栋"


@pytest.mark.parametrize("key", ["", "x", "b", "b1", "a12", "a990101999000000000", "bnot-a-uuid"])
def test_what_names_no_place_is_none(street, key):
    assert read_spot(key) is None


@pytest.mark.parametrize("words", ["hetang", "荷塘"])
def test_buildings_and_areas_are_found_by_a_part_of_their_name(street, words):
    titles = [spot.title for spot in spots_named(words)]

    assert "Hetang Community" in titles
    assert any("5 栋" in title for title in titles)


@pytest.mark.parametrize("words", ["荷", "hetangxiaoqu", "htxq", "18 号"])
def test_a_building_is_found_by_one_character_as_it_is_spoken_and_by_its_address(street, words):
    assert "荷塘小区 5 栋, 荷塘路 18 号" in [spot.title for spot in spots_named(words)]


@pytest.mark.parametrize("words", ["h", "1", " "])
def test_a_single_letter_finds_nothing(street, words):
    assert spots_named(words) == []


def test_signs_of_patterns_are_taken_as_they_are(street):
    assert spots_named("%%") == []


def test_a_search_finds_a_few_of_each(grid):
    for number in range(MOST_FOUND + 2):
        a_building(grid, *INSIDE, name=f"荷塘新村 {number} 栋")

    assert len(spots_named("荷塘新村")) == MOST_FOUND


def test_the_grids_of_a_worker_come_before_where_they_last_reported(street):
    cast = street.cast
    second = codes.child(cast.community, 2)
    a_case(cast=cast)
    assert [spot.code for spot in spots_of(cast.resident)] == [cast.grid]
    assert [spot.code for spot in spots_of(a_holder("grid_worker", second))] == [second]
    assert spots_of(a_resident()) == []


def test_the_community_is_that_of_the_first_grid(street):
    cast = street.cast

    assert community_of(cast.grid_worker) == "Hetang Community"
    assert community_of(cast.resident) == ""
    a_case(cast=cast)
    assert community_of(cast.resident) == "Hetang Community"


def test_communities_are_listed_with_their_grids(street):
    (name, choices), *others = listed_areas()

    assert (name, others) == ("Hetang Community", [])
    assert choices == [
        (f"a{codes.write(street.cast.community)}", "Hetang Community, I do not know which grid"),
        (f"a{codes.write(street.cast.grid)}", "第七网格"),
    ]


def test_a_list_that_is_too_long_is_not_shown(street):
    community = Area.objects.get(pk=street.cast.community)
    for _number in range(MOST_LISTED):
        a_grid(community)

    assert listed_areas() == []


def test_an_area_without_a_community_is_called_by_its_name(street):
    assert where_is([street.cast.street]) == {street.cast.street: "street 1"}


def test_an_unknown_area_is_called_by_its_digits():
    code = codes.make(990101, 7, 7, 7)

    assert where_is([code]) == {code: codes.write(code)}


def test_a_drawing_stands_around_the_pin(grid):
    drawn = locator(grid.code, *INSIDE)

    assert drawn.pin == (WIDTH / 2, HEIGHT / 2)
    assert drawn.grid.startswith("M")


def test_without_a_point_the_whole_grid_is_drawn(grid):
    drawn = locator(codes.child(grid.code, 1), None, None)

    numbers = [float(number) for number in drawn.grid.strip("MZ").replace("L", " ").split()]
    assert drawn.pin is None
    assert all(0 <= x <= WIDTH for x in numbers[::2])
    assert all(0 <= y <= HEIGHT for y in numbers[1::2])


def test_buildings_that_are_wide_enough_carry_their_number(grid):
    longitude, latitude = INSIDE
    for width, name in ((0.0005, "荷塘小区 8 栋"), (0.00002, "荷塘小区 9 栋")):
        wide = shapely.box(longitude, latitude, longitude + width, latitude + 0.0002)
        a_building(grid, longitude, latitude, name=name, footprint=wide.wkb)
    drawn = locator(grid.code, *INSIDE)

    assert len(drawn.houses) == 2
    assert [label.text for label in drawn.labels] == ["8 栋"]


def test_what_cannot_be_drawn_is_not(street):
    assert locator(codes.child(street.cast.community, 2), None, None) is None
