"""Row security as migrations say it: `Protect` closes a table, `Allow` opens more of it to somebody.

Policies bind everyone but the owner of the tables, who migrates. They read the open reach (`reach.py`). A policy is
asked about every row that a query has found, so its conditions are kept cheap: what has to look into other tables is
a function of the database, called only for rows that neither place nor owner opens.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.migrations import RunSQL

# What the functions of the same names say (migration `0002_reach`). In policies it is written out: PostgreSQL would
# read the text of a function again for every query that it plans.
WRITTEN_OUT = {
    "jw_member()": "nullif(current_setting('jw.member', true), '')::bigint",
    "jw_bearer()": "nullif(current_setting('jw.bearer', true), '')",
    "jw_low()": "nullif(current_setting('jw.low', true), '')::bigint",
    "jw_high()": "nullif(current_setting('jw.high', true), '')::bigint",
    "jw_ranges()": "nullif(current_setting('jw.ranges', true), '')::int8multirange",
    "jw_departments()": "nullif(current_setting('jw.departments', true), '')::bigint[]",
    "jw_whole()": "coalesce(current_setting('jw.whole', true), '') = 'yes'",
    "jw_someone()": "coalesce(current_setting('jw.member', true), '') <> '' OR"
    " coalesce(current_setting('jw.bearer', true), '') <> '' OR"
    " coalesce(current_setting('jw.whole', true), '') = 'yes'",
}
HOLDS = re.compile(r"jw_holds\(('[a-z.-]+')\)")
HOLDS_WRITTEN_OUT = r"coalesce(\1 = ANY (nullif(current_setting('jw.duties', true), '')::text[]), false)"
READ_AND_CHANGE = ("select", "update", "delete")


class Protect(RunSQL):
    """Row security on `table`, with a policy for each command.

    A row is there for those whose member is in a column of `own`, or whose reach covers the area code in the column
    `area`, or for whom `also`, an SQL condition on the row, holds. `insert` is the condition for a new row where that
    is another one; "true" lets anybody add rows that they may not read afterwards (then without RETURNING).
    """

    def __init__(self, table: str, own: Sequence[str] = (), area: str = "", also: str = "", insert: str = "") -> None:
        self.table = table
        condition = _condition(own, area, also)
        policies = {f"{table}_{command}": (command, condition) for command in READ_AND_CHANGE}
        policies[f"{table}_insert"] = "insert", insert or condition
        super().__init__(
            [
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                *(_policy(table, name, *policy) for name, policy in policies.items()),
            ],
            [
                *(f"DROP POLICY {name} ON {table}" for name in policies),
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            ],
        )

    def describe(self) -> str:
        return f"Row security on {self.table}"


class Reprotect(RunSQL):
    """Other words for whom the rows of a protected table are there; `before` and `after` are as `Protect` takes them.

    How rows are added stays as it is.
    """

    def __init__(self, table: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        self.table = table
        super().__init__(_altered(table, after), _altered(table, before))

    def describe(self) -> str:
        return f"Row security on {self.table}, in other words"


class Allow(RunSQL):
    """One more reason to be let at rows of a table that is protected already: what a module above knows.

    For "update", `check` is what a row must be afterwards, where that is not the same. Locking a row asks for no more
    than `condition`: with a `check` of "false" it may be locked and not changed.
    """

    def __init__(self, table: str, name: str, condition: str, command: str = "select", check: str = "") -> None:
        self.name = name
        checked = f" WITH CHECK ({written_out(check)})" if check else ""
        super().__init__(_policy(table, name, command, condition) + checked, f"DROP POLICY {name} ON {table}")

    def describe(self) -> str:
        return f"Policy {self.name}"


class Definer(RunSQL):
    """A function that looks past the policies, in the name of the tables' owner: one reviewed look-up, no more.

    `declared` is what stands between CREATE FUNCTION and SECURITY DEFINER, `name` its name with the types of what it
    takes. Nobody may call it but the roles to whom `grants.py` gives it. Its search path is pinned to the schema of the
    tables, with temporary tables last, so that nobody can slip it a table of their own.
    """

    def __init__(self, name: str, declared: str, body: str) -> None:
        self.name = name
        super().__init__(
            [
                f"CREATE FUNCTION {declared} SECURITY DEFINER AS $definer$ {body} $definer$",
                pinned(name),
                f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
            ],
            [f"DROP FUNCTION {name}"],
        )

    def describe(self) -> str:
        return f"Function {self.name}"


def pinned(function: str) -> str:
    """The statement that pins a function's search path to the schema that we are in."""
    return (
        "DO $do$ BEGIN EXECUTE format("
        f"'ALTER FUNCTION {function} SET search_path = %I, pg_temp', current_schema()); END $do$"
    )


def _altered(table: str, given: Mapping[str, Any]) -> str:
    condition = written_out(_condition(given.get("own", ()), given.get("area", ""), given.get("also", "")))
    return ";".join(f"ALTER POLICY {table}_{command} ON {table} USING ({condition})" for command in READ_AND_CHANGE)


def _policy(table: str, name: str, command: str, condition: str) -> str:
    clause = "WITH CHECK" if command == "insert" else "USING"
    return f"CREATE POLICY {name} ON {table} FOR {command.upper()} {clause} ({written_out(condition)})"


def written_out(condition: str) -> str:
    """The condition with what our functions say in their place."""
    for name, says in WRITTEN_OUT.items():
        condition = condition.replace(name, f"({says})")
    return HOLDS.sub(HOLDS_WRITTEN_OUT, condition)


def _condition(own: Sequence[str], area: str, also: str) -> str:
    """Whom a row is there for. Within the whole, the bounds take in every code."""
    arms = [_within(area) if area else "jw_whole()", *(f"{column} = jw_member()" for column in own)]
    return " OR ".join(f"({arm})" for arm in [*arms, *([also] if also else [])])


def _within(column: str) -> str:
    """Bounds first, for the index; the exact ranges are told only where there are several."""
    return f"{column} >= jw_low() AND {column} <= jw_high() AND coalesce({column} <@ jw_ranges(), true)"
