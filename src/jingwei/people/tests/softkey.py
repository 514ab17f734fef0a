"""A passkey device in software, which answers as browsers do."""

import json
import secrets
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url, encode_cbor

ORIGIN, HOST = "https://jingwei.test", "jingwei.test"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftKey:
    """`is_verified`: whether it asks its owner for face, finger or number."""

    def __init__(self, *, origin: str = ORIGIN, host: str = HOST, is_verified: bool = True) -> None:
        self.origin, self.host, self.is_verified = origin, host, is_verified
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.counter = 0

    def make(self, options: str) -> str:
        client = self._client("webauthn.create", options)
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + encode_cbor(cose)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + credential}
        return self._answer(
            clientDataJSON=client, attestationObject=encode_cbor(attestation), transports=["internal", "telepathy"]
        )

    def show(self, options: str) -> str:
        self.counter += 1
        client, data = self._client("webauthn.get", options), self._data()
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.is_verified else 0)
        return sha256(self.host.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _client(self, kind: str, options: str) -> bytes:
        return json.dumps(
            {"type": kind, "challenge": json.loads(options)["challenge"], "origin": self.origin, "crossOrigin": False}
        ).encode()

    def _answer(self, *, transports: list[str] | None = None, **parts: bytes) -> str:
        response = {name: bytes_to_base64url(part) for name, part in parts.items()}
        response |= {"transports": transports} if transports else {}
        named = bytes_to_base64url(self.id)
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": response})
