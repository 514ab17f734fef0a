"""The RSGI application: streams on the event loop, everything else to Django on a few threads."""

import asyncio
import json
import signal
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import monotonic
from typing import Any, TypeVar

import structlog
from django.db import close_old_connections

from jingwei.kernel.environment import environment
from jingwei.kernel.live import Audience, audience_for
from jingwei.kernel.server.answers import Application, ask
from jingwei.kernel.server.requests import BodyError, environ_of, may_watch, read_body
from jingwei.kernel.server.streams import CAREFUL, PLAIN, Hub, stream
from jingwei.kernel.watch.exposition import CONTENT_TYPE, exposition
from jingwei.kernel.watch.middleware import ARRIVED
from jingwei.kernel.watch.readiness import Readiness, look_at_readiness

# Two are as fast as more: what Python does in threads it does one after the other, and more only wait.
THREADS = 2
MEBIBYTE = 1024 * 1024
# Anybody may ask whether the site is ready; the database is asked so often at most.
SECONDS_READY = 1.0
JSON = [("content-type", "application/json"), ("cache-control", "no-store"), *CAREFUL]

log = structlog.get_logger(__name__)

Result = TypeVar("Result")


class Site:
    """One per worker process."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._env = environment()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
        self._hub = Hub(self._env.database_url)
        self._own: dict[str, Callable[[Any, Any], Awaitable[None]]] = {
            "/live": self._live,
            "/healthz": self._healthz,
            "/readyz": self._readyz,
            "/metrics": self._metrics,
        }
        self._ready_until = 0.0
        self._readiness: Readiness | None = None

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._following = loop.create_task(self._hub.run())
        # Streams never end by themselves, and the server waits for them: so they hear of SIGTERM first.
        for number in (signal.SIGTERM, signal.SIGINT):
            servers = signal.getsignal(number)
            signal.signal(number, partial(self._end_streams, loop, servers))

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._following.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        try:
            await self._own.get(scope.path, self._page)(scope, protocol)
        except Exception:
            log.exception("request failed in the server", method=scope.method)
            protocol.response_str(500, PLAIN, "Something broke here. It is our fault.\n")

    def _end_streams(self, loop: asyncio.AbstractEventLoop, servers: Any, number: int, frame: Any) -> None:
        loop.call_soon_threadsafe(self._hub.close)
        servers(number, frame)

    async def _page(self, scope: Any, protocol: Any) -> None:
        arrived = monotonic()
        try:
            body, length = await read_body(scope, protocol, self._env.largest_body * MEBIBYTE)
        except BodyError:
            protocol.response_str(408, [*PLAIN, ("connection", "close")], "The request did not arrive whole.\n")
            return
        try:
            environ = environ_of(scope, body, length, self._env)
            environ[ARRIVED] = arrived
            answer = await self._in_thread(ask, self._application, environ)
        finally:
            body.close()
        answer.send(protocol, scope.method)

    async def _live(self, scope: Any, protocol: Any) -> None:
        if scope.method != "GET":
            protocol.response_str(405, [*PLAIN, ("allow", "GET")], "Streams are only for reading.\n")
            return
        await stream(scope, protocol, self._hub, self._authorize)

    async def _authorize(self, headers: Mapping[str, str]) -> Audience | None:
        return await self._in_thread(_with_fresh_connection, audience_for, headers)

    async def _healthz(self, _scope: Any, protocol: Any) -> None:
        protocol.response_str(200, PLAIN, "The process answers.\n")

    async def _readyz(self, scope: Any, protocol: Any) -> None:
        """200 if pages can be served; with `?all` only if relay and worker keep up too."""
        readiness = await self._look()
        is_well = readiness.is_whole if scope.query_string == "all" else readiness.is_ready
        protocol.response_str(200 if is_well else 503, JSON, json.dumps(readiness.as_json()) + "\n")

    async def _look(self) -> Readiness:
        if self._readiness and monotonic() < self._ready_until:
            return self._readiness
        look = partial(look_at_readiness, is_following=self._hub.is_following.is_set())
        found: Readiness = await self._in_thread(_with_fresh_connection, look)
        self._readiness = found
        self._ready_until = monotonic() + SECONDS_READY if found.is_ready else 0.0
        return found

    async def _metrics(self, scope: Any, protocol: Any) -> None:
        """For those who may watch; to others there is nothing here."""
        if not may_watch(scope, self._env.metrics_token):
            protocol.response_str(404, PLAIN, "There is nothing here.\n")
            return
        text = await self._in_thread(_with_fresh_connection, exposition)
        protocol.response_str(200, [("content-type", CONTENT_TYPE), ("cache-control", "no-store"), *CAREFUL], text)

    async def _in_thread(self, function: Callable[..., Result], *arguments: Any) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._pool, function, *arguments)


def _with_fresh_connection(function: Callable[..., Result], *arguments: Any) -> Result:
    """What Django does around a request, around a question that comes without one."""
    close_old_connections()
    try:
        return function(*arguments)
    finally:
        close_old_connections()
