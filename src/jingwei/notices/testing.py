"""For tests: texts of their own, and a gateway, a mail server and a push service that listen on this machine."""

import hmac
import json
import os
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_string, policy
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jingwei.notices import texts
from jingwei.notices.models import Choices, Delivery, PushDevice
from jingwei.notices.sealing import to_base64
from jingwei.notices.texts import Kind, Text, Topic, Urgency, Value, register_text
from jingwei.people.public import Member

EVERY_CHANNEL = {
    "JINGWEI_SMS_GATEWAY": json.dumps({"url": "https://sms.example.gov.cn/send"}),
    "JINGWEI_MAIL_SERVER": "smtp+plain://127.0.0.1:25",
    "JINGWEI_MAIL_FROM": "Jingwei <notices@example.gov.cn>",
    "JINGWEI_PUSH_KEY": to_base64(bytes(range(1, 33))),
    "JINGWEI_OUTGOING_HOSTS": "sms.example.gov.cn",
    "JINGWEI_SITE": "https://jingwei.example.gov.cn",
}
"""The environment of a site that has every way out."""


def reachable(member: Member, *, phone: str, now: datetime) -> None:
    """Give a member a number, a confirmed address and a browser, and let them choose that none of it is used."""
    member.phone = phone
    member.save(update_fields=["phone"])
    none: dict[str, list[str]] = {topic.value: [] for topic in Topic}
    Choices.objects.create(member=member, email="duty@example.gov.cn", confirmed_at=now, channels=none)
    PushDevice.objects.create(member=member, endpoint="https://push.example/1", session="s", made_at=now, used_at=now)


def ways_of(member: Member) -> set[tuple[str, datetime]]:
    """By which channels a member is told, and when."""
    return set(Delivery.objects.filter(notice__member_id=member.pk).values_list("channel", "due_at"))


@contextmanager
def a_text(key: str = "test.news", topic: Topic = Topic.REPORT, urgency: Urgency = Urgency.ROUTINE) -> Iterator[Text]:
    """A text that is known while the block lasts."""
    text = Text(
        key=key,
        topic=topic,
        audience="whoever tests",  # type: ignore[arg-type] # words as they are
        title="News of %(number)s",  # type: ignore[arg-type]
        body="Something has happened to %(number)s. It is due %(due)s.",  # type: ignore[arg-type]
        sms="News of %(number)s." if topic is Topic.REPORT else "",
        values=(Value("number", "20261121-000001"), Value("due", "2026-11-21T09:00:00+00:00", Kind.MOMENT)),
        url=lambda values: f"/me/cases/{values['number']}/",
        urgency=urgency,
    )
    register_text(text)
    try:
        yield text
    finally:
        del texts._texts[key]  # noqa: SLF001 - what was registered for a test goes with it


VALUES = {"number": "20261121-000001", "due": "2026-11-21T09:00:00+00:00"}


@dataclass
class Gateway:
    """What was asked of it, in order; `answers` are given one after another, then always yes."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    @property
    def seen(self) -> set[str]:
        """The ids of the messages, each once, as a gateway that knows them again passes them on."""
        return {one["id"] for one in self.asked}


@contextmanager
def a_gateway(answer: dict[str, Any] | None = None) -> Iterator[Gateway]:
    """An HTTP gateway on a free port, which says `answer` for yes."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            is_json = "json" in self.headers["Content-Type"]
            said = json.loads(body) if is_json else {name: ones[0] for name, ones in parse_qs(body).items()}
            gateway.asked.append(said | {"headers": {name.lower(): value for name, value in self.headers.items()}})
            status, reply = gateway.answers.pop(0) if gateway.answers else (200, answer or {})
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(reply).encode())

        def log_message(self, *_said: Any) -> None:
            """Nothing: tests keep the screen to themselves."""

    with _listening(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        gateway.url = f"http://127.0.0.1:{port}/send"
        yield gateway


@dataclass
class PushService:
    """A push service with one browser behind it; `answers` are given one after another, then always 201."""

    url: str = ""
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))
    asked: list[dict[str, str]] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    @property
    def given(self) -> dict[str, str]:
        """What the browser tells the page that it agreed on."""
        key = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.url, "key": to_base64(key), "secret": to_base64(self.secret)}

    def opened(self, sealed: bytes) -> dict[str, Any]:
        """As a browser opens it: RFC 8291, section 3.4, and RFC 8188, with one record."""
        salt, length = sealed[:16], sealed[20]
        sender, text = sealed[21 : 21 + length], sealed[21 + length :]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        mine = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        first = hmac.digest(self.secret, self.private.exchange(ec.ECDH(), theirs), "sha256")
        shared = hmac.digest(first, b"WebPush: info\x00" + mine + sender + b"\x01", "sha256")
        root = hmac.digest(salt, shared, "sha256")
        key = hmac.digest(root, b"Content-Encoding: aes128gcm\x00\x01", "sha256")[:16]
        nonce = hmac.digest(root, b"Content-Encoding: nonce\x00\x01", "sha256")[:12]
        plain = AESGCM(key).decrypt(nonce, text, None).rstrip(b"\x00")
        assert plain[-1:] == b"\x02"  # the last record
        told: dict[str, Any] = json.loads(plain[:-1])
        return told


@contextmanager
def a_push_service() -> Iterator[PushService]:
    """A push service on a free port."""
    service = PushService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sealed = self.rfile.read(int(self.headers["Content-Length"]))
            service.asked.append({name.lower(): value for name, value in self.headers.items()})
            status = service.answers.pop(0) if service.answers else 201
            if status == HTTPStatus.CREATED:
                service.shown.append(service.opened(sealed))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_said: Any) -> None:
            """Nothing: tests keep the screen to themselves."""

    with _listening(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        service.url = f"http://127.0.0.1:{port}/push/browser"
        yield service


@dataclass
class Mailbox:
    """The mails that a server took. `refuses` is what it answers to every recipient, "" for yes."""

    port: int = 0
    mails: list[Message] = field(default_factory=list)
    refuses: str = ""


@contextmanager
def a_mail_server() -> Iterator[Mailbox]:
    """An SMTP server (RFC 5321, no extensions) on a free port."""
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 ready")
            for line in iter(self.rfile.readline, b""):
                verb = line.decode().strip().upper()
                if verb == "DATA":
                    self._say("354 go on")
                    box.mails.append(message_from_string(self._letter(), policy=policy.default))
                    self._say("250 taken")
                elif verb == "QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say(box.refuses if box.refuses and verb.startswith("RCPT") else "250 fine")

        def _letter(self) -> str:
            lines = iter(self.rfile.readline, b".\r\n")
            return b"".join(lines).decode()

        def _say(self, words: str) -> None:
            with suppress(ConnectionError):
                self.wfile.write(f"{words}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    with _listening(server) as port:
        box.port = port
        yield box


@contextmanager
def _listening(server: socketserver.TCPServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
