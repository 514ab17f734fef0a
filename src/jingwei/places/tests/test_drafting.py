from datetime import UTC, datetime

import pytest
import shapely

from jingwei.kernel.public import FactRow, Refused
from jingwei.places import codes
from jingwei.places.actions import end_area, set_boundary
from jingwei.places.coverage.check import check
from jingwei.places.coverage.drafting import (
    Act,
    adopt_mend,
    discard_draft,
    draw_in_draft,
    open_draft_of,
    restore_version,
    undo_step,
)
from jingwei.places.coverage.ground import Kind
from jingwei.places.coverage.loading import load
from jingwei.places.coverage.publishing import faults_left, publish_draft
from jingwei.places.index import find
from jingwei.places.models import Area, Boundary, BoundaryDraft, Building, CoverageLimits, PastBoundary
from jingwei.places.outlines import check_outline
from jingwei.places.testing import a_building, a_community, a_district, a_grid, a_street

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)


@pytest.fixture
def street():
    """A community of two grids with a gap of 10 m between them, in which a building of 30 households stands."""
    street = a_street(a_district())
    community = a_community(street)
    set_boundary(community, shapely.box(114.30, 30.50, 114.32, 30.51), by=None)
    first = a_grid(community, bounds=(114.30, 30.50, 114.31, 30.51))
    a_grid(community, bounds=(114.3101, 30.50, 114.32, 30.51))
    a_building(first, 114.305, 30.505, households=210)
    a_building(first, 114.31005, 30.505, households=30)
    return street


def grids():
    return list(Area.objects.filter(level="grid").order_by("code"))


def found(area, draft=None):
    loaded = load(area.code, draft)
    return check(loaded.ground, loaded.limits)


def the_gap(area):
    (gap,) = [one for one in found(area, open_draft_of(area.code)) if one.kind is Kind.GAP]
    return gap


def adopt(street, number=1):
    return adopt_mend(street, finding=the_gap(street).key, mend=f"to-{grids()[number].code}", by=None, now=NOW)


def told():
    return list(FactRow.objects.order_by("id").values_list("kind", flat=True))


def test_a_mend_goes_into_a_draft_and_not_onto_the_map(street):
    before = list(Boundary.objects.values())

    step = adopt(street)

    draft = open_draft_of(street.code)
    assert (draft.code, draft.opened_at) == (codes.ancestor(street.code, codes.Level.DISTRICT), NOW)
    assert (step.number, step.act, step.at) == (1, Act.MERGE_GAP, NOW)
    assert step.codes == sorted([one.code for one in grids()])
    assert list(Boundary.objects.values()) == before
    assert find(114.31005, 30.505).code == grids()[0].code  # by its building; no boundary holds it
    assert {one.kind for one in found(street, draft)} == {Kind.TOO_SMALL, Kind.NO_WORKER}
    assert the_gap_is_there(street)
    assert told()[-1] == "places.boundary_draft_changed"


def the_gap_is_there(street):
    return Kind.GAP in [one.kind for one in found(street)]


def test_publishing_puts_the_draft_on_the_map_and_keeps_what_was_before(street):
    first, second = grids()
    before = bytes(second.boundary.wkb)
    adopt(street)

    draft = publish_draft(open_draft_of(street.code), by=None, now=NOW)

    assert (draft.state, draft.closed_at, draft.faults_left) == ("published", NOW, 0)
    assert find(114.31005, 30.505).code == second.code
    assert list(Building.objects.order_by("id").values_list("code", flat=True)) == [first.code, second.code]
    assert bytes(PastBoundary.objects.get(area=second).wkb) == before
    past = PastBoundary.objects.get(area=second)
    assert past.version < past.replaced_by == Boundary.objects.get(area=second).version
    assert told()[-3:] == ["places.boundary_set", "places.building_moved", "places.boundaries_published"]
    assert open_draft_of(street.code) is None


def test_what_is_not_changed_is_not_written(street):
    first, second = grids()
    version = Boundary.objects.get(area=first).version
    adopt(street)
    publish_draft(open_draft_of(street.code), by=None)
    assert Boundary.objects.get(area=first).version == version
    assert Boundary.objects.get(area=second).version > version


def test_steps_are_taken_back_from_the_last(street):
    adopt(street)
    draft = open_draft_of(street.code)
    draw_in_draft(draft_district(draft), {grids()[0].code: small()}, act=Act.IMPORT, by=None)

    with pytest.raises(Refused, match="done after this step"):
        undo_step(draft, number=1, by=None)
    undo_step(draft, number=2, by=None)
    undo_step(draft, number=1, by=None)

    assert the_gap(street)
    with pytest.raises(Refused, match="changes nothing yet"):
        publish_draft(draft, by=None)


def draft_district(draft):
    return Area.objects.get(pk=draft.code)


def small():
    return check_outline(shapely.box(114.30, 30.50, 114.305, 30.51), "small")


def test_a_discarded_draft_is_closed_and_another_can_begin(street):
    adopt(street)
    draft = discard_draft(open_draft_of(street.code), by=None, now=NOW)

    assert (draft.state, draft.closed_at) == ("discarded", NOW)
    for act in (publish_draft, discard_draft):
        with pytest.raises(Refused, match="published or discarded"):
            act(draft, by=None)
    with pytest.raises(Refused, match="published or discarded"):
        undo_step(draft, number=1, by=None)
    assert adopt(street).draft != draft


def test_a_mend_that_no_longer_fits_is_refused(street):
    key = the_gap(street).key
    adopt(street)

    for finding, mend in ((key, "cut"), ("nonsense", "cut")):
        with pytest.raises(Refused, match="mended or has changed"):
            adopt_mend(street, finding=finding, mend=mend, by=None)
    assert open_draft_of(street.code).steps.count() == 1


def test_a_boundary_that_changed_since_stops_the_draft(street):
    _first, second = grids()
    adopt(street)
    set_boundary(second, shapely.box(114.311, 30.50, 114.32, 30.51), by=None)

    with pytest.raises(Refused, match=r"of .* on the map has changed since"):
        publish_draft(open_draft_of(street.code), by=None)


def test_an_area_that_ended_since_stops_the_draft(street):
    _first, second = grids()
    adopt(street)
    end_area(second, on=NOW.date(), by=None)

    with pytest.raises(Refused, match="has ended"):
        publish_draft(open_draft_of(street.code), by=None)


def test_a_draft_draws_only_what_lies_in_its_district(street):
    elsewhere = a_grid()
    draft_district = Area.objects.get(pk=codes.ancestor(street.code, codes.Level.DISTRICT))
    for code in (codes.child(elsewhere.code, 7), a_grid(a_community(a_street(a_district()))).code):
        with pytest.raises(Refused, match="no area"):
            draw_in_draft(draft_district, {code: small()}, act=Act.IMPORT, by=None)


def test_faults_are_looked_for_in_the_streets_that_the_draft_touches(street, django_assert_num_queries):
    other = a_community(a_street(street.parent))
    set_boundary(other, shapely.box(114.40, 30.50, 114.42, 30.51), by=None)
    a_grid(other, bounds=(114.40, 30.50, 114.41, 30.51))  # covers half of it
    adopt(street)
    draft = open_draft_of(street.code)

    with django_assert_num_queries(10):
        assert faults_left(draft) == []


def test_a_version_is_taken_back_by_a_draft(street):
    _first, second = grids()
    before = bytes(second.boundary.wkb)
    adopt(street)
    published = publish_draft(open_draft_of(street.code), by=None)
    set_boundary(second, shapely.box(114.311, 30.50, 114.32, 30.51), by=None)

    step = restore_version(street.parent, published, by=None)

    assert (step.act, step.codes) == (Act.RESTORE, [second.code])
    published = publish_draft(open_draft_of(street.code), reason="as it was", by=None)
    assert (published.reason, published.faults_left) == ("as it was", 1)
    assert bytes(Boundary.objects.get(area=second).wkb) == before
    assert PastBoundary.objects.filter(area=second).count() == 3
    with pytest.raises(Refused, match="Only what was published"):
        restore_version(street, published, by=None)


def test_limits_are_those_of_the_district(street):
    assert [one.kind for one in found(street) if one.kind in (Kind.TOO_SMALL, Kind.TOO_LARGE)] == []
    CoverageLimits.objects.create(code=street.parent.code, fewest_households=10, most_households=50)
    assert [one.codes for one in found(street) if one.kind is Kind.TOO_LARGE] == [(grids()[0].code,)]


def test_a_district_has_one_open_draft(street):
    adopt(street)
    draft = open_draft_of(street.code)
    assert open_draft_of(grids()[0].code) == draft
    assert BoundaryDraft.objects.count() == 1
    adopt_again = draw_in_draft(draft_district(draft), {grids()[0].code: small()}, act=Act.IMPORT, by=None)
    assert adopt_again.draft == draft
