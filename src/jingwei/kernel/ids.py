"""Identifiers: UUID version 7 (RFC 9562), which sort by the time they were made."""

import secrets
import threading
from datetime import datetime
from time import time_ns
from uuid import UUID

RANDOM_BITS = 74
STEP_BITS = 32


class _Sequence:
    """Makes identifiers that grow, also within one millisecond (RFC 9562, section 6.2, method 2)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._millisecond = -1
        self._tail = 0

    def next(self, millisecond: int, *, never_back: bool) -> UUID:
        with self._lock:
            if never_back:
                millisecond = max(millisecond, self._millisecond)
            if millisecond == self._millisecond:
                self._tail += 1 + secrets.randbits(STEP_BITS)
            else:
                self._tail = secrets.randbits(RANDOM_BITS - 1)  # the clear top bit leaves room to grow
            self._millisecond = millisecond
            return _uuid7(millisecond, self._tail)


def _uuid7(millisecond: int, tail: int) -> UUID:
    high, low = tail >> 62, tail & (1 << 62) - 1
    return UUID(int=millisecond << 80 | 7 << 76 | high << 64 | 2 << 62 | low)


_present = _Sequence()
_given = _Sequence()


def uuid7(at: datetime | None = None) -> UUID:
    """A new identifier, larger than every earlier one of this process.

    With `at`, the identifier sorts at that moment; those made in a row for one moment keep their order.
    """
    if at is None:
        return _present.next(time_ns() // 1_000_000, never_back=True)
    return _given.next(int(at.timestamp() * 1000), never_back=False)


def first_id(at: datetime) -> UUID:
    """What sorts before every identifier of that millisecond or later: "since then" is a range of a primary key."""
    return _uuid7(max(int(at.timestamp() * 1000), 0), 0)
