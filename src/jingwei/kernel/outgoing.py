"""Calls to other systems: only to where a call from inside can do no harm.

An address that somebody typed, or that another system answered with, may lead back into our own network: to the
database, to the machine's metadata, to a printer. So each name is resolved here, once; every address that it has must
be a public one; and the connection goes to the very address that was looked at, whatever the name says a moment later.
Redirects pass through the same door. Hosts of the own network that may be called stand in JINGWEI_OUTGOING_HOSTS.
"""

import socket
from collections.abc import Callable, Iterator, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from time import monotonic
from typing import Any, Self

import httpx

from jingwei.kernel.environment import environment

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

MOST_BYTES = 5 * 1024 * 1024
MOST_SECONDS = 20.0
MOST_REDIRECTS = 3
WAITS = httpx.Timeout(10.0, connect=5.0)
PUBLIC_PORTS = frozenset({443, 8443})
TRANSLATED = IPv6Network("64:ff9b::/96")
OFTEN_METADATA = IPv4Network("192.0.0.0/24")  # protocols' own addresses, which some clouds use; Python calls it global


class OutgoingRefused(httpx.TransportError):
    """A call that is not made, or whose answer is not taken. The message names the host, never the whole address."""


def open_client(**more: Any) -> httpx.Client:
    """A client of httpx with all guards, for a `with`. `more` as httpx takes it, but for what guards."""
    return httpx.Client(
        transport=GuardedTransport(),
        timeout=WAITS,
        follow_redirects=True,
        max_redirects=MOST_REDIRECTS,
        trust_env=False,
        **more,
    )


class GuardedTransport(httpx.BaseTransport):
    """Can be given to whatever builds on httpx. `resolve` and `inner` are the network; tests bring their own."""

    def __init__(
        self,
        *,
        hosts: Sequence[str] | None = None,
        resolve: Resolve | None = None,
        inner: httpx.BaseTransport | None = None,
        most_bytes: int = MOST_BYTES,
        most_seconds: float = MOST_SECONDS,
    ) -> None:
        self._hosts = frozenset(environment().outgoing_hosts if hosts is None else hosts)
        self._resolve = resolve or resolved
        self._inner = inner or httpx.HTTPTransport(retries=0, trust_env=False)
        self._most_bytes, self._most_seconds = most_bytes, most_seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        began = monotonic()
        host = request.url.host
        address = self._address_for(request.url)
        # Compressed answers could grow without end behind the limit.
        headers = httpx.Headers([*request.headers.multi_items()])
        headers["accept-encoding"] = "identity"
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=str(address)),
            headers=headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        response = self._inner.handle_request(pinned)
        assert isinstance(response.stream, httpx.SyncByteStream)
        limited = LimitedStream(response.stream, host, self._most_bytes, began + self._most_seconds)
        return httpx.Response(
            response.status_code, headers=response.headers, stream=limited, extensions=response.extensions
        )

    def close(self) -> None:
        self._inner.close()

    def _address_for(self, url: httpx.URL) -> Address:
        """Where to connect to. OutgoingRefused where that is not public, unless the host is one of ours to call."""
        port = url.port or (443 if url.scheme == "https" else 80)
        is_ours = bool(self._hosts & {url.host, f"{url.host}:{port}"})
        if not is_ours and (url.scheme != "https" or port not in PUBLIC_PORTS):
            raise OutgoingRefused(f"{url.host}: only https on port 443 or 8443 is called")
        try:
            found = [ip_address(text.partition("%")[0]) for text in self._resolve(url.host, port)]
        except (OSError, UnicodeError, ValueError) as error:
            raise OutgoingRefused(f"{url.host} has no address") from error
        if not found:
            raise OutgoingRefused(f"{url.host} has no address")
        if not is_ours and not all(is_public(address) for address in found):
            raise OutgoingRefused(f"{url.host} leads into a network that is not public")
        return found[0]

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self


class LimitedStream(httpx.SyncByteStream):
    """An answer that ends when it has grown too long or takes too long."""

    def __init__(self, stream: httpx.SyncByteStream, host: str, most_bytes: int, until: float) -> None:
        self._stream, self._host, self._left, self._until = stream, host, most_bytes, until

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            self._left -= len(part)
            if self._left < 0:
                raise OutgoingRefused(f"{self._host} answers with more than is taken")
            if monotonic() > self._until:
                raise OutgoingRefused(f"{self._host} takes too long to answer")
            yield part

    def close(self) -> None:
        self._stream.close()


def resolved(host: str, port: int) -> list[str]:
    """Every address of the host, as the machine finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: Address) -> bool:
    """Whether this is an address of the open internet, also behind the forms of IPv6 that carry one of IPv4."""
    if isinstance(address, IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour
        if address.teredo:
            return False
        if address in TRANSLATED:
            carried = IPv4Address(int(address) & 0xFFFFFFFF)
        if carried:
            return is_public(carried)
    if address in OFTEN_METADATA:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved
