"""A scanner that speaks ClamAV's protocol, one that is down, and one that babbles."""

import socketserver
import struct
import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from jingwei.kernel import scanning
from jingwei.kernel.environment import environment
from jingwei.kernel.errors import Refused
from jingwei.kernel.scanning import PIECE, ScannedFileField, Verdict, pieces_of, require_clean, scan


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


HARMFUL = b"X5O!P%@AP-not-the-real-one"


class Clamd(socketserver.StreamRequestHandler):
    """What clamd does with zINSTREAM."""

    def handle(self):
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        assert command == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
        self.server.seen.append(data)
        self.wfile.write(self.server.answer or (b"stream: Eicar FOUND\0" if HARMFUL in data else b"stream: OK\0"))


class Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def clamd(server, answer=b""):
    server.seen, server.answer = [], answer
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site(monkeypatch):
    def set_up(**settings):
        there = replace(environment(), **settings)
        monkeypatch.setattr(scanning, "environment", lambda: there)

    return set_up


def test_file_reaches_the_scanner_whole_and_in_pieces():
    data = bytes(range(256)) * (PIECE // 100)
    with clamd(Tcp(("127.0.0.1", 0), Clamd)) as server:
        assert scan(pieces_of(data), f"127.0.0.1:{server.server_address[1]}") is Verdict.CLEAN

    assert server.seen == [data]


def test_what_the_scanner_finds_is_refused_and_the_rest_is_taken(tmp_path, site):
    path = tmp_path / "clamd.sock"
    site(scanner=f"unix:{path}")
    with clamd(Unix(str(path), Clamd)):
        require_clean(b"a photo")
        with pytest.raises(Refused, match="harmful"):
            require_clean(b"x" * PIECE + HARMFUL)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"\0"])
def test_scanner_that_says_something_else_has_not_said_that_it_is_clean(answer, site):
    with clamd(Tcp(("127.0.0.1", 0), Clamd), answer or b"\0") as server:
        place = f"127.0.0.1:{server.server_address[1]}"
        assert scan([b"a photo"], place) is Verdict.UNKNOWN
        site(scanner=place)
        with pytest.raises(Refused, match="cannot be checked"):
            require_clean(b"a photo")


def test_scanner_that_is_down_refuses_all_unless_the_site_takes_them_unseen(tmp_path, site):
    site(scanner=f"unix:{tmp_path}/nobody")
    with pytest.raises(Refused, match="cannot be checked"):
        require_clean(b"a photo")

    site(scanner=f"unix:{tmp_path}/nobody", scanner_down="take")
    require_clean(b"a photo")


def test_file_of_a_form_is_scanned_and_can_be_read_afterwards(tmp_path, site):
    path = tmp_path / "clamd.sock"
    site(scanner=f"unix:{path}")
    with clamd(Unix(str(path), Clamd)) as server:
        taken = ScannedFileField().clean(SimpleUploadedFile("map.kml", b"<kml/>"))
        assert (server.seen, taken.read()) == ([b"<kml/>"], b"<kml/>")
        with pytest.raises(ValidationError, match="harmful"):
            ScannedFileField().clean(SimpleUploadedFile("map.kml", HARMFUL))


def test_site_without_a_scanner_asks_none(site):
    site(scanner="")
    require_clean(HARMFUL)
