"""Reach: whose rows, and of which places, the database shows within a transaction.

Tables with personal data carry policies (`row_security.py`) that read what is told here. Without an open reach they
show nothing: a forgotten one gives no rows, not everybody's.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection
from django.db.transaction import atomic
from psycopg import Cursor

FIRST, LAST = -(2**63), 2**63 - 1

TELL = (
    "SELECT set_config('jw.member', %s, true), set_config('jw.bearer', %s, true), set_config('jw.low', %s, true),"
    " set_config('jw.high', %s, true), set_config('jw.ranges', %s, true), set_config('jw.departments', %s, true),"
    " set_config('jw.duties', %s, true), set_config('jw.whole', %s, true)"
)


@dataclass(frozen=True)
class Reach:
    """What may be seen: the member's own, places as `ranges` of area codes (both ends included), cases that lie with
    `department_ids`, tables without a place that one of `duties` opens, and what belongs to whoever bears a secret
    whose digest is `bearer` (a browser before anybody signs in). `is_whole`: everything.
    """

    member_id: int | None = None
    ranges: tuple[tuple[int, int], ...] = ()
    department_ids: frozenset[int] = frozenset()
    duties: frozenset[str] = frozenset()
    bearer: str = ""
    is_whole: bool = False

    def settings(self) -> list[str]:
        """The parameters of TELL. Bounds that an index can use, and where they hold gaps, the exact ranges."""
        parts = [(FIRST, LAST)] if self.is_whole else union(self.ranges)
        return [
            "" if self.member_id is None else str(self.member_id),
            self.bearer,
            str(parts[0][0]) if parts else "",
            str(parts[-1][1]) if parts else "",
            _listed(f"[{first},{last}]" for first, last in parts) if len(parts) > 1 else "",
            _listed(map(str, sorted(self.department_ids))) if self.department_ids else "",
            _listed(sorted(self.duties)) if self.duties else "",
            "yes" if self.is_whole else "",
        ]


NOWHERE = Reach()
WHOLE = Reach(is_whole=True)

_current: ContextVar[Reach] = ContextVar("reach", default=NOWHERE)


def current() -> Reach:
    """The reach that is open here."""
    return _current.get()


def standing(reach: Reach) -> None:
    """What is open where nothing has been opened: for tests, which tell the database themselves."""
    _current.set(reach)


@contextmanager
def opened(reach: Reach) -> Iterator[None]:
    """One transaction with this reach, in place of the one around it, which is back afterwards. Also a decorator."""
    outer = _current.get()
    token = _current.set(reach)
    try:
        with atomic():
            tell(reach)
            yield
    finally:
        _current.reset(token)
    if connection.in_atomic_block and not connection.needs_rollback:
        tell(outer)


def tell(reach: Reach) -> None:
    """Let the database know, until the transaction ends: one round trip."""
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:  # prepared, unlike Django's own
        cursor.execute(TELL, reach.settings(), prepare=True)


def union(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same numbers in as few ranges as possible, in order. Empty ranges go."""
    parts: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if first > last:
            continue
        if parts and first <= parts[-1][1] + 1:
            parts[-1] = parts[-1][0], max(parts[-1][1], last)
        else:
            parts.append((first, last))
    return parts


def _listed(items: Iterable[str]) -> str:
    return "{" + ",".join(items) + "}"
