"""What stands around a queue: counts, names of dockets, areas below, categories that lie in it. One query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from jingwei.cases.desk import (
    BESIDE,
    COUNTS,
    Counts,
    Holder,
    Queue,
    add_up,
    counting,
    due_between,
    holders_of,
    may_open,
)
from jingwei.cases.models.catalogue import in_language
from jingwei.people.public import Member
from jingwei.places.public import codes

MOST_BELOW = 100
MOST_FRESH = 99


ICONS = {"a": "map-pin", "d": "building", "m": "user"}


@dataclass(frozen=True)
class Docket:
    """A docket with its name."""

    holder: Holder
    name: str

    @property
    def icon(self) -> str:
        return ICONS[self.holder.kind]


@dataclass(frozen=True)
class Class:
    """A category of which cases lie in the docket."""

    code: str
    name: str
    major: str


@dataclass(frozen=True)
class Rail:
    """`above` is the docket one level up, if the member may open it. `newest` marks this moment for `since`;
    `fresh` is how many entries of the queue have come or changed since then.
    """

    here: Docket
    own: list[Docket]
    above: Docket | None
    below: list[Docket]
    classes: list[Class]
    counts: Counts
    newest: int
    fresh: int

    @property
    def others(self) -> list[Docket]:
        """The member's own dockets besides this one."""
        return [docket for docket in self.own if docket != self.here]


# Categories are found by leaping from one to the next in the index, so that a long docket costs no more than a short.
RAIL = f"""
WITH RECURSIVE counted AS ({COUNTS}),
present (code) AS (
    (SELECT category_code FROM case_docket WHERE holder = %(kind)s AND holder_id = %(id)s
     ORDER BY category_code LIMIT 1)
    UNION ALL
    SELECT (SELECT category_code FROM case_docket
            WHERE holder = %(kind)s AND holder_id = %(id)s AND category_code > present.code
            ORDER BY category_code LIMIT 1)
    FROM present WHERE present.code IS NOT NULL
)
SELECT
    (SELECT jsonb_agg(jsonb_build_array(tray, total, late, today)) FROM counted),
    (SELECT jsonb_agg(jsonb_build_array('a', code, name, name_en)) FROM area WHERE code = ANY(%(areas)s::bigint[])),
    (SELECT jsonb_agg(jsonb_build_array('d', id, name, name_en)) FROM department
     WHERE id = ANY(%(departments)s::bigint[])),
    (SELECT jsonb_agg(jsonb_build_array('a', code, name, name_en) ORDER BY code) FROM (
        SELECT code, name, name_en FROM area
        WHERE parent_id = %(parent)s AND begins_on <= %(today)s AND (ends_on IS NULL OR ends_on > %(today)s)
        ORDER BY code LIMIT {MOST_BELOW}
    ) AS children),
    (SELECT jsonb_agg(jsonb_build_array(code, name_zh, name_en, major_zh, major_en) ORDER BY code)
     FROM case_category JOIN present USING (code)
     WHERE edition_id = (SELECT id FROM case_edition WHERE begins_at <= %(now)s ORDER BY number DESC LIMIT 1)),
    (SELECT coalesce(max(id), 0) FROM case_docket),
    (SELECT count(*) FROM (
        SELECT 1 FROM case_docket
        WHERE id > %(since)s AND holder = %(kind)s AND holder_id = %(id)s
            AND CASE %(tray)s WHEN '' THEN tray <> ALL (%(beside)s::text[]) ELSE tray = %(tray)s END
            AND (%(first)s::timestamptz IS NULL OR due_at >= %(first)s)
            AND (%(end)s::timestamptz IS NULL OR due_at < %(end)s)
        LIMIT {MOST_FRESH}
    ) AS entries)
"""
NEVER = 2**63 - 1


def rail(member: Member, holder: Holder, queue: Queue, *, now: datetime, since: int = NEVER) -> Rail:
    """All that stands around `queue` of `holder`, as `member` sees it."""
    own = dockets_of(member)
    above = _above(member, holder)
    wanted = [holder, *own, *([above] if above else [])]
    first, end = due_between(queue, now)
    given = counting(holder, now) | {
        "areas": [one.id for one in wanted if one.kind == "a"],
        "departments": [one.id for one in wanted if one.kind == "d"],
        "parent": holder.id if holder.kind == "a" and codes.level_of(holder.id) != "grid" else 0,
        "since": since,
        "tray": queue.tray,
        "beside": list(BESIDE),
        "first": first,
        "end": end,
    }
    with connection.cursor() as cursor:
        cursor.execute(RAIL, given)
        counted, areas, departments, below, classes, newest, fresh = cursor.fetchone()
    names = {one.holder: one.name for one in _dockets(areas) + _dockets(departments)}
    names |= {Holder("m", post.principal_id): post.principal for post in member.posts if post.principal_id is not None}
    names[Holder("m", member.pk)] = member.name
    return Rail(
        here=_named(holder, names),
        own=[_named(one, names) for one in own],
        above=_named(above, names) if above else None,
        below=_dockets(below),
        classes=[Class(code, in_language(zh, en), in_language(*major)) for code, zh, en, *major in _rows(classes)],
        counts=add_up(_rows(counted)),
        newest=newest,
        fresh=fresh,
    )


def dockets_of(member: Member) -> list[Holder]:
    """The dockets a member works from; last their own, and of whom they stand in for, where something may be sent."""
    takes_work = member.is_away or any(post.has_area and "cases.handle" in post.duties for post in member.posts)
    return holders_of(member) + ([Holder("m", key) for key in member.stands_for] if takes_work else [])


def _above(member: Member, holder: Holder) -> Holder | None:
    code = codes.parent(holder.id) if holder.kind == "a" else None
    above = Holder("a", code) if code else None
    return above if above and may_open(member, above) else None


def _rows(found: str | None) -> Sequence[Any]:
    """The rows of a JSON column, none where the query found none."""
    return msgspec.json.decode(found) if found else ()


def _dockets(found: str | None) -> list[Docket]:
    return [Docket(Holder(kind, key), in_language(name, name_en)) for kind, key, name, name_en in _rows(found)]


def _named(holder: Holder, names: Mapping[Holder, str]) -> Docket:
    return Docket(holder, names.get(holder) or str(holder))
