"""What came from what. An area's history lies under the codes of those it came from, too."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from jingwei.places import codes
from jingwei.places.codes import Level
from jingwei.places.models import Area, AreaChange, Succession

Span = tuple[int, int]


def succession(change: AreaChange, predecessor: Area, successor: Area) -> Succession:
    """That one area came from another, not saved yet."""
    shared = codes.common(predecessor.code, successor.code)
    depth = -1 if shared == codes.WHOLE else codes.level_of(shared).depth
    return Succession(change=change, predecessor=predecessor, successor=successor, depth=depth)


def _deepest(column: str, values: Iterable[tuple[int, Level]], otherwise: int) -> str:
    """A CASE that gives the value of the level at which the code in `column` ends."""
    cases = " ".join(f"WHEN mod({column}, {level.step}) = 0 THEN {value}" for value, level in values)
    return f"CASE {cases} ELSE {otherwise} END"


def _last(column: str) -> str:
    """The last code below the one in `column`."""
    return f"({column} - 1 + {_deepest(column, [(level.step, level) for level in Level], 1)})"


def _depth(column: str) -> str:
    return _deepest(column, [(level.depth, level) for level in Level], Level.UNIT.depth)


# Whatever lies in a range and did not come from the same range: where it came from, and so on. One probe of the
# index for each level above; for an area that nothing came to, that is all.
_COMING = f"""
    SELECT s.predecessor_id, {_last("s.predecessor_id")}, a.begins_on, a.ends_on
    FROM generate_series(-1, {{depth}} - 1) AS above (depth)
    JOIN area_succession s ON s.depth = above.depth AND s.successor_id BETWEEN {{first}} AND {{last}}
    JOIN area a ON a.code = s.predecessor_id
"""
_BEFORE = f"""
    WITH RECURSIVE before (first, last, begins_on, ends_on) AS (
        {_COMING.format(depth=_depth("{code}"), first="{code}", last=_last("{code}"))}
        UNION
        SELECT coming.* FROM before, LATERAL (
            {_COMING.format(depth=_depth("before.first"), first="before.first", last="before.last")}
        ) AS coming
    )
"""


def before_sql(code: str) -> str:
    """A column for `read_before`: where the area in the column `code` and all below it came from. NULL: nowhere."""
    pairs = "coalesce(jsonb_agg(jsonb_build_array(first, last)), '[]')"
    return f"({_BEFORE.format(code=code)} SELECT {pairs} FROM before)"


def read_before(pairs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    """The ranges that the column of `before_sql` gave, none within another."""
    return merged((first, last) for first, last in pairs)


_WITHIN = f"""
    SELECT b.first, b.last FROM unnest(%s::bigint[]) AS wanted (code), LATERAL (
        {_BEFORE.format(code="wanted.code")}
        SELECT first, last FROM before
        WHERE (%s::date IS NULL OR begins_on < %s) AND (%s::date IS NULL OR ends_on IS NULL OR ends_on > %s)
    ) AS b
"""


def spans_of(*wanted: int, since: date | None = None, until: date | None = None) -> tuple[Span, ...]:
    """All codes under which lies what belongs to these areas and what is below them, today or ever: one query.

    With `since` and `until` (the first day no longer meant), only those that lived in that time. As a set: areas
    that came from the same one do not count it twice, if they are asked for together.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WITHIN, (list(wanted), until, until, since, since))
        rows = cursor.fetchall()
    return merged([*(codes.span(code) for code in wanted), *rows])


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same codes in as few ranges as possible, in order."""
    result: list[Span] = []
    for first, last in sorted(spans):
        if result and first <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return tuple(result)


_HEIRS = """
    WITH RECURSIVE heir (root, code) AS (
        SELECT code, code FROM unnest(%s::bigint[]) AS wanted (code)
        UNION
        SELECT heir.root, s.successor_id FROM heir JOIN area_succession s ON s.predecessor_id = heir.code
    )
    SELECT heir.root, heir.code FROM heir JOIN area a ON a.code = heir.code
    WHERE a.begins_on <= %s AND (a.ends_on IS NULL OR a.ends_on > %s) ORDER BY 1, 2
"""


def heirs_of(wanted: Iterable[int], on: date) -> dict[int, tuple[int, ...]]:
    """The areas that stand on a day for each of these: itself while it lives, then what came after it. One query."""
    found: dict[int, tuple[int, ...]] = dict.fromkeys(wanted, ())
    with connection.cursor() as cursor:
        cursor.execute(_HEIRS, (list(found), on, on))
        for code, heir in cursor.fetchall():
            found[code] += (heir,)
    return found
