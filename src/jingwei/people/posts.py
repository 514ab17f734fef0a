"""Posts: what a member holds today, as rules ask for it. Loaded with the member in one query."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.functional import Promise

from jingwei.people.duties import KEPT_DUTIES
from jingwei.people.roles import ROLES, Workplace
from jingwei.places.public import Span, before_sql, level_of, read_before, span

NOWHERE = (0, -1)

# One object of JSON per posting that holds on the given day: the member's own, then those of whoever they stand in for.
_POSTS = f"""
    (SELECT coalesce(jsonb_agg(jsonb_build_object(
        'role', p.role,
        'duties', (SELECT to_jsonb(r.duties) FROM role_duties r WHERE r.role = p.role),
        'code', p.code,
        'before', {before_sql("p.code")},
        'categories', p.categories,
        'rests', p.rests,
        'principal_id', p.principal_id,
        'principal', p.principal,
        'department_ids', (
            WITH RECURSIVE below (id) AS (
                SELECT p.department_id WHERE p.department_id IS NOT NULL
                UNION
                SELECT d.id FROM department d JOIN below ON d.parent_id = below.id
            )
            SELECT coalesce(jsonb_agg(below.id), '[]') FROM below
        )
    ) ORDER BY p.principal_id NULLS FIRST, p.id), '[]')
    FROM (VALUES (%s::date)) AS today (day), LATERAL (
        SELECT own.*, NULL::bigint AS principal_id, '' AS principal, EXISTS (
            SELECT FROM absence a
            WHERE a.member_id = own.member_id AND a.begins_on <= today.day AND a.ends_on > today.day
        ) AS rests
        FROM posting own
        WHERE own.member_id = {{member}}
        UNION ALL
        SELECT theirs.*, theirs.member_id, who.name, false
        FROM absence a
        JOIN posting theirs ON theirs.member_id = a.member_id
        JOIN member who ON who.id = a.member_id
        WHERE a.delegate_id = {{member}} AND a.begins_on <= today.day AND a.ends_on > today.day
    ) p
    WHERE p.begins_on <= today.day AND (p.ends_on IS NULL OR p.ends_on > today.day))
"""


@dataclass(frozen=True)
class Post:
    """A role held today.

    `first` and `last` bound the codes of its area and below; a department's post has no area, and no code lies
    between them. `before` are the ranges of the areas from which its own came: their history goes on being seen.
    `department_ids` are the department and all below it. `categories` are category codes or the
    beginnings of codes (a class) that it is limited to; empty: all.

    A post that `rests` is that of someone who is away: it gives only duties that stay (`Duty.is_kept`). One with a
    `principal_id` is another's, called `principal`, for whom the member stands in.
    """

    role: str
    duties: frozenset[str]
    first: int = NOWHERE[0]
    last: int = NOWHERE[1]
    level: str | None = None
    department_ids: frozenset[int] = frozenset()
    categories: tuple[str, ...] = ()
    before: tuple[Span, ...] = ()
    rests: bool = False
    principal_id: int | None = None
    principal: str = ""

    @property
    def has_area(self) -> bool:
        return self.first <= self.last

    @property
    def spans(self) -> tuple[Span, ...]:
        """The ranges of codes that it covers: its area's first, then those from before. None without an area."""
        return ((self.first, self.last), *self.before) if self.has_area else ()

    @property
    def workplace(self) -> Workplace | None:
        """Where its work is done; None for software."""
        return ROLES[self.role].workplace if self.role in ROLES else None

    @property
    def title(self) -> str | Promise:
        """What the role is called; "" for software."""
        return ROLES[self.role].title if self.role in ROLES else ""

    def covers(self, code: int | None) -> bool:
        if code is None:
            return False
        return self.first <= code <= self.last or any(first <= code <= last for first, last in self.before)

    def takes(self, category: str | None) -> bool:
        """Whether things of `category` are within its categories. None: not known yet, so only where all are."""
        return not self.categories or (category is not None and category.startswith(self.categories))


def post_at(code: int, *, role: str, duties: Iterable[str], **limits: Any) -> Post:
    """A post at the area `code` and below."""
    first, last = span(code)
    return Post(role, frozenset(duties), first, last, level_of(code), **limits)


def posts_sql(member: str) -> str:
    """A column with the posts of a member, for `read_posts`. `member` is a column of the outer query, or `%s`.

    One parameter follows, the day; with `%s` for the member, they stand behind it, once for each time it is named.
    """
    return _POSTS.format(member=member)


def read_posts(column: str) -> tuple[Post, ...]:
    """Posts from what the column of `posts_sql` gave: own ones first, each the longest-standing first."""
    return tuple(_read(row) for row in json.loads(column))


def posts_of(member_id: int, today: date) -> tuple[Post, ...]:
    """The posts of one member on one day: one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {posts_sql('%s')}", (today, member_id, member_id))
        (column,) = cursor.fetchone()
    return read_posts(column)


def _read(row: dict[str, Any]) -> Post:
    role = row["role"]
    limits: dict[str, Any] = {
        "department_ids": frozenset(row["department_ids"]),
        "categories": tuple(row["categories"]),
        "rests": row["rests"],
        "principal_id": row["principal_id"],
        "principal": row["principal"],
    }
    duties = ROLES[role].duties if row["duties"] is None else frozenset(row["duties"])
    if row["rests"]:
        duties &= KEPT_DUTIES
    if row["code"] is None:
        return Post(role, duties, **limits)
    return post_at(row["code"], role=role, duties=duties, before=read_before(row["before"]), **limits)
