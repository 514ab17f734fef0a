"""From an RSGI request to what a WSGI application reads: the body and the environ."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from hmac import compare_digest
from ipaddress import ip_address, ip_network
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NoReturn

from django.core.exceptions import RequestDataTooBig

from jingwei.kernel.environment import Environment

KEPT_IN_MEMORY = 1024 * 1024
SECONDS_BETWEEN_CHUNKS = 30
# A browser looks at the answer only when it has sent everything: what is too large is read and dropped, up to
# so many times the limit.
PATIENCE = 8
PASSED_ON = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


class BodyError(Exception):
    """The body stopped coming, or does not end."""


class RefusedBody:
    """Stands for a body that was too large. Whoever reads it learns so, and Django answers 413."""

    def read(self, *_size: int) -> NoReturn:
        raise RequestDataTooBig("the request is larger than what is taken")

    readline = readlines = __iter__ = read

    def close(self) -> None:
        """There is nothing to close."""


Body = IO[bytes] | RefusedBody


async def read_body(scope: Any, protocol: Any, limit: int) -> tuple[Body, int]:
    """The body and its length in bytes: on disk beyond 1 MiB, refused beyond `limit` bytes."""
    body: IO[bytes] = SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 - closed after the answer
    length = 0
    try:
        async for chunk in _chunks(scope, protocol, most=limit * PATIENCE):
            length += len(chunk)
            if length <= limit:
                body.write(chunk)
    except BodyError:
        body.close()
        raise
    if length > limit:
        body.close()
        return RefusedBody(), length
    body.seek(0)
    return body, length


async def _chunks(scope: Any, protocol: Any, most: int) -> AsyncIterator[bytes]:
    if not has_body(scope):
        return
    loop, length = asyncio.get_running_loop(), 0
    try:
        async with asyncio.timeout(SECONDS_BETWEEN_CHUNKS) as patience:
            async for chunk in protocol:
                patience.reschedule(loop.time() + SECONDS_BETWEEN_CHUNKS)
                length += len(chunk)
                if length > most:
                    break
                yield chunk
    except TimeoutError:
        raise BodyError("it stopped coming") from None
    if length > most:
        raise BodyError("it does not end")


def has_body(scope: Any) -> bool:
    """Whether an HTTP/1 request announces a body."""
    return scope.headers.get("content-length", "0") != "0" or "transfer-encoding" in scope.headers


def environ_of(scope: Any, body: Body, length: int, env: Environment) -> dict[str, Any]:
    """The WSGI environ (PEP 3333). Names with an underscore are left out: they would pass for others."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "CONTENT_LENGTH": str(length),
        "wsgi.version": (1, 0),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" not in name and name != "content-length":
            _add_header(environ, name, value)
    environ["REMOTE_ADDR"] = client_of(scope.client, environ.get("HTTP_X_FORWARDED_FOR", ""), env.trusted_proxies)
    environ["wsgi.url_scheme"] = "https" if env.https else scope.scheme
    return environ


def _add_header(environ: dict[str, Any], name: str, value: str) -> None:
    key = "CONTENT_TYPE" if name == "content-type" else "HTTP_" + name.upper().replace("-", "_")
    if key in environ:
        value = environ[key] + ("; " if name == "cookie" else ",") + value
    environ[key] = value


def client_of(peer: str, forwarded: str, trusted: Sequence[str]) -> str:
    """The address of who really asks: whom the nearest proxies name, as long as we trust who names them."""
    client = peer.rpartition(":")[0].strip("[]")
    hops = [hop.strip() for hop in forwarded.split(",")]
    while hops and _is_address(hops[-1]) and _is_trusted(client, trusted):
        client = hops.pop()
    return client


def may_watch(scope: Any, token: str) -> bool:
    """Whether this request may read the metrics: by the token, or where none is set from this machine itself.

    What a proxy has passed on is never from this machine.
    """
    if token:
        return compare_digest(scope.headers.get("authorization", "").encode(), f"Bearer {token}".encode())
    is_passed_on = any(name in scope.headers for name in PASSED_ON)
    peer = scope.client.rpartition(":")[0].strip("[]")
    return not is_passed_on and _is_address(peer) and ip_address(peer).is_loopback


def _is_address(word: str) -> bool:
    try:
        ip_address(word)
    except ValueError:
        return False
    return True


def _is_trusted(client: str, trusted: Sequence[str]) -> bool:
    return _is_address(client) and any(ip_address(client) in ip_network(known) for known in trusted)
