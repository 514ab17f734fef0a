"""What is held in areas goes along when areas change."""

from datetime import timedelta

import pytest

from jingwei.kernel.public import FactRow, clock
from jingwei.people.keys import authenticate_key
from jingwei.people.loading import load_member
from jingwei.people.models import ApiKey, HandOver, Posting
from jingwei.people.queries import today
from jingwei.people.testing import a_department, a_holder, a_key, a_member, a_posting, check_both_faces
from jingwei.places.public import (
    AreaChange,
    PartWanted,
    apply_due_changes,
    approve_change,
    codes,
    plan_merge,
    plan_move,
    plan_rename,
    plan_split,
    preview,
)
from jingwei.places.testing import a_community, a_grid, a_unit

pytestmark = pytest.mark.django_db
TODAY, TOMORROW, LATER = (today() + timedelta(days=days) for days in (0, 1, 40))
GIVEN = {"reason": "Decision 12", "by": None}


def in_effect(change):
    approve_change(change, by=None)
    with clock.frozen(clock.now() + (change.takes_effect_on - TODAY)):
        assert [why_not for _change, why_not in apply_due_changes()] == [""]
    return [part.code for part in change.parts.all()]


def split(grid):
    wanted = [PartWanted(name="A"), PartWanted(name="B")]
    return plan_split(grid, wanted, takes_effect_on=TOMORROW, **GIVEN)


def held(member):
    rows = Posting.objects.filter(member=member).order_by("begins_on", "code")
    return list(rows.values_list("role", "code", "begins_on", "ends_on"))


def test_a_worker_of_a_split_grid_works_in_both_parts_from_the_day_and_keeps_the_history():
    grid = a_grid()
    worker = a_holder("grid_worker", grid.code)
    begun = Posting.objects.get(member=worker).begins_on

    one, other = in_effect(split(grid))

    assert held(worker) == [
        ("grid_worker", grid.code, begun, TOMORROW),
        ("grid_worker", one, TOMORROW, None),
        ("grid_worker", other, TOMORROW, None),
    ]
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert all(post.covers(grid.code) for post in load_member(worker.pk).posts)
    assert not FactRow.objects.filter(kind="people.posting_created", code=grid.code).exclude(code=grid.code).exists()
    kinds = FactRow.objects.filter(data__member_id=worker.pk, kind__startswith="people.posting").order_by("id")
    assert [(row.kind, row.code) for row in kinds][1:] == [
        ("people.posting_ended", grid.code),
        ("people.posting_created", one),
        ("people.posting_created", other),
    ]


def test_the_head_of_a_unit_goes_with_the_unit():
    grid = a_grid()
    unit = a_unit(grid)
    head = a_holder("unit_head", unit.code)

    (moved,) = in_effect(plan_move(grid, a_community(grid.parent.parent), takes_effect_on=TOMORROW, **GIVEN))

    assert [row[1] for row in held(head)] == [unit.code, moved + unit.code % 1000]


def test_a_posting_that_has_ended_by_then_stays_and_one_that_begins_later_is_moved():
    grid = a_grid()
    gone = a_posting("grid_worker", grid.code, ends_on=TOMORROW).member
    coming = a_posting("grid_worker", grid.code, begins_on=LATER).member
    limited = a_posting("property_manager", grid.code, ends_on=LATER).member

    one, other = in_effect(split(grid))

    assert [row[1] for row in held(gone)] == [grid.code]
    assert held(coming) == [("grid_worker", code, LATER, None) for code in (one, other)]
    assert [row[3] for row in held(limited)] == [TOMORROW, LATER, LATER]


def test_two_postings_that_meet_in_a_merged_grid_become_one_of_both_kinds_of_work():
    community = a_community()
    grids = [a_grid(community), a_grid(community)]
    department, member = a_department(code=codes.ancestor(community.code, codes.Level.STREET)), a_member()
    for grid, categories in zip(grids, (["01"], ["02", "0301"]), strict=True):
        a_posting("professional", grid.code, member=member, department=department, categories=categories)

    (whole,) = in_effect(plan_merge(grids, name="All", takes_effect_on=TOMORROW, **GIVEN))

    posting = Posting.objects.get(member=member, ends_on=None)
    assert (posting.code, posting.categories) == (whole, ["01", "02", "0301"])


def test_a_key_opens_what_came_after_its_areas_and_their_history():
    grid = a_grid()
    header = a_key(["cases.see"], [grid.code])
    a_key(["cases.see"], [a_grid().code])

    one, other = in_effect(split(grid))

    key = ApiKey.objects.get(codes__contains=[one])
    assert key.codes == [grid.code, one, other]
    assert key.code == codes.common(one, other)
    assert {post.first for post in authenticate_key(header).posts} == {grid.code, one, other}


def test_postings_and_keys_are_counted_before():
    grid = a_grid()
    worker = a_holder("grid_worker", grid.code, name="Li Wei")
    a_key(["cases.see"], [grid.code])
    change = split(grid)

    seen = preview(change)

    figures = {figure.key: (figure.total, *figure.amounts.values()) for figure in seen.figures}
    assert figures["postings"] == (1, 1, 1)
    assert figures["keys"] == (1, 1, 1)
    (line,) = seen.lines("postings", seen.plan.parts[0].code)
    assert (line.title, str(line.note)) == (worker.name, f"Grid worker, {grid.name}")
    assert [line.title for line in seen.lines("keys")] == ["key"]


def test_changes_are_planned_by_who_holds_the_duty_in_all_that_they_touch():
    grid, far = a_grid(), a_grid()
    district = codes.ancestor(grid.code, codes.Level.DISTRICT)
    for area in (grid, far):
        plan_rename(area, name="New", takes_effect_on=TOMORROW, **GIVEN)
    members = [
        a_holder("administrator", district),
        a_holder("dispatcher", codes.ancestor(grid.code, codes.Level.STREET)),
    ]

    assert check_both_faces("places.change", AreaChange, members) == (1, 3)


def test_what_is_still_to_be_handed_over_goes_on_in_the_new_area():
    grid = a_grid()
    posting = a_posting("grid_worker", grid.code, ends_on=LATER)
    HandOver.objects.create(member=posting.member, posting=posting, code=grid.code, due_on=LATER, opened_at=clock.now())

    one, _other = in_effect(split(grid))

    waiting = HandOver.objects.get()
    assert (waiting.code, waiting.posting.code, waiting.posting.ends_on) == (one, one, LATER)
