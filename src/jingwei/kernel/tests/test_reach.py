from itertools import pairwise

import pytest
from django.db import connection, migrations, transaction
from hypothesis import given
from hypothesis import strategies as st

from jingwei.kernel.public import NOWHERE, WHOLE, Reach, current_reach, opened
from jingwei.kernel.reach import FIRST, LAST, union
from jingwei.kernel.row_security import Allow, Definer, Protect
from jingwei.kernel.testing import acting_as

pytestmark = pytest.mark.django_db


def asked(question):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {question}")
        return cursor.fetchone()[0]


def test_without_a_reach_nothing_is_told():
    with opened(NOWHERE):
        told = asked(
            "ARRAY[jw_member()::text, jw_bearer(), jw_low()::text, jw_high()::text, jw_ranges()::text,"
            " jw_departments()::text, jw_whole()::text, jw_someone()::text, jw_holds('people.keys')::text]"
        )

    assert told == [None] * 6 + ["false"] * 3


def test_a_reach_is_told_whole():
    with opened(Reach(7, ((20, 29), (5, 9), (30, 31)), frozenset({4, 3}), frozenset({"people.keys"}), "abc")):
        assert asked("ARRAY[jw_member(), jw_low(), jw_high()]") == [7, 5, 31]
        assert asked("array(SELECT n FROM generate_series(1, 40) AS n WHERE n::bigint <@ jw_ranges())") == [
            *range(5, 10),
            *range(20, 32),
        ]
        assert asked("jw_departments()") == [3, 4]
        assert asked("jw_bearer()") == "abc"
        assert asked("ARRAY[jw_holds('people.keys'), jw_holds('people.accounts')]") == [True, False]


def test_one_range_needs_bounds_only():
    with opened(Reach(7, ((5, 9), (10, 12)))):
        assert asked("ARRAY[jw_low(), jw_high()]") == [5, 12]
        assert asked("jw_ranges()") is None


def test_the_whole_takes_in_every_code():
    with opened(WHOLE):
        assert asked("ARRAY[jw_low(), jw_high()]") == [FIRST, LAST]
        assert asked("jw_whole()") is True


def test_an_inner_reach_takes_the_place_of_the_outer_one_until_it_ends():
    with opened(Reach(1)):
        with opened(Reach(2)):
            assert (asked("jw_member()"), current_reach().member_id) == (2, 2)
        assert (asked("jw_member()"), current_reach().member_id) == (1, 1)


def test_the_outer_reach_is_back_after_a_failure():
    with opened(Reach(1)):
        with pytest.raises(ZeroDivisionError), opened(Reach(2)):
            raise ZeroDivisionError
        assert (asked("jw_member()"), current_reach().member_id) == (1, 1)


def test_a_reach_decorates():
    @opened(Reach(3))
    def whose():
        return asked("jw_member()")

    assert [whose(), whose()] == [3, 3]


@pytest.mark.django_db(transaction=True)
def test_a_reach_ends_with_its_transaction():
    with opened(Reach(4, ((1, 2), (5, 6)))):
        assert asked("jw_member()") == 4

    with opened(NOWHERE):
        assert asked("jw_member()") is None


def test_a_reach_adds_a_transaction_and_nothing_that_is_planned(django_assert_num_queries):
    with (
        transaction.atomic(),
        django_assert_num_queries(2),
        opened(Reach(1)),
    ):  # its savepoint
        pass


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), max_size=8))
def test_a_union_holds_the_same_numbers_apart_and_in_order(ranges):
    parts = union(ranges)

    assert {n for first, last in parts for n in range(first, last + 1)} == {
        n for first, last in ranges for n in range(first, last + 1)
    }
    assert all(before[1] + 1 < after[0] for before, after in pairwise(parts))


def test_row_security_can_be_taken_back():
    operations = [
        migrations.RunSQL("CREATE TABLE held (id int, member_id bigint, code bigint)", "DROP TABLE held"),
        Protect("held", own=("member_id",), area="code", also="id = 1", insert="true"),
        Allow("held", "held_by_two", "id = 2"),
        Definer("count_held()", "count_held() RETURNS bigint LANGUAGE sql STABLE", "SELECT count(*) FROM held"),
    ]
    with acting_as("none"), transaction.atomic():
        for operation in operations:
            run(operation, "database_forwards")
        assert asked("count(*) FROM pg_policies WHERE tablename = 'held'") == 5
        assert "pg_temp" in asked("proconfig::text FROM pg_proc WHERE proname = 'count_held'")
        for operation in reversed(operations):
            run(operation, "database_backwards")
        assert asked("count(*) FROM pg_policies WHERE tablename = 'held'") == 0
        assert asked("to_regclass('held')") is None


def run(operation, direction):
    with connection.schema_editor(atomic=False) as editor:
        getattr(operation, direction)("kernel", editor, None, None)
