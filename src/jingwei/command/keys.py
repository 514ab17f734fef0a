"""Passwords and keys that nobody has to think of: made once, kept in the home, handed on by environment alone."""

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jingwei.command.layout import Home, read_json, write_json
from jingwei.command.trouble import Trouble

ADMIN = "jw_admin"
OWNER = "jw_owner"
WEB = "jw_web"
WORKER = "jw_worker"
RING = "JINGWEI_FIELD_KEYS"
RING_FILE = "JINGWEI_FIELD_KEYS_FILE"
ROLES = (OWNER, WEB, WORKER)


@dataclass(frozen=True)
class Keys:
    """`passwords` by database role; `signing` is Django's secret key; `ring` encrypts columns (JINGWEI_FIELD_KEYS)."""

    signing: str
    passwords: dict[str, str]
    ring: str

    @classmethod
    def of(cls, home: Home) -> "Keys":
        """The home's keys, made where it has none yet. Keys lost beside existing data are not made anew."""
        stored = read_json(home.secrets)
        if not stored:
            if home.cluster.exists():
                raise Trouble("keys_lost", path=home.secrets)
            stored = {
                "signing": secrets.token_urlsafe(48),
                "passwords": {role: secrets.token_hex(24) for role in (ADMIN, *ROLES)},
            }
        if "field_keys" not in stored:  # new, or of a version that encrypted nothing
            stored["field_keys"] = new_field_key()
            write_json(home.secrets, stored)
        return cls.read(stored)

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "Keys":
        return cls(stored["signing"], stored["passwords"], stored["field_keys"])

    @property
    def signing_in_force(self) -> str:
        return os.environ.get("JINGWEI_SECRET_KEY") or self.signing

    @property
    def has_own_ring(self) -> bool:
        """Whether the home's keys encrypt, and not those of the environment."""
        return not (os.environ.get(RING) or os.environ.get(RING_FILE))

    @property
    def ring_in_force(self) -> str:
        if path := os.environ.get(RING_FILE):
            return Path(path).expanduser().read_text("utf-8")
        return os.environ.get(RING) or self.ring


def new_field_key() -> str:
    """A key as JINGWEI_FIELD_KEYS takes it, under an id that no other has."""
    return f"{secrets.token_hex(4)}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def ring_ids(ring: str) -> list[str]:
    return [word.partition(":")[0] for word in ring.replace(",", " ").split()]


def keep_restored_keys(home: Home, keys: dict[str, Any]) -> None:
    """Put the keys of a backup in the place of the home's own. A backup without field keys leaves those."""
    kept = {name: keys[name] for name in ("signing", "field_keys") if keys.get(name)}
    write_json(home.secrets, {**read_json(home.secrets), **kept})
