"""What a push service is given: a message that only the browser opens (RFC 8291), and our name to it (RFC 8292)."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

CURVE = ec.SECP256R1()
POINT_BYTES = 65
SECRET_BYTES = 16
SALT_BYTES = 16
RECORD_BYTES = 4096
LAST_RECORD = b"\x02"
MOST_BYTES = 3000
"""Of a message before it is sealed: push services take 4096 bytes of the sealed one."""
TOKEN_LIVES = timedelta(hours=12)


def seal(message: bytes, browser_key: str, browser_secret: str) -> bytes:
    """`message` as one record of `aes128gcm`, for the browser that gave out these two. ValueError for nonsense."""
    return _sealed(message, browser_key, browser_secret, ec.generate_private_key(CURVE), os.urandom(SALT_BYTES))


def _sealed(
    message: bytes, browser_key: str, browser_secret: str, own: ec.EllipticCurvePrivateKey, salt: bytes
) -> bytes:
    theirs, secret = read_browser(browser_key, browser_secret)
    sender = point(own.public_key())
    info = b"WebPush: info\x00" + point(theirs) + sender
    shared = HKDF(SHA256(), 32, salt=secret, info=info).derive(own.exchange(ec.ECDH(), theirs))
    key = HKDF(SHA256(), 16, salt=salt, info=b"Content-Encoding: aes128gcm\x00").derive(shared)
    nonce = HKDF(SHA256(), 12, salt=salt, info=b"Content-Encoding: nonce\x00").derive(shared)
    head = salt + RECORD_BYTES.to_bytes(4) + bytes([len(sender)]) + sender
    return head + AESGCM(key).encrypt(nonce, message + LAST_RECORD, None)


def read_browser(key: str, secret: str) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    """The two values of a browser's subscription. ValueError where they are none."""
    read = from_base64(secret)
    if len(read) != SECRET_BYTES:
        raise ValueError("the secret of a browser has 16 bytes")
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, from_base64(key)), read


def introduction(endpoint: str, private: bytes, subject: str, now: datetime) -> str:
    """The header `Authorization` by which the service at `endpoint` knows us."""
    place = urlsplit(endpoint)
    own = signing_key(private)
    claims = {
        "aud": f"{place.scheme}://{place.netloc}",
        "exp": int((now + TOKEN_LIVES).timestamp()),
        "sub": subject,
    }
    token = jwt.encode({"alg": "ES256", "typ": "JWT"}, claims, ECKey.import_key(own))
    return f"vapid t={token}, k={public_key(private)}"


def public_key(private: bytes) -> str:
    """What a browser is given when it agrees, so that only we can send to it."""
    return to_base64(point(signing_key(private).public_key()))


def signing_key(private: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(private), CURVE)


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def to_base64(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def from_base64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
