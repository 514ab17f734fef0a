"""Reach: whose rows, and of which places, the database shows within a transaction.

Tables with personal data carry policies (`row_security.py`) that read what is told here. Without an open reach they
show nothing: a forgotten one gives no rows, not everybody's.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.db import connection
from django.db.transaction import atomic
from psycopg import Cursor
from psycopg.pq import TransactionStatus

FIRST, LAST = -(2**63), 2**63 - 1

TELL = (
    "SELECT set_config('jw.member', %s, true), set_config('jw.bearer', %s, true), set_config('jw.low', %s, true),"
    " set_config('jw.high', %s, true), set_config('jw.ranges', %s, true), set_config('jw.departments', %s, true),"
    " set_config('jw.duties', %s, true), set_config('jw.whole', %s, true)"
)
TELL_FOR_GOOD = TELL.replace(", true)", ", false)")


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

    def with_place(self, code: int) -> "Reach":
        """The same and one area more."""
        return replace(self, ranges=(*self.ranges, (code, code)))

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


@contextmanager
def entered(reach: Reach) -> Iterator[None]:
    """A reach without a transaction of its own, for where tries are counted and counts stay whatever happens.

    Within a transaction it lasts as long as the block; else it is the connection's until the block ends.
    """
    outer = _current.get()
    token = _current.set(reach)
    is_local = connection.in_atomic_block
    tell(reach, is_local=is_local)
    try:
        yield
    finally:
        _current.reset(token)
        if is_told_again := not connection.needs_rollback and _is_sound():
            tell(outer, is_local=is_local)
        if not (is_told_again or is_local):
            connection.close()


def _is_sound() -> bool:
    """Whether a statement can be sent: not after one that failed within a transaction."""
    there = connection.connection
    return there is not None and there.info.transaction_status != TransactionStatus.INERROR and not there.closed


def standing(reach: Reach) -> None:
    """What is open where nothing has been opened: for tests, which tell the database themselves."""
    _current.set(reach)


@contextmanager
def opened(reach: Reach, *, has_savepoint: bool = True) -> Iterator[None]:
    """One transaction with this reach, in place of the one around it, which is back afterwards. Also a decorator.

    Within another transaction it needs no savepoint where nothing that is raised leaves it.
    """
    outer = _current.get()
    token = _current.set(reach)
    try:
        with atomic(savepoint=has_savepoint):
            tell(reach)
            yield
    finally:
        _current.reset(token)
    if connection.in_atomic_block and not connection.needs_rollback:
        tell(outer)


def tell(reach: Reach, *, is_local: bool = True) -> None:
    """Let the database know, until the transaction ends or for good: one round trip."""
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:  # prepared, unlike Django's own
        cursor.execute(TELL if is_local else TELL_FOR_GOOD, reach.settings(), prepare=True)


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
