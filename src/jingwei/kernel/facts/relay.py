"""The relay: gives every fact that has no number the next one, and queues its handlers.

Number, jobs and notice are one transaction, held together by the lock on the counter's only row. Therefore a
crash loses nothing, and a second relay started by mistake does no harm. What happened just now is dealt with
before what happened long ago: a history brought in, or a demo, keeps nobody waiting. Which transaction a fact came
from, and when that committed, does not matter: whatever has no number yet is found by a partial index.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.db.transaction import atomic

from jingwei.kernel.facts.handling import work_for
from jingwei.kernel.jobs import handle_fact
from jingwei.kernel.watch.heartbeat import Beating

BATCH = 1000
CHANNEL = "facts"
SHORTEST_WAIT = 0.02
LONGEST_WAIT = 0.05
WAIT_AFTER_FAILURE = 1.0
# Every look goes through the newest partitions only; once a minute one goes through all of them, for what a
# very long transaction or a restore has left behind.
RECENT = timedelta(days=2)
NEWS, HISTORY = 0, -1
"""Priorities of jobs: of what happened within the last hour, and before."""
FULL_LOOK_EVERY = 60.0

BEGIN = """
    INSERT INTO fact_counter (id, last) SELECT 1, coalesce(max(seq), 0) FROM fact
    ON CONFLICT (id) DO UPDATE SET last = greatest(fact_counter.last, excluded.last)
"""
LOOK = "SELECT EXISTS (SELECT FROM fact WHERE seq IS NULL AND recorded_at >= %s)"
LEAD = "SELECT last FROM fact_counter FOR UPDATE SKIP LOCKED"
HOLDERS = """
    SELECT DISTINCT pid FROM pg_locks
    WHERE relation = 'fact_counter'::regclass AND granted AND pid <> pg_backend_pid() ORDER BY pid
"""
NUMBER = """
    WITH fresh AS MATERIALIZED (
        SELECT id, recorded_at, %s + row_number() OVER (ORDER BY recorded_at, id) AS number
        FROM (
            SELECT id, recorded_at FROM fact WHERE seq IS NULL AND recorded_at >= %s
            ORDER BY recorded_at, id LIMIT %s
        ) AS waiting
    )
    UPDATE fact SET seq = fresh.number FROM fresh
    WHERE fact.id = fresh.id AND fact.recorded_at = fresh.recorded_at
    RETURNING fact.seq, fact.kind, fact.occurred_at >= now() - interval '1 hour'
"""

log = structlog.get_logger(__name__)


class Relay:
    """Follows the table of facts until told to stop."""

    def __init__(self) -> None:
        self._next_full_look = 0.0
        self._heart = Beating("relay")

    def run(self, stop: Event) -> None:
        """Number facts as they come. A lost database is waited for."""
        wait = SHORTEST_WAIT
        is_begun = False
        while not stop.is_set():
            try:
                if not is_begun:
                    self.begin()
                    is_begun = True
                numbered = self.step()
                self._heart.beat()
            except (OperationalError, InterfaceError) as problem:
                log.warning("relay lost the database", problem=type(problem).__name__)
                connection.close()
                stop.wait(WAIT_AFTER_FAILURE)
                continue
            if numbered < BATCH:
                wait = SHORTEST_WAIT if numbered else min(wait * 1.2, LONGEST_WAIT)
                stop.wait(wait)

    def begin(self) -> None:
        """Make sure that the counter stands where the numbers end, whatever was restored."""
        with connection.cursor() as cursor:
            cursor.execute(BEGIN)

    def step(self) -> int:
        """Number up to a batch of facts; how many. 0 also while another relay is at it."""
        since = self._since()
        with connection.cursor() as cursor:
            cursor.execute(LOOK, [since])
            (has_work,) = cursor.fetchone()
        if not has_work:
            self._heart.is_free()
            return 0
        return self._number(since)

    def _since(self) -> datetime:
        if monotonic() < self._next_full_look:
            return datetime.now(UTC) - RECENT
        self._next_full_look = monotonic() + FULL_LOOK_EVERY
        return datetime.min.replace(tzinfo=UTC)

    @atomic
    def _number(self, since: datetime) -> int:
        with connection.cursor() as cursor:
            cursor.execute(LEAD)
            counter = cursor.fetchone()
            if counter is None:
                if self._heart.is_held_up():
                    cursor.execute(HOLDERS)
                    log.warning("relay is held up", pids=[pid for (pid,) in cursor.fetchall()])
                return 0
            self._heart.is_free()
            cursor.execute(NUMBER, [counter[0], since, BATCH])
            numbered = sorted(cursor.fetchall())
            if not numbered:
                return 0
            last = numbered[-1][0]
            cursor.execute("UPDATE fact_counter SET last = %s", [last])
            defer(((seq, kind) for seq, kind, is_news in numbered if is_news), NEWS)
            defer(((seq, kind) for seq, kind, is_news in numbered if not is_news), HISTORY)
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(last)])
        return len(numbered)


def defer(numbered: Iterable[tuple[int, str]], priority: int) -> None:
    """Queue what has to be done about facts of these numbers and kinds."""
    work = [item._asdict() for seq, kind in numbered for item in work_for(kind, seq)]
    if work:
        handle_fact.configure(priority=priority).batch_defer(*work)
