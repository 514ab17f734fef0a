"""What the text of a setting means. Each reader gives the value, or a ValueError that says what to write instead."""

import re
from base64 import b64decode
from collections.abc import Callable
from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import available_timezones

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

SHORTEST_SECRET = 32
SHORTEST_TOKEN = 20
OPEN_SECRET = "not-a-secret-only-for-debugging-and-tests"  # noqa: S105 - refused anywhere else
FIELD_KEY_BYTES = 32
FIELD_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,16}")

FieldKeys = tuple[tuple[str, bytes], ...]
"""Ids and keys; the last encrypts, all of them decrypt."""


def truth(value: str) -> bool:
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    if value.lower() not in words:
        raise ValueError("say 1 or 0")
    return words[value.lower()]


def word_vectors(value: str) -> bool:
    wanted = truth(value)
    if wanted and find_spec("wordllama") is None:
        raise ValueError("./jingwei up installs what it needs; elsewhere, install requirements/meaning.txt")
    return wanted


def words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def count(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        raise ValueError("say a whole number above 0")
    return int(value)


def networks(value: str) -> tuple[str, ...]:
    for word in words(value):
        try:
            ip_network(word)
        except ValueError:
            raise ValueError("say addresses or networks such as 10.0.0.1 or 10.0.0.0/8, with commas") from None
    return words(value)


def zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("say a time zone of the IANA list, such as Asia/Shanghai")
    return value


def folder(value: str) -> Path:
    path = Path(value).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise ValueError("this is a file; say a folder")
    return path


def optional_folder(value: str) -> Path | None:
    return folder(value) if value else None


def secret(value: str) -> str:
    if not value:
        return OPEN_SECRET
    if len(value) < SHORTEST_SECRET:
        raise ValueError(f"say at least {SHORTEST_SECRET} characters that nobody can guess")
    return value


def key_ring(value: str) -> FieldKeys:
    """Keys as `id:base64`, between them commas or ends of lines."""
    form = f"say id:key, with commas, where a key is {FIELD_KEY_BYTES} random bytes in base64; the last encrypts"
    keys: dict[str, bytes] = {}
    for word in value.replace(",", " ").split():
        key_id, _colon, encoded = word.partition(":")
        try:
            keys[key_id] = b64decode(encoded, validate=True)
        except ValueError:
            raise ValueError(form) from None
        if not FIELD_KEY_ID.fullmatch(key_id) or len(keys[key_id]) != FIELD_KEY_BYTES:
            raise ValueError(form)
    if len(keys) != len(value.replace(",", " ").split()):
        raise ValueError("each key has an id of its own")
    return tuple(keys.items())


def key_file(value: str) -> FieldKeys:
    if not value:
        return ()
    try:
        keys = key_ring(Path(value).expanduser().read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise ValueError("no such file can be read") from None
    if not keys:
        raise ValueError("this file holds no key")
    return keys


def token(value: str) -> str:
    if value and (len(value) < SHORTEST_TOKEN or not value.isascii() or not value.isprintable()):
        raise ValueError(f"say at least {SHORTEST_TOKEN} letters and digits that nobody can guess")
    return value


def database_address(value: str) -> str:
    try:
        conninfo_to_dict(value)
    except ProgrammingError:
        raise ValueError("say an address such as postgresql://user:password@host:5432/jingwei") from None
    return value


def one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError(f"say one of: {', '.join(choices)}")
        return value

    return read
