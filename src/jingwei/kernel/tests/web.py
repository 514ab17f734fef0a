"""A web process of the kernel's tests, and a client that sees what is on the wire."""

import http.client
import json
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import NamedTuple

from jingwei.kernel.tests.processes import running, wait_until


class Page(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def said(self) -> dict:
        return json.loads(self.body)


class Server(NamedTuple):
    port: int
    process: subprocess.Popen

    def ask(self, path: str, method: str = "GET", headers=(), body=None) -> Page:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.putrequest(method, path)
            for name, value in headers:
                connection.putheader(name, value)
            if body is not None and not any(name == "Transfer-Encoding" for name, _ in headers):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            if body is not None:
                connection.send(body)
            answer = connection.getresponse()
            return Page(answer.status, [(name.lower(), value) for name, value in answer.getheaders()], answer.read())

    @contextmanager
    def listen(self, **headers: str) -> Iterator["Stream"]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", "/live", headers=headers)
            answer = connection.getresponse()
            assert (answer.status, answer.getheader("content-type")) == (200, "text/event-stream; charset=utf-8")
            yield Stream(answer)


class Stream(NamedTuple):
    answer: http.client.HTTPResponse

    def block(self) -> dict[str, str]:
        """The next block of lines, by field."""
        lines = iter(lambda: self.answer.readline().decode().rstrip("\n"), "")
        return dict(line.split(": ", 1) for line in lines)

    def event(self) -> dict:
        """The next block that tells something."""
        while "data" not in (block := self.block()):
            pass
        return json.loads(block["data"])


def is_answering(server: Server, path: str = "/healthz") -> bool:
    with suppress(OSError):
        return server.ask(path).status == 200
    return False


@contextmanager
def a_server(workers: str = "1", **env: str) -> Iterator[Server]:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with running("-m", "jingwei.kernel.serve", "--port", str(port), "--workers", workers, **env) as process:
        server = Server(port, process)
        try:
            wait_until(lambda: is_answering(server), seconds=20)
            yield server
        finally:  # its workers go with it only if it is told, not killed
            process.terminate()
            process.wait(timeout=5)
