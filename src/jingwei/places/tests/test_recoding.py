import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jingwei.places import codes
from jingwei.places.changes.recoding import Heir, Recoding, Spot, shifted, side_by_side

COMMUNITY = codes.make(990101, 1, 1)
GRID, WEST, EAST = (codes.child(COMMUNITY, number) for number in (1, 2, 3))
UNIT = codes.child(GRID, 7)
SPLIT = Recoding(
    roots=(GRID,),
    heirs=(Heir(WEST, shapely.box(0, 0, 1, 1)), Heir(EAST, shapely.box(1, 0, 2, 1))),
    targets={UNIT: shifted(UNIT, GRID, EAST)},
    rest=WEST,
)


@pytest.mark.parametrize(
    ("spot", "code"),
    [
        (Spot(UNIT, 0.1, 0.1), EAST + 7),  # its unit took it along, wherever the point is
        (Spot(GRID, 1.5, 0.5), EAST),
        (Spot(GRID, 0.5, 0.5), WEST),
        (Spot(GRID, 1.0, 0.5), WEST),  # on the new border: the first part
        (Spot(GRID, 9.0, 9.0), WEST),  # in no part: the rest
        (Spot(GRID), WEST),
        (Spot(codes.child(GRID, 9), 1.5, 0.5), EAST),  # a unit that had ended before
    ],
)
def test_what_lay_in_a_split_area_goes_where_its_unit_its_point_or_the_rest_goes(spot, code):
    assert SPLIT.place([spot]) == [code]


def test_many_are_placed_as_each_alone():
    spots = [Spot(GRID, 1.5, 0.5), Spot(UNIT), Spot(GRID), Spot(GRID, 0.2, 0.2)]

    assert SPLIT.place(spots) == [SPLIT.place([spot])[0] for spot in spots]
    assert SPLIT.place([]) == []


def test_every_part_is_an_heir_of_what_was_split_and_one_of_what_went_whole():
    assert SPLIT.all_heirs(GRID) == (WEST, EAST)
    assert SPLIT.all_heirs(UNIT) == (EAST + 7,)
    assert SPLIT.part_of(EAST + 7) == EAST


def test_what_does_not_change_has_no_new_code():
    with pytest.raises(ValueError, match="does not lie"):
        SPLIT.place([Spot(WEST)])


@given(st.sets(st.tuples(st.sampled_from([1, 2, 5]), st.integers(1, 40)), min_size=1, max_size=60))
def test_areas_of_several_parents_get_codes_of_their_own_and_keep_their_numbers_where_they_can(wanted):
    children = [codes.make(990101, 1, 1, grid, unit) for grid, unit in wanted]
    above = codes.make(990101, 1, 1, 9)

    targets = side_by_side(children, above, 999)

    assert set(targets) == set(children)
    assert len(set(targets.values())) == len(children)
    assert all(codes.parent(code) == above for code in targets.values())
    kept = {codes.serial(old, codes.Level.UNIT) for old, new in targets.items() if old % 1000 == new % 1000}
    assert kept == {unit for _grid, unit in wanted}


def test_more_areas_than_numbers_do_not_fit():
    children = [codes.make(990101, 1, 1, grid, unit) for grid in (1, 2) for unit in range(1, 4)]

    with pytest.raises(ValueError, match="6 areas"):
        side_by_side(children, codes.make(990101, 1, 1, 9), 5)
