"""How a policy is written decides what an index can do for it: pinned on a table of 20,000 rows."""

import json

import pytest
from django.db import DatabaseError, connection
from django.db.transaction import atomic

from jingwei.kernel.public import NOWHERE, WHOLE, Reach, opened
from jingwei.kernel.row_security import WRITTEN_OUT, Protect, written_out
from jingwei.kernel.testing import acting_as

pytestmark = pytest.mark.django_db
ROWS = 20_000
FILL = f"""
CREATE TABLE kept (id bigint PRIMARY KEY, member_id bigint NOT NULL, code bigint NOT NULL);
INSERT INTO kept SELECT n, n % 5000, n FROM generate_series(1, {ROWS}) AS n;
CREATE INDEX kept_code ON kept (code);
CREATE INDEX kept_member ON kept (member_id);
ANALYZE kept;
GRANT ALL ON kept TO jw_web;
"""


@pytest.fixture
def kept():
    """Two rows in three of it are in nobody's reach."""
    with acting_as("none"), connection.cursor() as cursor:
        cursor.execute(FILL)
        with connection.schema_editor(atomic=False) as editor:
            Protect("kept", own=("member_id",), area="code").database_forwards("kernel", editor, None, None)


def asked(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def plan(query):
    ((found,),) = asked(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query}")
    return (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]


def nodes(part):
    return [part["Node Type"], *(name for inner in part.get("Plans", []) for name in nodes(inner))]


def test_a_reach_is_an_index_range_and_one_s_own_another(kept):
    with opened(Reach(7, ((101, 150), (301, 350)))):
        found = plan("SELECT * FROM kept")

    assert found["Actual Rows"] == 104
    assert "Seq Scan" not in nodes(found)
    assert nodes(found).count("Bitmap Index Scan") == 2
    assert found["Shared Hit Blocks"] + found["Shared Read Blocks"] < 20


def test_an_index_of_the_query_s_own_serves_under_a_policy(kept):
    with opened(Reach(7, ((101, 150),))):
        found = plan("SELECT * FROM kept WHERE id = 120")

    assert (found["Node Type"], found["Index Name"], found["Actual Rows"]) == ("Index Scan", "kept_pkey", 1)


@pytest.mark.parametrize(
    ("reach", "count"),
    [
        (NOWHERE, 0),
        (WHOLE, ROWS),
        (Reach(7), 4),
        (Reach(None, ((1, 10), (21, 30))), 20),
        (Reach(7, ((1, 10),)), 13),
        (Reach(None, ((1, 10), (11, 20), (15, 25))), 25),
    ],
)
def test_a_reach_shows_its_rows_and_no_others(kept, reach, count):
    with opened(reach):
        assert asked("SELECT count(*) FROM kept") == [(count,)]


def test_what_policies_write_out_is_what_the_functions_say():
    functions = dict(asked("SELECT proname || '()', prosrc FROM pg_proc WHERE proname LIKE 'jw\\_%' AND pronargs = 0"))

    assert {name: f" SELECT {says} " for name, says in WRITTEN_OUT.items()} == functions
    with opened(Reach(duties=frozenset({"people.keys"}))):
        for duty, held in (("people.keys", True), ("people.audit", False)):
            ours = f"jw_holds('{duty}')"
            assert asked(f"SELECT {ours}, {written_out(ours)}") == [(held, held)]


def test_a_row_is_added_only_where_it_may_be_read(kept):
    with opened(Reach(7, ((1, 10),))):
        asked(f"INSERT INTO kept VALUES ({ROWS + 1}, 7, 5000), ({ROWS + 2}, 8, 5) RETURNING id")
        with pytest.raises(DatabaseError, match="row-level security"), atomic():
            asked(f"INSERT INTO kept VALUES ({ROWS + 3}, 8, 5000) RETURNING id")
