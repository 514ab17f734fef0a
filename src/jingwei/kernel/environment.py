"""Everything that may be set from outside, in one typed place. The only reader of environment variables.

`docs/operate/settings.md` is written from the fields below (`manage.py write_settings_doc`).
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from jingwei.kernel.gateways import (
    MailServer,
    SmsGateway,
    mail_server,
    push_key,
    scanner_place,
    sender_address,
    site_address,
    sms_gateway,
)
from jingwei.kernel.providers import SignInProvider, providers
from jingwei.kernel.readers import (
    FIELD_KEY_BYTES,
    OPEN_SECRET,
    SHORTEST_SECRET,
    FieldKeys,
    count,
    database_address,
    folder,
    key_file,
    key_ring,
    networks,
    one_of,
    optional_folder,
    secret,
    token,
    truth,
    word_vectors,
    words,
    zone,
)

PREFIX = "JINGWEI_"
HIDDEN = frozenset(
    {"secret_key", "database_url", "field_keys", "metrics_token", "oidc", "sms_gateway", "mail_server", "push_key"}
)  # never in the sentence that refuses them
CONNECTION_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


OPEN_RING: FieldKeys = (("open", OPEN_SECRET[:FIELD_KEY_BYTES].encode()),)


def setting(name: str, read: Callable[[str], Any], says: str, default: str = "") -> Any:
    """A field read from JINGWEI_`name`; `default` is what an unset or empty variable means."""
    return field(metadata={"name": PREFIX + name, "read": read, "says": says, "default": default})


@dataclass(frozen=True, repr=False)
class Environment:
    """What the outside has set, secrets included: hence no repr."""

    database_url: str = setting(
        "DATABASE_URL",
        database_address,
        "Address of the PostgreSQL database (15 or later).",
        "postgresql:///jingwei",
    )
    home: Path = setting("HOME", folder, "Folder of all that is kept: database, attachments, logs.", "var")  # noqa: RUF009 - a field
    archive: Path | None = setting(  # noqa: RUF009 - a field
        "ARCHIVE",
        optional_folder,
        "Folder of base backups and archived WAL, best on another disk. Unset: archive/ beside the database.",
    )
    secret_key: str = setting(
        "SECRET_KEY",
        secret,
        "Signs sessions and forms. Keep it secret and the same on every machine. No default.",
    )
    field_keys: FieldKeys = setting(  # noqa: RUF009 - a field
        "FIELD_KEYS",
        key_ring,
        "Keys that encrypt phone numbers and the like in the database: `id:key`, with commas. A key is 32 random bytes "
        "in base64; the last encrypts, the others still decrypt. [How to change them](encryption.md). No default.",
    )
    field_keys_file: FieldKeys = setting(  # noqa: RUF009 - a field
        "FIELD_KEYS_FILE",
        key_file,
        "A file with these keys, one a line, instead.",
    )
    allowed_hosts: tuple[str, ...] = setting(
        "ALLOWED_HOSTS",
        words,
        "Host names under which people reach the site, with commas.",
        "localhost,127.0.0.1,[::1]",
    )
    https: bool = setting(
        "HTTPS",
        truth,
        "1 where people reach the site by https: cookies then never travel without it.",
        "0",
    )
    trusted_proxies: tuple[str, ...] = setting(
        "TRUSTED_PROXIES",
        networks,
        "Addresses or networks of reverse proxies whose X-Forwarded-For says who asks, with commas.",
    )
    time_zone: str = setting("TIME_ZONE", zone, "The district's time zone.", "Asia/Shanghai")
    largest_body: int = setting("LARGEST_BODY", count, "Largest request that is taken, in MiB.", "64")
    sms_sender: str = setting(
        "SMS_SENDER",
        one_of("none", "console", "gateway"),
        "How sign-in codes are sent: gateway by JINGWEI_SMS_GATEWAY, console prints them (demo and debugging only), "
        "none switches them off.",
        "none",
    )
    sms_gateway: SmsGateway | None = setting(  # noqa: RUF009 - a field
        "SMS_GATEWAY",
        sms_gateway,
        "Where text messages are handed over by HTTP, in JSON: see [Notices](notices.md). Unset: none are sent.",
    )
    mail_server: MailServer | None = setting(  # noqa: RUF009 - a field
        "MAIL_SERVER",
        mail_server,
        "Where e-mails are handed over: smtp://user:password@host:587 (smtps:// for TLS from the start). Unset: none "
        "are.",
    )
    mail_from: str = setting(
        "MAIL_FROM", sender_address, "Sender of e-mails, such as Jingwei <notices@example.gov.cn>."
    )
    push_key: bytes = setting(
        "PUSH_KEY",
        push_key,
        "Signs messages to browsers (web push), as `manage.py make_push_key` prints it. Unset: none are sent. Another "
        "key ends all that browsers have agreed to.",
    )
    site: str = setting(
        "SITE",
        site_address,
        "Address under which people reach the site, for links in messages: https://jingwei.example.gov.cn. Unset: the "
        "first of JINGWEI_ALLOWED_HOSTS.",
    )
    staff_factor: str = setting(
        "STAFF_FACTOR",
        one_of("required", "optional"),
        "Whether staff must have a second factor: those without one set it up when they sign in.",
        "required",
    )
    staff_sms: bool = setting(
        "STAFF_SMS",
        truth,
        "1 lets a code by text message be the second factor of staff. Weaker than an app or a passkey.",
        "0",
    )
    oidc: tuple[SignInProvider, ...] = setting(
        "OIDC",
        providers,
        "Sites whose accounts may sign in here (OpenID Connect): a list in JSON, see docs/guides/signing-in.md.",
    )
    key_days: int = setting("KEY_DAYS", count, "For how many days an API key is good, at most.", "365")
    log_format: str = setting("LOG_FORMAT", one_of("json", "text"), "One JSON object or one text per line.", "json")
    log_level: str = setting(
        "LOG_LEVEL",
        one_of("debug", "info", "warning", "error"),
        "The least important lines that are logged.",
        "info",
    )
    writes_per_minute: int = setting(
        "WRITES_PER_MINUTE",
        count,
        "How much one member, key or (signed out) address may send in a minute, for each web process.",
        "600",
    )
    public_reads_per_minute: int = setting(
        "PUBLIC_READS_PER_MINUTE",
        count,
        "How many public pages one member or (signed out) address may open in a minute, for each web process.",
        "600",
    )
    outgoing_hosts: tuple[str, ...] = setting(
        "OUTGOING_HOSTS",
        words,
        "Hosts of the own network that the platform may call, as NAME or NAME:PORT, with commas. Public ones it may.",
    )
    scanner: str = setting(
        "SCANNER",
        scanner_place,
        "ClamAV's clamd, as HOST:PORT or unix:/PATH: every photo and file is shown to it. Unset: none is.",
    )
    scanner_down: str = setting(
        "SCANNER_DOWN",
        one_of("refuse", "take"),
        "While the scanner does not answer: refuse files (those of messages wait unseen), or take them all the same.",
        "refuse",
    )
    metrics_token: str = setting(
        "METRICS_TOKEN",
        token,
        "Whoever reads /metrics sends it as a bearer token. Unset, only this machine itself may, and no proxy.",
    )
    word_vectors: bool = setting(
        "WORD_VECTORS",
        word_vectors,
        "1 lets classes be suggested by the meaning of words too, where that finds them more often: see "
        "docs/guides/suggestions.md. Takes 13 packages more.",
        "0",
    )
    is_demo: bool = setting("DEMO", truth, "1 fills in demo logins. Never with real data.", "0")
    debug: bool = setting(
        "DEBUG", truth, "1 shows errors with their source code. Never where others can reach it.", "0"
    )
    is_testing: bool = setting("TESTING", truth, "1 while tests run; pytest sets it by itself.", "0")

    def __post_init__(self) -> None:
        if self.secret_key == OPEN_SECRET and not self.is_open:
            raise ImproperlyConfigured(
                f"{PREFIX}SECRET_KEY is not set. Give it {SHORTEST_SECRET} or more characters that nobody "
                "can guess, as this prints: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        if self.field_keys and self.field_keys_file:
            raise ImproperlyConfigured(f"Set {PREFIX}FIELD_KEYS or {PREFIX}FIELD_KEYS_FILE, not both.")
        if not (self.field_keys or self.field_keys_file or self.is_open):
            raise ImproperlyConfigured(
                f"{PREFIX}FIELD_KEYS is not set. Without the key that encrypted them, phone numbers cannot be read: "
                "take it from where you keep it. A new site takes a new one, as this prints: python3 -c "
                "'import base64, os; print(\"1:\" + base64.b64encode(os.urandom(32)).decode())'"
            )
        if not self.is_open and any(not one.issuer.startswith("https://") for one in self.oidc):
            raise ImproperlyConfigured(f"{PREFIX}OIDC names an issuer without https. Say its https:// address.")
        if self.sms_sender == "gateway" and self.sms_gateway is None:
            raise ImproperlyConfigured(f"{PREFIX}SMS_SENDER=gateway needs {PREFIX}SMS_GATEWAY, which says where to.")
        if self.mail_server and not self.mail_from:
            raise ImproperlyConfigured(f"{PREFIX}MAIL_SERVER needs {PREFIX}MAIL_FROM, which says from whom.")
        if self.sms_sender == "console" and not (self.is_open or self.is_demo):
            raise ImproperlyConfigured(
                f"{PREFIX}SMS_SENDER=console would print sign-in codes into the log of a real site. "
                f"Set it to none, or set {PREFIX}DEMO=1 if this is a demo."
            )

    @property
    def is_open(self) -> bool:
        """Whether this process only debugs or tests, so that an open secret does no harm."""
        return self.debug or self.is_testing

    @property
    def ring(self) -> FieldKeys:
        """The keys of encrypted columns."""
        return self.field_keys or self.field_keys_file or OPEN_RING

    @property
    def site_url(self) -> str:
        """Where links in messages begin, without a slash at the end."""
        return self.site or f"http{'s' if self.https else ''}://{self.allowed_hosts[0]}"

    @property
    def static_storage(self) -> str:
        """Class that stores static files, under names that follow their content except while developing."""
        if self.is_open:
            return "django.contrib.staticfiles.storage.StaticFilesStorage"
        return "whitenoise.storage.CompressedManifestStaticFilesStorage"

    def database(self) -> dict[str, Any]:
        """The database as Django's DATABASES wants it. What is not Django's goes to libpq as it is."""
        given = {key: str(value) for key, value in conninfo_to_dict(self.database_url).items() if value is not None}
        options = {key: value for key, value in given.items() if key not in CONNECTION_KEYS}
        return {
            "ENGINE": "django.db.backends.postgresql",
            **{ours: given.get(key, "") for key, ours in CONNECTION_KEYS.items()},
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"application_name": "jingwei", "prepare_threshold": 0, **options},
        }

    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


def read_environment(given: Mapping[str, str]) -> Environment:
    """The settings in `given`. Raises ImproperlyConfigured with a sentence that names the variable."""
    known = {item.metadata["name"]: item for item in fields(Environment)}
    values = {}
    for name, item in known.items():
        value = given.get(name) or item.metadata["default"]
        try:
            values[item.name] = item.metadata["read"](value)
        except ValueError as problem:
            shown = "" if item.name in HIDDEN else f" {value!r}"
            raise ImproperlyConfigured(f"{name}{shown} cannot be used: {problem}.") from None
    return Environment(**values)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The settings of this process, read once."""
    given = dict(os.environ)
    if "PYTEST_VERSION" in given:
        given[PREFIX + "TESTING"] = "1"
    return read_environment(given)
