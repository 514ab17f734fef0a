"""Passwords and keys that nobody has to think of: made once, kept in the home, handed on by environment alone."""

import os
import secrets
from dataclasses import dataclass

from jingwei.command.layout import Home, read_json, write_json
from jingwei.command.trouble import Trouble

ADMIN = "jw_admin"
OWNER = "jw_owner"
WEB = "jw_web"
WORKER = "jw_worker"
ROLES = (OWNER, WEB, WORKER)


@dataclass(frozen=True)
class Keys:
    """`passwords` by database role; `signing` is Django's secret key."""

    signing: str
    passwords: dict[str, str]

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
            write_json(home.secrets, stored)
        return cls(stored["signing"], stored["passwords"])

    @property
    def signing_in_force(self) -> str:
        return os.environ.get("JINGWEI_SECRET_KEY") or self.signing


def keep_signing_key(home: Home, signing: str) -> None:
    """Put a restored signing key in the place of the home's own."""
    write_json(home.secrets, {**read_json(home.secrets), "signing": signing})
