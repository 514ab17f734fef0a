"""Who may draw boundaries, and what a second person is for: places lie below people and cannot ask themselves."""

import pytest
import shapely

from jingwei.kernel.public import NotPermitted, Refused, clock
from jingwei.people.staffing import staffing_of
from jingwei.people.testing import a_holder, a_member, a_posting, check_both_faces
from jingwei.places.public import (
    Act,
    Area,
    codes,
    discard_draft,
    draw_in_draft,
    open_draft_of,
    publish_draft,
    set_boundary,
    undo_step,
)
from jingwei.places.testing import a_community, a_district, a_grid, a_street, a_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return a_district()


@pytest.fixture
def grid(district):
    """The only one of its community, of which it covers half."""
    community = a_community(a_street(district))
    set_boundary(community, shapely.box(114.30, 30.50, 114.32, 30.51), by=None)
    return a_grid(community, bounds=(114.30, 30.50, 114.31, 30.51))


def drawn(grid, east=114.315):
    return {grid.code: shapely.box(114.30, 30.50, east, 30.51)}


def test_administrators_draw_in_their_own_district(district, grid):
    elsewhere = a_district()
    members = [
        a_holder("administrator", district.code),
        a_holder("administrator", elsewhere.code),
        a_holder("dispatcher", grid.parent.parent.code),
        a_member(),
    ]

    held, refused = check_both_faces("places.draw", Area, members)

    assert held == 5  # the district and what lies in it, and the other district
    assert refused == 4 * 5 - 5
    draw_in_draft(district, drawn(grid), act=Act.IMPORT, by=members[0])
    draft = open_draft_of(district.code)
    for stranger in members[1:]:
        with pytest.raises(NotPermitted):
            draw_in_draft(district, drawn(grid), act=Act.IMPORT, by=stranger)
        with pytest.raises(NotPermitted):
            undo_step(draft, number=1, by=stranger)
        with pytest.raises(NotPermitted):
            publish_draft(draft, reason="why not", by=stranger)
        with pytest.raises(NotPermitted):
            discard_draft(draft, by=stranger)
    assert draft.steps.get().by == members[0].pk


def test_with_a_fault_left_one_gives_the_reason_and_another_publishes(district, grid):
    first, second = a_holder("administrator", district.code), a_holder("administrator", district.code)
    draw_in_draft(district, drawn(grid), act=Act.IMPORT, by=first)
    draft = open_draft_of(district.code)

    with pytest.raises(Refused, match="1 place must still be mended"):
        publish_draft(draft, by=first)
    asked = publish_draft(draft, reason=" The river is being filled up ", by=first)

    assert (asked.state, asked.reason, asked.asked_by) == ("open", "The river is being filled up", first.pk)
    assert publish_draft(draft, reason="again", by=first).state == "open"
    done = publish_draft(draft, by=second)
    assert (done.state, done.closed_by, done.faults_left, done.reason) == ("published", second.pk, 1, "again")


def test_what_was_asked_for_is_asked_anew_when_the_draft_changes(district, grid):
    first, second = a_holder("administrator", district.code), a_holder("administrator", district.code)
    draw_in_draft(district, drawn(grid), act=Act.IMPORT, by=first)
    draft = publish_draft(open_draft_of(district.code), reason="The river", by=first)
    draw_in_draft(district, drawn(grid, east=114.316), act=Act.IMPORT, by=first)

    with pytest.raises(Refused, match="must still be mended"):
        publish_draft(draft, by=second)


def test_without_faults_one_person_publishes(district, grid):
    administrator = a_holder("administrator", district.code)
    draw_in_draft(district, drawn(grid, east=114.32), act=Act.IMPORT, by=administrator)
    assert publish_draft(open_draft_of(district.code), by=administrator).state == "published"


def test_staffing_tells_of_postings_that_hold_today(grid):
    unit, other = a_unit(grid), a_grid(grid.parent)
    a_posting("grid_worker", grid.code)
    a_posting("unit_head", unit.code)
    a_posting("auxiliary", unit.code)
    today = clock.local(clock.now()).date()
    a_posting("grid_worker", other.code, ends_on=today)

    told = staffing_of(*codes.span(grid.parent.code), today)

    assert (told.grids, told.units) == (frozenset([grid.code]), frozenset([unit.code]))
    assert staffing_of(*codes.span(a_grid().code), today).grids == frozenset()
