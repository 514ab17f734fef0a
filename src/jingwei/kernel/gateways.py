"""Other systems, as the environment names them: SMS gateway, mail server, push services, scanner. Data only."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

FIELDS = {"url", "body", "headers", "form", "accepted", "inbound_key"}
PORTS = {"smtp": 587, "smtps": 465}
PUSH_KEY_BYTES = 32
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True)
class SmsGateway:
    """`body` is sent with {phone}, {text}, {id} and {template} put into its texts, as JSON or as a form.

    A text counts as taken when the answer is a success and, where `accepted` names fields, these have the values.
    """

    url: str
    body: Mapping[str, Any] = field(default_factory=lambda: {"phone": "{phone}", "text": "{text}", "id": "{id}"})
    headers: Mapping[str, str] = field(default_factory=dict)
    is_form: bool = False
    accepted: Mapping[str, Any] = field(default_factory=dict)
    inbound_key: str = field(default="", repr=False)  # with which it signs what people answer


@dataclass(frozen=True)
class MailServer:
    """`is_wrapped`: TLS from the start, instead of by STARTTLS."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    is_wrapped: bool = False
    is_plain: bool = False


def sms_gateway(value: str) -> SmsGateway | None:
    """Reads `{"url": …, "body": {…}, "headers": {…}, "form": true, "accepted": {…}}`. ValueError with the mend."""
    if not value:
        return None
    try:
        said = json.loads(value)
    except ValueError:
        raise ValueError("say one object in JSON, as docs/operate/notices.md shows") from None
    if not isinstance(said, dict) or not said.get("url") or said.keys() - FIELDS:
        raise ValueError("say an object with url, and if need be body, headers, form and accepted")
    if not all(isinstance(said.get(name, {}), dict) for name in ("body", "headers", "accepted")):
        raise ValueError("body, headers and accepted are objects")
    if urlsplit(str(said["url"])).scheme not in {"https", "http"}:
        raise ValueError("its url begins with https://")
    known = SmsGateway(str(said["url"]))
    return SmsGateway(
        known.url,
        said.get("body", known.body),
        said.get("headers", {}),
        bool(said.get("form", False)),
        said.get("accepted", {}),
        str(said.get("inbound_key", "")),
    )


def mail_server(value: str) -> MailServer | None:
    """Reads an address such as smtp://user:password@host:587; smtp+plain:// never turns to TLS."""
    if not value:
        return None
    form = "say smtp://user:password@host:587, or smtps:// where TLS begins at once"
    parts = urlsplit(value)
    scheme, _plus, manner = parts.scheme.partition("+")
    if scheme not in PORTS or manner not in {"", "plain"} or not parts.hostname:
        raise ValueError(form)
    try:
        port = parts.port or PORTS[scheme]
    except ValueError:
        raise ValueError(form) from None
    return MailServer(
        parts.hostname,
        port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        is_wrapped=scheme == "smtps",
        is_plain=bool(manner),
    )


def site_address(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/")):
        raise ValueError("say an address such as https://jingwei.example.gov.cn, without a path")
    return value.rstrip("/")


def sender_address(value: str) -> str:
    if value and "@" not in parseaddr(value)[1]:
        raise ValueError("say an address such as Jingwei <notices@example.gov.cn>")
    return value


def push_key(value: str) -> bytes:
    """Reads the private number of a P-256 key in base64url, as `manage.py make_push_key` prints it; b"" for none."""
    form = "say a key as manage.py make_push_key prints it"
    try:
        number = urlsafe_b64decode(value + "=" * (-len(value) % 4)) if value else b""
    except ValueError:
        raise ValueError(form) from None
    if value and (len(number) != PUSH_KEY_BYTES or not 0 < int.from_bytes(number) < P256_ORDER):
        raise ValueError(form)
    return number


def scanner_place(value: str) -> str:
    _host, colon, port = value.rpartition(":")
    if value and not value.startswith("unix:/") and not (colon and port.isdigit()):
        raise ValueError("say HOST:PORT or unix:/PATH")
    return value
