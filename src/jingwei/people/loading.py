"""Members as work needs them: with what they hold, in one query.

Every request begins here, so the statements are written out and prepared: building them would cost ten times their
running, and planning them anew three times.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from jingwei.kernel.public import clock, current_reach, environment, prepared_cursor, tell
from jingwei.people.models import Member
from jingwei.people.posts import posts_sql, read_posts
from jingwei.people.queries import today

# What no request needs by itself is fetched if somebody asks for it.
_LATER = {"password", "phone", "phone_index"}
_FIELDS = [field.attname for field in Member._meta.concrete_fields if field.attname not in _LATER]  # noqa: SLF001
_MEMBER = ", ".join(f"m.{name}" for name in _FIELDS)
_IS_OPEN = "m.is_active AND (NOT m.is_demo OR %s)"

_BY_ID = f"SELECT {posts_sql('m.id')}, {_MEMBER} FROM member m WHERE m.id = %s"
# The functions find one row by its secret, past the policies, and open the reach of its member for the rest of the
# statement: hence LATERAL and OFFSET, which keep the rest behind them.
_BY_SESSION = f"""
    SELECT s.data, s.active_at, s.created_at, s.proved_at, s.ways, m.*
    FROM find_session(%s) s LEFT JOIN LATERAL (
        SELECT {posts_sql("m.id")}, {_MEMBER} FROM member m WHERE m.id = s.member_id OFFSET 0
    ) m ON true
    WHERE s.expires_at > %s AND (s.member_id IS NULL OR ({_IS_OPEN}))
"""
_BY_KEY = f"""
    SELECT k.id, k.digest, k.duties, k.codes, k.last_used_on, m.*
    FROM find_key(%s) k, LATERAL (SELECT {_MEMBER} FROM member m WHERE m.id = k.member_id OFFSET 0) m
    WHERE k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > %s) AND {_IS_OPEN}
"""


class FoundSession(NamedTuple):
    """A session that has not run out; `member` is None before signing in."""

    data: dict[str, Any]
    active_at: datetime
    created_at: datetime
    proved_at: datetime | None
    ways: tuple[str, ...]
    member: Member | None


class FoundKey(NamedTuple):
    """A key that is neither revoked nor expired. Whether the token is the right one is still to be seen."""

    id: int
    digest: str
    duties: list[str]
    codes: list[int]
    last_used_on: date | None
    member: Member


def load_member(member_id: int, now: datetime | None = None) -> Member:
    """A member with the posts of the day. Raises Member.DoesNotExist."""
    day = today(now)
    row = _one(_BY_ID, (day, member_id))
    if row is None:
        raise Member.DoesNotExist
    return _with_posts(row[1:], row[0])


def find_session(digest: str, now: datetime | None = None) -> FoundSession | None:
    """The session with this digest, if it is still good and its member may come in."""
    now, day = now or clock.now(), today(now)
    row = _found(_BY_SESSION, (digest, day, now, environment().is_demo))
    if row is None:
        return None
    data, active_at, created_at, proved_at, ways, posts, *fields = row
    member = None if fields[0] is None else _with_posts(fields, posts)
    return FoundSession(json.loads(data), active_at, created_at, proved_at, tuple(ways), member)


def find_key(prefix: str, now: datetime) -> FoundKey | None:
    """The key with this prefix, if it is still good and its software may come in. Its member has no posts yet."""
    row = _found(_BY_KEY, (prefix, now, environment().is_demo))
    if row is None:
        return None
    key_id, digest, duties, codes, last_used_on, *fields = row
    return FoundKey(key_id, digest, duties, codes, last_used_on, _member(fields))


def _with_posts(fields: Sequence[Any], posts: str) -> Member:
    member = _member(fields)
    member.posts = read_posts(posts)
    return member


def _member(fields: Sequence[Any]) -> Member:
    return Member.from_db(connection.alias, _FIELDS, fields)


def _found(statement: str, given: Sequence[Any]) -> tuple[Any, ...] | None:
    """The row; within a transaction, the reach that was open is open again."""
    row = _one(statement, given)
    if connection.in_atomic_block:
        tell(current_reach())
    return row


def _one(statement: str, given: Sequence[Any]) -> tuple[Any, ...] | None:
    with prepared_cursor() as cursor:
        cursor.execute(statement, given)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row
