"""A program says now and then that it lives. Times are the database's, so that clocks need not agree."""

from dataclasses import dataclass, field
from time import monotonic

from django.db import connection

EVERY_SECONDS = 5.0
BEAT = """
    INSERT INTO heartbeat (name, beaten_at, blocked_at)
    VALUES (%(name)s, clock_timestamp(), clock_timestamp() - make_interval(secs => %(blocked)s))
    ON CONFLICT (name) DO UPDATE SET beaten_at = excluded.beaten_at, blocked_at = excluded.blocked_at
"""


@dataclass
class Beating:
    """The heart of one program, which calls `beat` as often as it likes."""

    name: str
    next: float = field(default_factory=monotonic)
    blocked: float | None = None

    def beat(self) -> None:
        now = monotonic()
        if now < self.next:
            return
        self.next = now + EVERY_SECONDS
        blocked = None if self.blocked is None else now - self.blocked
        with connection.cursor() as cursor:
            cursor.execute(BEAT, {"name": self.name, "blocked": blocked})

    def is_held_up(self) -> bool:
        """Note that another holds what this program needs; whether it is the first time in a row."""
        is_first = self.blocked is None
        self.blocked = monotonic() if self.blocked is None else self.blocked
        return is_first

    def is_free(self) -> None:
        self.blocked = None
