"""Files that people send are shown to a scanner before they are taken, where one is set up (JINGWEI_SCANNER).

The scanner speaks the protocol of ClamAV: `zINSTREAM`, the bytes in pieces, each with its length before it, and a
length of zero; it answers "stream: OK", or what it found.
"""

import socket
import struct
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import structlog
from django import forms
from django.utils.translation import gettext as _
from prometheus_client import Counter

from jingwei.kernel.environment import environment
from jingwei.kernel.errors import Refused

PIECE = 64 * 1024
SECONDS = 20.0
LONGEST_ANSWER = 4096
UNIX = "unix:"

SCANS = Counter("jingwei_scans", "Files shown to the scanner.", ["verdict"])
log = structlog.get_logger(__name__)


class Verdict(StrEnum):
    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"
    """The scanner did not say."""


class ScannedFileField(forms.FileField):
    """A file that has been shown to the scanner once its form is valid."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file is not initial:
            try:
                require_clean(file.chunks(PIECE))
            except Refused as refusal:
                raise forms.ValidationError(refusal.message) from None
            finally:
                file.seek(0)
        return file


def require_clean(data: bytes | Iterable[bytes]) -> None:
    """Refused where the scanner finds something, and where it is down unless the site takes files all the same."""
    verdict = verdict_on(data)
    if verdict is Verdict.INFECTED:
        raise Refused(_("The scanner found something harmful in this file, so it was not taken. Send another one."))
    if verdict is Verdict.UNKNOWN and environment().scanner_down == "refuse":
        raise Refused(_("Files cannot be checked at the moment, so none is taken. Try again in a few minutes."))


def verdict_on(data: bytes | Iterable[bytes]) -> Verdict:
    """What the site's scanner says; where there is none, nothing is found."""
    place = environment().scanner
    if not place:
        return Verdict.CLEAN
    verdict = scan(pieces_of(data) if isinstance(data, bytes) else data, place)
    SCANS.labels(verdict.value).inc()
    return verdict


def pieces_of(data: bytes) -> Iterator[bytes]:
    return (data[start : start + PIECE] for start in range(0, len(data), PIECE))


def scan(pieces: Iterable[bytes], place: str) -> Verdict:
    """What the scanner at `place` ("host:port" or "unix:/path") says of these bytes."""
    try:
        with _connect(place) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for piece in filter(None, pieces):  # an empty one would be the end
                scanner.sendall(struct.pack("!L", len(piece)) + piece)
            scanner.sendall(struct.pack("!L", 0))
            answer = _answer(scanner)
    except OSError as problem:
        log.warning("the scanner does not answer", problem=type(problem).__name__)
        return Verdict.UNKNOWN
    if answer.endswith(b" FOUND"):
        return Verdict.INFECTED
    if answer == b"stream: OK":
        return Verdict.CLEAN
    log.warning("the scanner answers something else")
    return Verdict.UNKNOWN


def _connect(place: str) -> socket.socket:
    if place.startswith(UNIX):
        scanner = socket.socket(socket.AF_UNIX)
        scanner.settimeout(SECONDS)
        scanner.connect(place.removeprefix(UNIX))
        return scanner
    host, _colon, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), SECONDS)


def _answer(scanner: socket.socket) -> bytes:
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        part = scanner.recv(LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer.partition(b"\0")[0].strip()
