"""Which cases may be about the same matter, and how little it costs to find them."""

from datetime import timedelta

import pytest
from django.db import connection

from jingwei.cases.likeness import likeness
from jingwei.cases.testing import MONDAY, a_case
from jingwei.cases.twins import NEAR, Sought, kinship, near, rank, twins_of
from jingwei.people.testing import STREET, a_holder, the_cast
from jingwei.places.public import Level

pytestmark = pytest.mark.django_db

HERE = {"longitude": 114.3, "latitude": 30.5}
A_METRE = 1 / 111_320


def a_lamp(*, north: float = 0, hours: float = 0, words: str = "The lamp at the gate is out", **given):
    """A case some metres north of the point, some hours after nine on Monday."""
    place = {"longitude": 114.3, "latitude": 30.5 + north * A_METRE}
    return a_case(at=MONDAY + timedelta(hours=hours), words=words, **place, **given)


@pytest.mark.parametrize(
    ("metres", "hours", "is_twin"), [(0, 1, True), (45, 1, True), (60, 1, False), (5, 23, True), (5, 25, False)]
)
def test_a_twin_is_near_in_place_and_in_time(metres, hours, is_twin):
    cast = the_cast()
    first = a_lamp(cast=cast)
    second = a_lamp(cast=cast, north=metres, hours=hours)

    found = twins_of(second, "The lamp at the gate is out", cast.community_officer)

    assert [twin.case for twin in found] == ([first] if is_twin else [])


def test_three_are_shown_the_likeliest_first():
    cast = the_cast()
    far, near_by, same, _fourth = (
        a_lamp(cast=cast, north=north, words=words)
        for north, words in (
            (40, "the lamp at the gate is out"),
            (2, "the lamp at the gate is out"),
            (1, "the lamp at the gate is out again"),
            (45, "the lamp in the gate"),
        )
    )
    case = a_lamp(cast=cast, words="the lamp at the gate is out again", hours=1)

    found = [twin.case for twin in twins_of(case, "the lamp at the gate is out again", cast.community_officer)]

    assert found == [same, near_by, far]


def test_another_matter_at_the_same_place_is_no_twin():
    cast = the_cast()
    a_lamp(cast=cast, words="污水井盖翘起")
    case = a_lamp(cast=cast, hours=1, words="Somebody parks on the lawn")

    assert twins_of(case, "Somebody parks on the lawn", cast.community_officer) == []


def test_a_closed_case_is_no_twin():
    cast = the_cast()
    a_case("closed", cast=cast, words="The lamp at the gate is out", **HERE)
    case = a_lamp(cast=cast, hours=2)

    assert twins_of(case, "The lamp at the gate is out", cast.community_officer) == []


def test_nobody_is_shown_a_twin_that_they_may_not_see():
    cast = the_cast()
    a_lamp(cast=cast)
    case = a_lamp(cast=cast, hours=1)
    stranger = a_holder("dispatcher", the_cast(STREET + Level.STREET.step).street)

    assert twins_of(case, "The lamp at the gate is out", stranger) == []


def test_a_case_without_a_point_has_no_twins():
    cast = the_cast()
    a_lamp(cast=cast)

    assert twins_of(a_case(cast=cast), "The lamp at the gate is out", cast.community_officer) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("0201", "0201", 1.0), ("0201", "0205", 0.6), ("0201", "0101", 0.0), ("", "0101", 0.3), ("0101", "", 0.3)],
)
def test_classes_are_the_same_kindred_strange_or_not_known(first, second, expected):
    assert kinship(first, second) == expected


@pytest.mark.parametrize(
    ("first", "second", "least", "most"),
    [
        ("路灯不亮", "路灯不亮", 1, 1),
        ("路灯不亮", "门口的路灯坏了不亮", 0.4, 0.9),
        ("路灯不亮", "污水井盖翘起", 0, 0),
        ("The LAMP is out", "lamp out", 0.4, 0.95),
        ("", "lamp", 0, 0),
        ("Ｌａｍｐ", "lamp", 1, 1),
    ],
)
def test_likeness_goes_by_neighbouring_characters(first, second, least, most):
    assert least <= likeness(first, second) <= most
    assert likeness(first, second) == likeness(second, first)


def test_ranking_is_the_same_whatever_the_order():
    cast = the_cast()
    cases = [a_lamp(cast=cast, north=north) for north in (1, 20, 30)]
    sought = Sought("The lamp at the gate is out", "", 114.3, 30.5, MONDAY)
    said = [(case, "The lamp at the gate is out") for case in cases]

    assert rank(sought, said) == rank(sought, said[::-1])


def test_twins_are_found_by_the_index_of_squares(django_assert_num_queries):
    cast = the_cast()
    case = a_lamp(cast=cast)
    sought = Sought("", "", case.longitude, case.latitude, MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        unordered = NEAR.partition("ORDER BY")[0]  # a few rows are sorted already by some other index
        cursor.execute("EXPLAIN " + unordered, [[1, 2], MONDAY, MONDAY])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "case_twins" in plan

    with django_assert_num_queries(2):
        assert near(sought) == [case]
