"""Calls that are made, and those that would lead back into our own network."""

import gzip
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import httpx
import pytest

from jingwei.kernel.outgoing import GuardedTransport, OutgoingRefused, is_public

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
        "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::", "2001:0:7f00:1::1",
    ],
)  # fmt: skip
def test_address_of_ones_own_is_not_public(text):
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", [PUBLIC, "223.5.5.5", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_address_of_the_internet_is_public(text):
    assert is_public(ip_address(text))


class Wire(httpx.BaseTransport):
    """A network that answers, and remembers where it was asked to connect to."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def handle_request(self, request):
        self.asked.append(request)
        return self.answers.pop(0)


def client(wire, names, *, hosts=(), **limits):
    """A client on this wire; `names` gives each host its addresses, one list after another."""
    looked_up = []

    def resolve(host, _port):
        looked_up.append(host)
        return names[host].pop(0)

    transport = GuardedTransport(hosts=hosts, resolve=resolve, inner=wire, **limits)
    return httpx.Client(transport=transport, follow_redirects=True, max_redirects=3, trust_env=False), looked_up


def test_call_goes_to_the_address_that_was_looked_at_under_the_name_that_was_meant():
    wire = Wire(httpx.Response(200, text="fine"))
    opened, looked_up = client(wire, {"idp.example": [[PUBLIC]]})

    assert opened.get("https://idp.example/keys?x=1").text == "fine"

    (request,) = wire.asked
    assert str(request.url) == f"https://{PUBLIC}/keys?x=1"
    assert request.headers["host"] == "idp.example"
    assert request.extensions["sni_hostname"] == "idp.example"
    assert request.headers["accept-encoding"] == "identity"
    assert looked_up == ["idp.example"]


def test_name_that_changes_its_address_after_the_look_gains_nothing():
    wire = Wire(httpx.Response(200))
    opened, _looked_up = client(wire, {"rebinds.example": [[PUBLIC], ["127.0.0.1"]]})

    opened.get("https://rebinds.example/")
    assert [request.url.host for request in wire.asked] == [PUBLIC]
    with pytest.raises(OutgoingRefused, match=r"rebinds\.example leads into"):
        opened.get("https://rebinds.example/")
    assert len(wire.asked) == 1


@pytest.mark.parametrize(
    "addresses", [["10.0.0.1"], [PUBLIC, "127.0.0.1"], ["::ffff:169.254.169.254"], ["fe80::1%eth0"]]
)
def test_name_with_any_address_inside_is_not_called(addresses):
    wire = Wire()
    opened, _looked_up = client(wire, {"inside.example": [addresses]})

    with pytest.raises(OutgoingRefused):
        opened.get("https://inside.example/?secret=1")
    assert wire.asked == []


@pytest.mark.parametrize("url", ["http://a.example/", "https://a.example:5432/", "https://a.example:22/"])
def test_only_https_on_its_ports_is_called(url):
    opened, looked_up = client(Wire(), {})

    with pytest.raises(OutgoingRefused, match="only https"):
        opened.get(url)
    assert looked_up == []


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/"])
def test_address_instead_of_a_name_is_looked_at_too(url):
    with httpx.Client(transport=GuardedTransport(hosts=(), inner=Wire())) as opened, pytest.raises(OutgoingRefused):
        opened.get(url)


@pytest.mark.parametrize("target", ["https://metadata.example/", "http://idp.example/", "https://169.254.169.254/"])
def test_redirect_passes_through_the_same_door(target):
    wire = Wire(httpx.Response(302, headers={"location": target}))
    names = {
        "idp.example": [[PUBLIC]],
        "metadata.example": [["169.254.169.254"]],
        "169.254.169.254": [["169.254.169.254"]],
    }
    opened, _looked_up = client(wire, names)

    with pytest.raises(OutgoingRefused):
        opened.get("https://idp.example/")
    assert len(wire.asked) == 1


def test_redirects_come_to_an_end():
    again = [httpx.Response(302, headers={"location": "https://idp.example/"}) for _ in range(9)]
    opened, _looked_up = client(Wire(*again), {"idp.example": [[PUBLIC] for _ in range(9)]})

    with pytest.raises(httpx.TooManyRedirects):
        opened.get("https://idp.example/")


def test_host_that_is_named_may_lie_inside_and_others_beside_it_not():
    wire = Wire(httpx.Response(200))
    opened, _looked_up = client(wire, {"idp": [["10.0.0.5"]]}, hosts=("idp:8080",))

    assert opened.get("http://idp:8080/").status_code == 200
    with pytest.raises(OutgoingRefused):
        opened.get("http://idp:5432/")


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        if self.path == "/packed":
            self.send_header("content-encoding", "gzip")
        self.end_headers()
        if self.path == "/long":
            self.wfile.write(bytes(200_000))
        elif self.path == "/packed":
            self.wfile.write(gzip.compress(b"short"))
        else:
            for _ in range(50):
                self.wfile.write(b".")
                self.wfile.flush()
                time.sleep(0.05)

    def log_message(self, *_args):
        """Quiet."""


@contextmanager
def answering():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(("path", "said"), [("/long", "more than is taken"), ("/slow", "takes too long")])
def test_answer_that_does_not_end_is_not_taken(path, said):
    with answering() as place:
        transport = GuardedTransport(hosts=(place,), most_bytes=100_000, most_seconds=0.5)
        with httpx.Client(transport=transport) as opened, pytest.raises(OutgoingRefused, match=said):
            opened.get(f"http://{place}{path}")


def test_host_that_is_not_there_is_an_error_of_the_network():
    with httpx.Client(transport=GuardedTransport(hosts=())) as opened, pytest.raises(httpx.TransportError):
        opened.get("https://nowhere.invalid/")
