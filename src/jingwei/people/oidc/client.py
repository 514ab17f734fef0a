"""Talking to a provider: where it is, what it has signed, and whether that is for us, for this try, and still good.

Nothing that it answers is believed before its signature fits one of its published keys.
"""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import structlog
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from jingwei.kernel.public import Refused, SignInProvider, clock, open_client

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]  # neither none, nor a shared secret
SCOPE = "openid profile"
LEEWAY = 60
KEPT = 3600.0
KEYS_AGAIN_AFTER = 60.0
LONGEST_SUBJECT = 255

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Started:
    """`address` is where the browser goes; the rest stays in its session until it is back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Known:
    """Whom a provider vouches for."""

    issuer: str
    subject: str
    username: str


class Untrue(Exception):  # noqa: N818 - it is no error of the program
    """What a provider answered does not hold. The message is for the log: no token, no name."""


def start(provider: SignInProvider, back: str) -> Started:
    """Where to send the browser, which comes back to `back`. Refused if the provider cannot be reached."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _number in range(3))
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": state,
        "nonce": nonce,
        "code_challenge": _challenge(verifier),
        "code_challenge_method": "S256",
    }
    try:
        where = _metadata(provider)["authorization_endpoint"]
    except (httpx.HTTPError, Untrue) as problem:
        raise _unreachable(provider, problem) from problem
    joint = "&" if urlsplit(where).query else "?"
    return Started(f"{where}{joint}{urlencode(asked)}", state, nonce, verifier)


def finish(provider: SignInProvider, code: str, *, back: str, nonce: str, verifier: str) -> Known:
    """Whom the code is for. Refused, in words that say nothing of the reason, if anything about it does not hold."""
    try:
        token = _exchange(provider, code, back, verifier)
        claims = _verified(provider, token, nonce)
    except httpx.HTTPError as problem:
        raise _unreachable(provider, problem) from problem
    except (Untrue, JoseError, ValueError) as problem:
        log.warning("sign-in by another site refused", provider=provider.key, reason=type(problem).__name__)
        raise Refused(_("%(site)s did not confirm who you are. Try again.") % {"site": label_of(provider)}) from problem
    return Known(provider.issuer, claims["sub"], str(claims.get(provider.username_claim, "")))


def label_of(provider: SignInProvider) -> str:
    """What the provider is called, in the reader's language."""
    return provider.label_en if (get_language() or "").startswith("en") else provider.label


def _exchange(provider: SignInProvider, code: str, back: str, verifier: str) -> str:
    metadata = _metadata(provider)
    given = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    methods = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    with open_client() as client:
        if "client_secret_basic" in methods:
            sender: dict[str, Any] = {"auth": (provider.client_id, provider.client_secret)}
        else:
            given |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
            sender = {}
        answer = client.post(metadata["token_endpoint"], data=given, follow_redirects=False, **sender)
    token = _read(answer).get("id_token")
    if not isinstance(token, str):
        raise Untrue("no ID token")
    return token


def _verified(provider: SignInProvider, token: str, nonce: str) -> dict[str, Any]:
    """The claims of an ID token that is signed by the provider, for us, for this try, and still good."""
    registry = jwt.JWTClaimsRegistry(
        now=int(clock.now().timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
        sub={"essential": True},
    )
    claims = _decoded(provider, token)
    registry.validate(claims)
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != provider.client_id:
        raise Untrue("for several, and not handed to us")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Untrue("no subject")
    return claims


def _decoded(provider: SignInProvider, token: str) -> dict[str, Any]:
    """With a key that is not known yet, the provider's keys are fetched once more: it may have changed them."""
    try:
        return jwt.decode(token, _keys(provider), algorithms=ALGORITHMS).claims
    except (JoseError, ValueError):
        if not _forget_keys(provider):
            raise
    return jwt.decode(token, _keys(provider), algorithms=ALGORITHMS).claims


@dataclass(frozen=True)
class _Fetched:
    at: float
    content: dict[str, Any]


_fetched: dict[str, _Fetched] = {}
_lock = Lock()


def forget_everything() -> None:
    """What providers have said is asked for again."""
    with _lock:
        _fetched.clear()


def _metadata(provider: SignInProvider) -> dict[str, Any]:
    """What the provider says of itself. Untrue if it speaks for another."""
    content = _get(f"{provider.issuer}/.well-known/openid-configuration")
    if str(content.get("issuer", "")).rstrip("/") != provider.issuer:
        raise Untrue("another issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        where = content.get(name)
        if not isinstance(where, str) or urlsplit(where).scheme not in ("https", urlsplit(provider.issuer).scheme):
            raise Untrue(f"no {name}")
    return content


def _keys(provider: SignInProvider) -> KeySet:
    return KeySet.import_key_set(_get(_metadata(provider)["jwks_uri"]))  # type: ignore[arg-type] # read as it came


def _forget_keys(provider: SignInProvider) -> bool:
    """Whether the keys were old enough to be worth another look."""
    where = _metadata(provider)["jwks_uri"]
    with _lock:
        is_old = where in _fetched and monotonic() - _fetched[where].at >= KEYS_AGAIN_AFTER
        if is_old:
            del _fetched[where]
    return is_old


def _get(address: str) -> dict[str, Any]:
    """JSON from `address`, kept for an hour."""
    with _lock:
        kept = _fetched.get(address)
    if kept is not None and monotonic() - kept.at < KEPT:
        return kept.content
    with open_client() as client:
        content = _read(client.get(address, headers={"accept": "application/json"}))
    with _lock:
        _fetched[address] = _Fetched(monotonic(), content)
    return content


def _read(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code != httpx.codes.OK:
        raise Untrue(f"answered {answer.status_code}")
    try:
        content = answer.json()
    except ValueError as problem:
        raise Untrue("no JSON") from problem
    if not isinstance(content, Mapping):
        raise Untrue("no object")
    return dict(content)


def _challenge(verifier: str) -> str:
    """RFC 7636, S256."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _unreachable(provider: SignInProvider, problem: Exception) -> Refused:
    log.warning("sign-in provider cannot be reached", provider=provider.key, reason=type(problem).__name__)
    return Refused(_("%(site)s cannot be reached now. Sign in another way.") % {"site": label_of(provider)})
