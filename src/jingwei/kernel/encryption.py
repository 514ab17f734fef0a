"""Columns that the database, its dumps and its logs never show in plain: AES-256-GCM under a ring of keys.

A value is kept as one byte of version, the length and the id of its key, a nonce of 12 bytes and the ciphertext. The
name of its table and column is authenticated with it, so that a value cannot be moved to where others may read it.
Whether two are equal cannot be seen either; what must be found by its exact value has a keyed digest beside it
(`BlindIndexField`). `manage.py rotate_field_keys` takes a new key into use.
"""

import hmac
import os
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db.models import BinaryField, Field, Lookup, Model

from jingwei.kernel.environment import environment
from jingwei.kernel.readers import FieldKeys

VERSION = b"\x01"
NONCE_BYTES = 12
INDEX_BYTES = 16


class Unreadable(Exception):  # noqa: N818 - a state, like Refused
    """A value that no key of the ring opens: its key is missing, or it was changed or moved."""


@dataclass(frozen=True, repr=False)
class Key:
    """One key of the ring: apart for encryption and for digests, so that neither says anything about the other."""

    id: str
    head: bytes  # with which every value begins that it encrypted
    cipher: AESGCM
    index: bytes

    @classmethod
    def of(cls, key_id: str, secret: bytes) -> "Key":
        head = VERSION + bytes([len(key_id)]) + key_id.encode()
        return cls(key_id, head, AESGCM(_derived(secret, "encryption")), _derived(secret, "index"))

    def digest(self, value: str, purpose: str) -> bytes:
        return hmac.digest(self.index, f"{purpose}\0{value}".encode(), "sha256")[:INDEX_BYTES]


def _derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"jingwei.field.{purpose}".encode()).derive(secret)


@lru_cache(maxsize=8)
def _ring(keys: FieldKeys) -> dict[str, Key]:
    return {key_id: Key.of(key_id, secret) for key_id, secret in keys}


def ring() -> dict[str, Key]:
    """The keys of this process by id; the last encrypts."""
    return _ring(environment().ring)


def current_key() -> Key:
    return next(reversed(ring().values()))


def encrypt(text: str, place: str) -> bytes:
    """`text` for `place` (table.column) alone. Nothing stays nothing: empty text is kept as no bytes."""
    if not text:
        return b""
    key, nonce = current_key(), os.urandom(NONCE_BYTES)
    return key.head + nonce + key.cipher.encrypt(nonce, text.encode(), place.encode())


def decrypt(value: bytes, place: str) -> str:
    """What `encrypt` was given. Unreadable says which key is missing, or that the value is not as it was."""
    if not value:
        return ""
    head = 2 + value[1] if len(value) > 1 else 2
    key = ring().get(value[2:head].decode("ascii", "replace"))
    if key is None or value[:1] != VERSION:
        raise Unreadable(
            f"A value of {place} was encrypted with the key “{key_id(value)}”, which JINGWEI_FIELD_KEYS does not hold. "
            "Put it back, before the key that encrypts."
        )
    nonce, sealed = value[head : head + NONCE_BYTES], value[head + NONCE_BYTES :]
    try:
        return key.cipher.decrypt(nonce, sealed, place.encode()).decode()
    except (InvalidTag, ValueError):
        raise Unreadable(f"A value of {place} was changed, or comes from another column.") from None


def key_id(value: bytes) -> str:
    """Which key encrypted `value`."""
    return value[2 : 2 + value[1]].decode("ascii", "replace") if len(value) > 1 else ""


def blind_index(value: str, purpose: str) -> bytes:
    """A digest by which exactly `value` is found again, under the key that encrypts."""
    return current_key().digest(value, purpose)


def blind_indexes(value: str, purpose: str) -> list[bytes]:
    """The digests of `value` under every key of the ring: rows are found while a new key is taken into use."""
    return [key.digest(value, purpose) for key in ring().values()]


class EncryptedField(Field):  # type: ignore[type-arg]  # generic in the stubs only
    """Text that is encrypted in the database. It cannot be searched or sorted, only be there or not.

    `max_length` is what the text may have, for whoever checks it: the database sees bytes.
    """

    _pyi_private_set_type: str
    _pyi_private_get_type: str
    description = "Encrypted text"
    LOOKUPS: ClassVar[Collection[str]] = ("isnull", "held")

    def get_internal_type(self) -> str:
        return "BinaryField"

    @property
    def place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"  # noqa: SLF001

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in self.LOOKUPS else None

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002 - Django's
        return None if value is None else encrypt(value, self.place)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:  # noqa: ARG002 - Django's
        return None if value is None else decrypt(bytes(value), self.place)


@EncryptedField.register_lookup
class Held(Lookup):
    """`phone__held=True`: rows in which there is something."""

    lookup_name = "held"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, given = self.process_lhs(compiler, connection)
        return f"(coalesce(length({column}), 0) > 0) = %s", [*given, bool(self.rhs)]


class BlindIndexField(BinaryField):  # type: ignore[type-arg]  # generic in the stubs only
    """The keyed digest of the field `of` of the same row, by which it is found: set whenever the row is saved.

    `QuerySet.update` sets nothing by itself: whoever uses it names both columns.
    """

    def __init__(self, *args: Any, of: str, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"editable": False, **kwargs})
        self.of, self.purpose = of, purpose

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of, "purpose": self.purpose}

    def pre_save(self, model_instance: Model, add: bool) -> Any:  # noqa: ARG002, FBT001 - Django's
        value = getattr(model_instance, self.of)
        digest = blind_index(value, self.purpose) if value else None
        setattr(model_instance, self.attname, digest)
        return digest

    def under_any_key(self, value: str) -> list[bytes]:
        """What this column may hold for `value`."""
        return blind_indexes(value, self.purpose)
