import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jingwei.places import codes
from jingwei.places.codes import Level


@st.composite
def area_codes(draw: st.DrawFn, shallowest: Level = Level.PROVINCE) -> int:
    """Any code at `shallowest` or below."""
    level = draw(st.sampled_from(list(Level)[shallowest.depth :]))
    code = codes.WHOLE
    for each in list(Level)[: level.depth + 1]:
        first = 10 if each is Level.PROVINCE else 1
        code = codes.child(code, draw(st.integers(first, each.serials)))
    return code


@given(area_codes())
def test_a_code_survives_being_written_and_read(code):
    assert codes.read(codes.write(code)) == code
    assert codes.read(codes.write(code)[: codes.ENDS[codes.level_of(code)]]) == code


@given(area_codes(), area_codes())
def test_one_code_lies_in_the_span_of_another_just_when_that_is_in_its_lineage(code, other):
    first, last = codes.span(other)
    assert (first <= code <= last) == (other in codes.lineage(code))


@given(area_codes())
def test_everything_lies_in_the_whole(code):
    first, last = codes.span(codes.WHOLE)
    assert first <= code <= last


@given(area_codes(shallowest=Level.CITY))
def test_a_code_is_a_child_of_its_parent(code):
    parent = codes.parent(code)
    level = codes.level_of(code)

    assert codes.level_of(parent) is level.above
    assert codes.child(parent, codes.serial(code, level)) == code


@given(area_codes(), area_codes())
def test_spans_never_cross(code, other):
    (first, last), (low, high) = codes.span(code), codes.span(other)
    assert last < low or high < first or first <= low <= high <= last or low <= first <= last <= high


@given(area_codes(), area_codes())
def test_the_common_area_is_the_deepest_that_holds_both(code, other):
    common = codes.common(code, other)
    first, last = codes.span(common)
    assert first <= code <= last
    assert first <= other <= last

    shared = set(codes.lineage(code)) & set(codes.lineage(other))
    assert common == max(shared, default=codes.WHOLE)


@given(area_codes(shallowest=Level.STREET), st.data())
def test_a_code_with_a_level_left_out_is_none(code, data):
    level = codes.level_of(code)
    left_out = data.draw(st.sampled_from(list(Level)[1 : level.depth]))
    broken = code - codes.serial(code, left_out) * left_out.step

    assert not codes.is_code(broken)
    with pytest.raises(ValueError, match="not an area code"):
        codes.level_of(broken)


@given(area_codes(), st.sampled_from(Level))
def test_an_ancestor_is_never_below(code, level):
    assume(level.depth > codes.level_of(code).depth)
    with pytest.raises(ValueError, match=f"above the level {level.value}"):
        codes.ancestor(code, level)


def test_codes_are_made_of_their_parts():
    code = codes.make(420103, 2, 1, 7, 3)

    assert codes.write(code) == "420103002001007003"
    assert codes.level_of(code) is Level.UNIT
    assert codes.ancestor(code, Level.STREET) == codes.make(420103, 2)
    assert codes.lineage(codes.make(420103)) == (42 * 10**16, 4201 * 10**14, 420103 * 10**12)
    assert codes.parent(42 * 10**16) is None


def test_codes_are_read_with_spaces_and_hyphens():
    assert codes.read("420103-002 001") == codes.make(420103, 2, 1)


@pytest.mark.parametrize("text", ["", "42010", "4201030020010070031", "42010３", "abcdef", "420100000000000001", "05"])
def test_what_is_not_a_code_is_not_read(text):
    with pytest.raises(ValueError, match="not an area code"):
        codes.read(text)


@pytest.mark.parametrize("parts", [(420103, 1000), (420103, 1, -1), (420103, 0, 5), (4201030, 1)])
def test_parts_that_make_no_code_are_refused(parts):
    with pytest.raises(ValueError, match=r"serial number|not an area code"):
        codes.make(*parts)


@pytest.mark.parametrize(
    ("parent", "number"),
    [(codes.make(420103), 0), (codes.make(420103), 1000), (42 * 10**16, 100), (codes.WHOLE, 9), (codes.WHOLE, 100)],
)
def test_a_serial_number_that_does_not_fit_is_refused(parent, number):
    with pytest.raises(ValueError, match="cannot be the serial number"):
        codes.child(parent, number)


def test_nothing_lies_below_a_unit():
    with pytest.raises(ValueError, match="nothing lies below"):
        codes.child(codes.make(420103, 2, 1, 7, 3), 1)


def test_levels_know_their_neighbours():
    assert [level.above for level in Level] == [None, *list(Level)[:-1]]
    assert [level.below for level in Level] == [*list(Level)[1:], None]
