from datetime import timedelta

import pytest
import shapely

from jingwei.kernel.public import FactRow, Refused, clock
from jingwei.places import codes
from jingwei.places.actions import create_area, end_area
from jingwei.places.changes.effect import apply_due_changes, approve_change, obstacle, undo_change
from jingwei.places.changes.planning import PartWanted, plan_merge, plan_move, plan_rename, plan_split
from jingwei.places.changes.preview import headline, preview
from jingwei.places.changes.shaping import cut_area
from jingwei.places.index import find
from jingwei.places.models import Area, AreaChange, Boundary, Building, Succession
from jingwei.places.queries import today
from jingwei.places.testing import a_building, a_community, a_district, a_grid, a_street, a_unit, an_area
from jingwei.places.tests.changing import in_effect, on_day, parts_of

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = today(), today() + timedelta(days=1)
BOUNDS = (114.0, 30.0, 114.01, 30.01)


def outline(area):
    return shapely.from_wkb(bytes(Boundary.objects.get(area=area).wkb))


@pytest.fixture
def grid():
    """A grid with two units, west and east, a building in each, and one in the east without a unit."""
    grid = a_grid(bounds=BOUNDS, name="Grid 1")
    west = a_unit(grid, bounds=(114.0, 30.0, 114.004, 30.01), name="West")
    a_unit(grid, bounds=(114.006, 30.0, 114.01, 30.01), name="East")
    a_building(west, 114.002, 30.005, name="W", households=30)
    a_building(grid, 114.0055, 30.005, name="M", households=20)
    return grid


def halves(grid, day=None):
    left, right = cut_area(grid, (114.005, 30.0), (114.005, 30.01))
    wanted = [PartWanted(name="Grid 1 west", outline=left), PartWanted(name="Grid 1 east", outline=right)]
    return plan_split(grid, wanted, **on_day(day))


def test_nothing_changes_before_the_day(grid):
    change = halves(grid, TOMORROW)
    approve_change(change, by=None)

    assert apply_due_changes() == []
    assert Area.objects.get(pk=grid.pk).ends_on is None
    assert find(114.002, 30.005).code // 1000 == grid.code // 1000


def test_a_split_ends_the_area_and_begins_its_parts_with_all_below(grid):
    west_unit, east_unit = Area.objects.filter(parent=grid)

    change = in_effect(halves(grid, TOMORROW))

    west, east = parts_of(change)
    assert Area.objects.get(pk=grid.pk).ends_on == TOMORROW
    assert [(part.name, part.begins_on, part.parent_id) for part in (west, east)] == [
        ("Grid 1 west", TOMORROW, grid.parent_id),
        ("Grid 1 east", TOMORROW, grid.parent_id),
    ]
    assert [unit.name for unit in Area.objects.filter(parent=west)] == ["West"]
    assert [unit.name for unit in Area.objects.filter(parent=east)] == ["East"]
    assert outline(west).equals(shapely.box(114.0, 30.0, 114.005, 30.01))
    assert outline(Area.objects.get(parent=east)).equals(outline(east_unit))
    assert dict(Building.objects.values_list("name", "code")) == {"W": west.code + 1, "M": east.code}
    assert set(Succession.objects.values_list("predecessor_id", "successor_id")) == {
        (grid.code, west.code),
        (grid.code, east.code),
        (west_unit.code, west.code + 1),
        (east_unit.code, east.code + 2),
    }
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert find(114.0055, 30.005).code == east.code
        assert find(114.001, 30.005).code == west.code + 1
    assert change.state == "in_effect"


def test_a_split_is_told_by_codes(grid):
    change = in_effect(halves(grid))

    west, east = (part.code for part in change.parts.all())
    told = list(FactRow.objects.filter(kind="places.area_split").values_list("code", "data"))
    assert told == [(grid.code, {"change_id": str(change.pk), "parts": [west, east]})]
    kinds = FactRow.objects.filter(kind__in=["places.area_ended", "places.area_created"]).values_list("kind", "code")
    assert set(kinds) == {
        *(("places.area_ended", code) for code in (grid.code, grid.code + 1, grid.code + 2)),
        *(("places.area_created", code) for code in (west, east, west + 1, east + 2)),
    }


def test_a_split_by_choice_draws_the_border_between_what_was_chosen(grid):
    west, east = Area.objects.filter(parent=grid)
    building = Building.objects.get(name="M")
    wanted = [
        PartWanted(name="A", areas=[west.code], buildings=[building.pk]),
        PartWanted(name="B", areas=[east.code]),
    ]

    change = in_effect(plan_split(grid, wanted, rest=1, **on_day()))

    first, second = parts_of(change)
    assert Building.objects.get(name="M").code == first.code
    assert shapely.contains_xy(outline(first), 114.0055, 30.005)
    assert shapely.difference(outline(west), outline(first)).area == 0
    assert outline(first).area + outline(second).area == pytest.approx(shapely.box(*BOUNDS).area, rel=1e-12)


def test_areas_without_boundaries_are_split_by_choice_only():
    grid = a_grid()
    one, other = a_unit(grid), a_unit(grid)
    wanted = [PartWanted(name="A", areas=[one.code]), PartWanted(name="B", areas=[other.code])]

    first, second = parts_of(in_effect(plan_split(grid, wanted, **on_day())))

    assert Area.objects.filter(parent=first).get().code == first.code + 1
    assert Area.objects.filter(parent=second).get().code == second.code + 2


def test_a_community_is_split_by_its_grids_and_their_units_come_along():
    community = a_community()
    one, other = a_grid(community), a_grid(community)
    unit = a_unit(other)
    wanted = [PartWanted(name="North"), PartWanted(name="South", areas=[other.code])]

    north, south = parts_of(in_effect(plan_split(community, wanted, **on_day())))

    assert Area.objects.filter(parent=north).get().name == one.name
    moved = Area.objects.get(parent__parent=south)
    assert (moved.name, moved.code % 1000) == (unit.name, unit.code % 1000)


def test_merged_neighbours_become_one_and_keep_the_numbers_below_where_they_can():
    community = a_community()
    one = a_grid(community, bounds=(0, 0, 1, 1))
    other = a_grid(community, bounds=(1, 0, 2, 1))
    a_unit(one, name="first")
    a_unit(other, name="second")
    a_unit(other, name="third")
    a_building(other, 1.5, 0.5)

    change = in_effect(plan_merge([other, one], name="Both", **on_day()))

    (whole,) = parts_of(change)
    assert outline(whole).equals(shapely.box(0, 0, 2, 1))
    assert {unit.name: unit.code % 1000 for unit in Area.objects.filter(parent=whole)} == {
        "first": 1,
        "second": 3,
        "third": 2,
    }
    assert Building.objects.get().code == whole.code
    assert FactRow.objects.get(kind="places.areas_merged").data["before"] == [one.code, other.code]


def test_two_of_one_name_that_meet_in_a_merger_are_told_apart():
    community = a_community()
    grids = [a_grid(community, name=f"Grid {n}") for n in (1, 2, 3)]
    for grid in grids:
        a_unit(grid, name="Unit 1")
    a_unit(grids[0], name="Unit 1（Grid 3）")

    (whole,) = parts_of(in_effect(plan_merge(grids, name="All", **on_day())))

    assert sorted(Area.objects.filter(parent=whole).values_list("name", flat=True)) == [
        "Unit 1",
        "Unit 1（Grid 2）",
        "Unit 1（Grid 32）",
        "Unit 1（Grid 3）",
    ]


def test_a_moved_grid_gets_a_code_of_its_new_community_and_both_outlines_follow():
    street = a_street()
    here, there = a_community(street, bounds=(0, 0, 2, 1)), a_community(street, bounds=(2, 0, 3, 1))
    stays, goes = a_grid(here, bounds=(0, 0, 1, 1)), a_grid(here, bounds=(1, 0, 2, 1), name="Goes")
    unit = a_unit(goes)

    change = in_effect(plan_move(goes, there, **on_day()))

    (moved,) = parts_of(change)
    assert (moved.name, moved.parent_id) == ("Goes", there.code)
    assert Area.objects.get(parent=moved).code % 1000 == unit.code % 1000
    assert outline(here).equals(outline(stays))
    assert outline(there).equals(shapely.box(1, 0, 3, 1))
    assert FactRow.objects.get(kind="places.area_moved").data["before"] == goes.code


def test_a_community_moves_to_another_street_with_its_grids():
    district = a_district()
    community = a_community(a_street(district))
    grid = a_grid(community)
    street = a_street(district)

    (moved,) = parts_of(in_effect(plan_move(community, street, **on_day())))

    assert codes.ancestor(moved.code, codes.Level.STREET) == street.code
    assert Area.objects.get(parent=moved).name == grid.name


def test_a_rename_keeps_the_code_and_remembers_the_name_before():
    grid = a_grid(name="Old")

    change = in_effect(plan_rename(grid, name="New", name_en="New grid", **on_day()))

    grid.refresh_from_db()
    assert (grid.name, grid.name_en, grid.ends_on) == ("New", "New grid", None)
    assert change.sources.get().name == "Old"
    assert FactRow.objects.filter(kind="places.area_renamed", code=grid.code).exists()


def test_a_change_takes_effect_once(grid):
    change = in_effect(halves(grid))

    assert apply_due_changes() == []
    assert Area.objects.filter(parent=grid.parent_id, ends_on=None).count() == 2
    assert FactRow.objects.filter(kind="places.area_split").count() == 1
    assert AreaChange.objects.get().took_effect_at == change.took_effect_at


def test_a_draft_waits_for_approval_however_late_it_is(grid):
    change = halves(grid)

    assert apply_due_changes() == []
    with clock.frozen(clock.now() + timedelta(days=1)), pytest.raises(Refused, match="has passed"):
        approve_change(change, by=None)


def test_a_change_can_be_undone_until_it_takes_effect_and_then_another_is_possible(grid):
    change = halves(grid, TOMORROW)
    approve_change(change, by=None)

    undo_change(change, by=None)

    with clock.frozen(clock.now() + timedelta(days=2)):
        assert apply_due_changes() == []
    with pytest.raises(Refused, match="already"):
        undo_change(change, by=None)
    in_effect(halves(grid))
    with pytest.raises(Refused, match="in effect already"):
        undo_change(AreaChange.objects.get(state="in_effect"), by=None)


def test_an_approved_change_is_not_approved_again(grid):
    change = halves(grid)
    approve_change(change, by=None)

    with pytest.raises(Refused, match="Only a draft"):
        approve_change(change, by=None)


def test_only_one_change_to_come_touches_an_area(grid):
    community = grid.parent
    elsewhere = a_community(community.parent)
    beside = a_grid(community)
    halves(grid, TOMORROW)

    for plan in (
        lambda: halves(grid),
        lambda: plan_rename(grid, name="Other", **on_day()),
        lambda: plan_merge([grid, beside], name="All", **on_day()),
        lambda: plan_move(community, a_street(community.parent.parent), **on_day()),
        lambda: plan_move(Area.objects.filter(parent=grid).first(), beside, **on_day()),
    ):
        with pytest.raises(Refused, match=r"Grid 1 is already to change|has no boundary"):
            plan()
    plan_move(beside, elsewhere, **on_day())


def test_what_a_change_needs_does_not_end_before(grid):
    community = grid.parent
    elsewhere = a_community(community.parent)
    plan_move(grid, elsewhere, **on_day(TOMORROW))

    with pytest.raises(Refused, match="already to change"):
        plan_merge([elsewhere, a_community(community.parent)], name="All", **on_day())


def test_codes_put_aside_are_not_given_to_others(grid):
    change = halves(grid, TOMORROW)

    fresh = create_area(grid.parent, name="Fresh", by=None)

    assert fresh.code not in {part.code for part in change.parts.all()}
    in_effect(change)


def test_a_part_takes_another_code_where_an_import_has_used_its_own(grid):
    change = halves(grid, TOMORROW)
    used = change.parts.first().code
    an_area(used, name="Imported")

    west, _east = parts_of(in_effect(change))

    assert west.code != used
    assert west.name == "Grid 1 west"


def test_what_stands_in_the_way_on_the_day_is_said_and_leaves_everything_as_it_was(grid):
    change = halves(grid)
    approve_change(change, by=None)
    assert obstacle(change) == ""
    create_area(grid.parent, name="Grid 1 east", by=None)

    ((late, why_not),) = apply_due_changes()

    assert late.pk == change.pk
    assert why_not == obstacle(change)
    assert "already a Grid 1 east" in why_not
    assert Area.objects.get(pk=grid.pk).ends_on is None
    assert AreaChange.objects.get().state == "approved"
    assert not Succession.objects.exists()


def test_an_ended_area_does_not_change():
    grid = a_grid()
    end_area(grid, on=TOMORROW, by=None)

    with pytest.raises(Refused, match="is not changed any more"):
        plan_rename(grid, name="x", **on_day())


def split(area, *parts, **more):
    return plan_split(area, [PartWanted(**{"name": "A", **part}) for part in parts], **{**on_day(), **more})


B = {"name": "B"}


@pytest.mark.parametrize(
    ("plan", "why_not"),
    [
        (lambda g: plan_rename(g, name="x", **on_day(TODAY - timedelta(days=1))), "today or later"),
        (lambda g: plan_rename(g, name="x", **{**on_day(), "reason": " "}), "Say why"),
        (lambda g: plan_rename(g, name="x", **{**on_day(), "reason": "r" * 301}), "300 characters"),
        (lambda g: plan_rename(g, name=g.name, **on_day()), "called that already"),
        (lambda g: split(g, {}), "2 to 20 parts"),
        (lambda g: split(g, {}, B, rest=2), "Choose one"),
        (lambda g: split(g, {"areas": [g.code + 1]}, {**B, "areas": [g.code + 1]}), "two parts"),
        (lambda g: split(g, {"areas": [g.code + 9]}, B), "directly in"),
        (lambda g: split(g, {"areas": [g.code + 1]}, {}, rest=1), "already a A"),
        (lambda g: split(g, {}, B, {"name": "C"}), "at least one building"),
        (lambda g: split(g, {"outline": shapely.box(*BOUNDS)}, B), "every part"),
        (lambda g: split(a_grid(), {"outline": shapely.box(*BOUNDS)}, B), "has no boundary"),
        (lambda g: plan_merge([g], name="x", **on_day()), "at least two"),
        (lambda g: plan_merge([g, a_grid()], name="x", **on_day()), "within the same"),
        (lambda g: plan_merge([g, a_grid(g.parent)], name="x", **on_day()), "has no boundary"),
        (lambda g: plan_merge([a_street(), a_street()], name="x", **on_day()), "within the same"),
        (lambda g: plan_move(g, g.parent, **on_day()), "Choose another community"),
        (lambda g: plan_move(g, a_street(), **on_day()), "Choose another community"),
        (lambda g: plan_move(g, a_community(), **on_day()), "another district"),
        (lambda g: plan_rename(a_grid(g.parent, name="y"), name="Grid 1", **on_day()), "already a Grid 1"),
        (lambda g: split(g.parent.parent, {}, B), "these levels"),
        (lambda g: cut_area(a_grid(), (0, 0), (1, 1)), "has no boundary"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_its_mend(grid, plan, why_not):
    with pytest.raises(Refused, match=why_not):
        plan(grid)


def test_a_new_area_does_not_change_on_its_first_day():
    grid = create_area(a_community(), name="New", begins_on=TODAY, by=None)

    with pytest.raises(Refused, match="begins on"):
        plan_rename(grid, name="x", **on_day())


def test_a_straight_cut_through_a_unit_is_refused(grid):
    left, right = cut_area(grid, (114.002, 30.0), (114.002, 30.01))

    with pytest.raises(Refused, match="West would be cut in two"):
        plan_split(grid, [PartWanted(name="A", outline=left), PartWanted(name="B", outline=right)], **on_day())


def test_more_areas_than_numbers_are_not_merged():
    community = a_community()
    grids = [a_grid(community) for _ in range(2)]
    for grid in grids:
        Area.objects.bulk_create(
            Area(code=grid.code + n, level="unit", name=f"{n}", parent=grid) for n in range(1, 501)
        )
    change = plan_merge(grids, name="All", **on_day())

    with pytest.raises(Refused, match="1000 areas"):
        preview(change)
    with pytest.raises(Refused, match="1000 areas"):
        approve_change(change, by=None)


def test_the_preview_counts_what_goes_where_and_lists_it(grid):
    change = halves(grid, TOMORROW)

    seen = preview(change)

    figures = {figure.key: (figure.total, [figure.of(part) for part in seen.plan.parts]) for figure in seen.figures}
    assert figures["areas"] == (2, [1, 1])
    assert figures["buildings"] == (2, [1, 1])
    assert figures["households"] == (50, [30, 20])
    west, _east = seen.plan.parts
    assert [line.title for line in seen.lines("buildings", west.code)] == ["W"]
    assert [line.title for line in seen.lines("buildings")] == ["M", "W"]
    assert [line.note for line in seen.lines("households", west.code)] == ["30 households"]
    with pytest.raises(KeyError):
        seen.lines("nothing")


def test_a_change_is_said_in_a_few_words(grid):
    there = a_community(grid.parent.parent, name="There")

    assert headline(halves(grid, TOMORROW)) == "Grid 1 → Grid 1 west, Grid 1 east"
    assert headline(plan_move(a_grid(grid.parent, name="Goes"), there, **on_day())) == "Goes to There"
