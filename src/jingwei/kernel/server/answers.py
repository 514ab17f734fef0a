"""From what a WSGI application answers to RSGI."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

BLOCK = 64 * 1024
Application = Callable[..., Iterable[bytes]]


class FileBody:
    """`wsgi.file_wrapper`: an answer that is a file, so that it is sent from disk if it lies there."""

    def __init__(self, file: IO[bytes], block: int = BLOCK) -> None:
        self._file, self._block = file, block

    def path(self) -> Path | None:
        """Where the file lies, if the answer is the whole of it."""
        name = getattr(self._file, "name", None)
        if not isinstance(name, str) or not Path(name).is_file() or self._file.tell():
            return None
        return Path(name)

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self._file.read(self._block), b"")

    def close(self) -> None:
        self._file.close()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes | Path

    def send(self, protocol: Any, method: str) -> None:
        if method == "HEAD" or not self.body:
            protocol.response_empty(self.status, self.headers)
        elif isinstance(self.body, Path):
            protocol.response_file(self.status, self.headers, str(self.body))
        else:
            protocol.response_bytes(self.status, self.headers, self.body)


def ask(application: Application, environ: dict[str, Any]) -> Answer:
    """Call the application in this thread and take its whole answer: a slow client never holds a thread."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    written: list[bytes] = []

    def start_response(status: str, headers: list[tuple[str, str]], _failure: object = None) -> Callable[[bytes], None]:
        begun[:] = [(status, headers)]
        return written.append

    result = application({**environ, "wsgi.file_wrapper": FileBody}, start_response)
    try:
        path = result.path() if isinstance(result, FileBody) else None
        body = path or b"".join((*written, *result))
    finally:
        close = getattr(result, "close", None)
        if close is not None:
            close()
    status, headers = begun[0]
    return Answer(int(status.split()[0]), [(name.lower(), value.strip()) for name, value in headers], body)
