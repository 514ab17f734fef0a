from datetime import date, timedelta
from functools import reduce
from operator import or_

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from jingwei.people.loading import load_member
from jingwei.people.models import Member
from jingwei.people.permits import has_duty
from jingwei.people.posts import Post, post_at
from jingwei.people.queries import today
from jingwei.people.roles import ROLES, Workplace
from jingwei.people.testing import STREET, a_department, a_holder, a_member, a_posting, a_resident
from jingwei.places.public import Area, codes
from jingwei.places.testing import a_community, a_grid, a_street, a_succession, a_unit

GRID = codes.make(990101, 1, 2, 3)


def test_a_post_covers_its_area_and_below_and_nothing_beside():
    post = post_at(GRID, role="grid_worker", duties=[])

    assert [post.covers(code) for code in (GRID, GRID + 1, GRID + 999, GRID - 1, GRID + 1000, None)] == [
        *(True, True, True),
        *(False, False, False),
    ]


def test_a_post_without_an_area_covers_nothing():
    post = Post("department_handler", frozenset())

    assert not post.has_area
    assert not any(post.covers(code) for code in (0, -1, STREET, None))


@pytest.mark.parametrize(
    ("category", "is_taken"),
    [("0103", True), ("01", True), ("0203", False), ("0301", True), ("0302", False), (None, False)],
)
def test_categories_limit_a_post_by_code_or_class(category, is_taken):
    assert Post("professional", frozenset(), categories=("01", "0301")).takes(category) is is_taken


@given(st.one_of(st.none(), st.text()))
def test_without_categories_a_post_takes_everything(category):
    assert Post("professional", frozenset()).takes(category)


def test_the_workplace_of_a_post_is_its_role_s_and_software_has_none():
    assert post_at(GRID, role="grid_worker", duties=[]).workplace is Workplace.FIELD
    assert post_at(GRID, role="software", duties=[]).workplace is None


@pytest.mark.django_db
def test_a_member_comes_with_posts_in_one_query(django_assert_num_queries):
    department = a_department()
    team = a_department(parent=department)
    below = a_department(parent=team)
    a_department()
    member = a_member()
    a_posting("grid_worker", GRID, member=member)
    a_posting("professional", STREET, member=member, department=team, categories=["02", "0101"])
    a_posting("department_lead", department, member=member)

    with django_assert_num_queries(1):
        posts = load_member(member.pk).posts

    grid, street = codes.span(GRID), codes.span(STREET)
    assert posts == (
        Post("grid_worker", ROLES["grid_worker"].duties, *grid, "grid"),
        Post(
            "professional",
            ROLES["professional"].duties,
            *street,
            "street",
            frozenset({team.pk, below.pk}),
            ("0101", "02"),
        ),
        Post(
            "department_lead",
            ROLES["department_lead"].duties,
            department_ids=frozenset({department.pk, team.pk, below.pk}),
        ),
    )


@pytest.mark.django_db
def test_a_member_loaded_plainly_finds_the_same_posts_and_asks_once(django_assert_num_queries):
    holder = a_holder("professional", STREET, department=a_department(), categories=["01"])
    plain = Member.objects.get(pk=holder.pk)

    with django_assert_num_queries(1):
        assert plain.posts == holder.posts
        assert plain.department_ids == holder.department_ids


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("begins", "ends", "holds"), [(0, None, True), (0, 1, True), (-9, 0, False), (1, None, False), (0, 0, False)]
)
def test_a_posting_holds_from_its_first_day_until_before_its_end(begins, ends, holds):
    def day(offset: int) -> date:
        return today() + timedelta(days=offset)

    posting = a_posting("leader", STREET, begins_on=day(begins), ends_on=None if ends is None else day(ends))

    assert bool(load_member(posting.member_id).posts) is holds


@pytest.mark.django_db
def test_someone_without_a_posting_has_no_duty():
    resident = load_member(a_resident().pk)

    assert resident.posts == ()
    assert resident.department_ids == frozenset()
    assert not resident.has_duty("cases.see")


@pytest.mark.django_db
def test_a_duty_is_held_if_any_post_gives_it():
    member = a_holder("inspector", STREET)

    assert member.has_duty("cases.check")
    assert not member.has_duty("cases.dispatch")


@pytest.mark.django_db
def test_a_post_covers_the_areas_from_which_its_own_came_in_the_same_query(django_assert_num_queries):
    street = a_street()
    here, there = a_community(street), a_community(street)
    old, new = a_grid(there), a_grid(here)
    a_succession(old, new)
    officer = a_posting("community_officer", here.code).member_id

    with django_assert_num_queries(1):
        (post,) = load_member(officer).posts

    assert post.spans == (here.span, old.span)
    assert post.covers(old.code)
    assert not post.covers(there.code)


@pytest.mark.django_db
def test_a_department_s_post_covers_no_range_of_codes():
    (post,) = a_holder("department_handler", a_department()).posts

    assert post.spans == ()


@pytest.mark.django_db
def test_the_history_of_an_area_is_seen_by_both_faces_of_a_permit():
    street = a_street()
    here, there = a_community(street), a_community(street)
    old, new = a_grid(there), a_grid(here)
    a_succession(old, new)
    members = [a_holder("community_officer", area.code) for area in (here, there)]
    members += [a_holder("grid_worker", new.code), a_holder("unit_head", a_unit(new).code)]
    rule = has_duty("cases.see")

    assert [rule.holds(member, old) for member in members] == [True, True, True, False]
    assert [
        Area.objects.filter(reduce(or_, rule.lists(member), Q(pk=None)), pk=old.pk).exists() for member in members
    ] == [True, True, True, False]
