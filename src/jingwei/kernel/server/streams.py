"""Live streams: server-sent events at `/live`, fed by what the relay numbers.

A worker process has one connection that listens for the relay and reads the new facts, however many streams
there are. An event says only {"seq", "kind", "code", "id"}; the page asks again for what it shows.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

import psycopg
import structlog
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]
from psycopg.rows import class_row

from jingwei.kernel.facts.relay import CHANNEL
from jingwei.kernel.live import Audience, Happening
from jingwei.kernel.watch.instruments import OPEN_STREAMS

BATCH = 500
HEARTBEAT = 15.0
SECONDS_TO_AUTHORIZE = 60.0
SECONDS_TO_BEGIN = 5.0
# The server cannot see how much of what it sent a slow client still has to fetch. So no stream carries much:
# it ends, the browser connects again by itself, and says where it was.
EVENTS_AT_MOST = 1000
SECONDS_AT_MOST = 900.0
STREAMS_AT_MOST = 2000
WAIT_AFTER_FAILURE = 1.0

CAREFUL = [
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
]
PLAIN = [("content-type", "text/plain; charset=utf-8"), *CAREFUL]
HEADERS = [
    *CAREFUL,
    ("content-type", "text/event-stream; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-accel-buffering", "no"),
]
NEW = "SELECT seq, kind, code, actor_id, data FROM fact WHERE seq > %s ORDER BY seq LIMIT %s"
LAST = "SELECT coalesce(max(last), 0) FROM fact_counter"

log = structlog.get_logger(__name__)

Queue = asyncio.Queue[Happening | None]
Authorize = Callable[[Mapping[str, str]], Awaitable[Audience | None]]


class Hub:
    """Hands every new fact to every stream of this process."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._queues: set[Queue] = set()
        self._is_closed = False
        self.is_following = asyncio.Event()
        self.last = 0

    async def run(self) -> None:
        """Follow the facts until cancelled. A lost database is waited for, and no fact is missed."""
        while True:
            try:
                async with await self._connect() as connection:
                    await self._follow(connection)
            except (psycopg.Error, OSError) as problem:
                log.warning("live streams lost the database", problem=type(problem).__name__)
                await asyncio.sleep(WAIT_AFTER_FAILURE)

    async def follows_soon(self) -> bool:
        """Whether it follows the facts. A process that has only just begun is waited for."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.is_following.wait(), SECONDS_TO_BEGIN)
        return self.is_following.is_set()

    def join(self) -> Queue | None:
        """A queue of all that happens from now on, in which None is the end; None where there is no room."""
        if self._is_closed or len(self._queues) >= STREAMS_AT_MOST:
            return None
        queue: Queue = asyncio.Queue()
        self._queues.add(queue)
        OPEN_STREAMS.inc()
        return queue

    def leave(self, queue: Queue) -> None:
        self._queues.discard(queue)
        OPEN_STREAMS.dec()

    def close(self) -> None:
        """End every stream: the process is to stop."""
        self._is_closed = True
        for queue in self._queues:
            queue.put_nowait(None)

    async def between(self, after: int, until: int) -> list[Happening]:
        """What happened after number `after`, up to `until`; nothing where it is more than a stream may carry."""
        if not 0 < until - after <= EVENTS_AT_MOST:
            return []
        async with await self._connect() as connection:
            return await self._read(connection, after, until - after)

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(self._address, autocommit=True)

    async def _follow(self, connection: psycopg.AsyncConnection[Any]) -> None:
        await connection.execute(f"LISTEN {CHANNEL}")
        if not self.is_following.is_set():
            cursor = await connection.execute(LAST)
            (self.last,) = await cursor.fetchone() or (0,)
            self.is_following.set()
        while True:
            while await self._hand_out(connection):
                pass
            async for _notice in connection.notifies(timeout=HEARTBEAT, stop_after=1):
                pass

    async def _hand_out(self, connection: psycopg.AsyncConnection[Any]) -> bool:
        """Read on from the last number; whether there may be more."""
        rows = await self._read(connection, self.last, BATCH)
        for row in rows:
            self.last = row.seq
            for queue in self._queues:
                queue.put_nowait(row)
        return len(rows) == BATCH

    async def _read(self, connection: psycopg.AsyncConnection[Any], after: int, limit: int) -> list[Happening]:
        async with connection.cursor(row_factory=class_row(Happening)) as cursor:
            await cursor.execute(NEW, (after, limit))
            return await cursor.fetchall()


async def stream(scope: Any, protocol: Any, hub: Hub, authorize: Authorize) -> None:
    """Answer one request for `/live` with what its audience wants to know, as it happens."""
    headers = dict(scope.headers.items())
    audience = await authorize(headers)
    if audience is None:
        protocol.response_empty(204, [*CAREFUL, ("cache-control", "no-store")])  # tells a browser to stop asking
        return
    queue = hub.join() if await hub.follows_soon() else None
    if queue is None:
        protocol.response_str(503, [*PLAIN, ("retry-after", "30")], "There is no room now. Try again soon.\n")
        return
    listener = Listener(protocol.response_stream(200, HEADERS), hub, queue)
    try:
        await listener.catch_up(audience, headers.get("last-event-id", ""))
        await listener.follow(audience, lambda: authorize(headers))
    except ProtocolClosed:
        return  # the browser has gone
    finally:
        hub.leave(queue)


@dataclass(frozen=True)
class Listener:
    """The writing end of one stream."""

    transport: Any
    hub: Hub
    queue: Queue

    async def catch_up(self, audience: Audience, last_id: str) -> None:
        """Tell what was missed since `last_id`, and where the stream stands."""
        until = self.hub.last
        if last_id.isascii() and last_id.isdigit():
            for happening in await self.hub.between(int(last_id), until):
                await self._tell(audience, happening)
        await self.transport.send_str(f"retry: 2000\nid: {until}\n\n")

    async def follow(self, audience: Audience | None, authorize: Callable[[], Awaitable[Audience | None]]) -> None:
        """Tell what happens, until the stream has lasted long enough or its audience may no longer listen."""
        begun = asked = monotonic()
        told = 0
        while audience and told < EVENTS_AT_MOST and monotonic() - begun < SECONDS_AT_MOST:
            try:
                happening = await asyncio.wait_for(self.queue.get(), HEARTBEAT)
            except TimeoutError:
                await self.transport.send_str(f": still here\nid: {self.hub.last}\n\n")
            else:
                if happening is None:
                    return
                told += await self._tell(audience, happening)
            if monotonic() - asked > SECONDS_TO_AUTHORIZE:
                audience, asked = await authorize(), monotonic()

    async def _tell(self, audience: Audience, happening: Happening) -> bool:
        if not audience.wants(happening):
            return False
        # An area code has more digits than a number in JavaScript.
        event = {
            "seq": happening.seq,
            "kind": happening.kind,
            "code": str(happening.code),
            "id": happening.subject,
        }
        await self.transport.send_str(f"id: {happening.seq}\ndata: {json.dumps(event)}\n\n")
        return True
