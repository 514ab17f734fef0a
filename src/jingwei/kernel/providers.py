"""Other sites whose word counts at sign-in (OpenID Connect), as JINGWEI_OIDC names them."""

import json
import re
from dataclasses import dataclass, field, fields
from typing import Any

KEY = re.compile(r"[a-z0-9-]{1,20}")
FORM = (
    'say a list such as [{"key": "gov", "label": "…", "label_en": "…", "issuer": "https://…", '
    '"client_id": "…", "client_secret": "…"}], and where they differ "username_claim" and "is_strong"'
)


@dataclass(frozen=True)
class SignInProvider:
    """`username_claim` names people to officers who invite them; `is_strong` says that the provider asks for a second
    factor itself, so that none is asked for here.
    """

    key: str
    label: str
    label_en: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    username_claim: str = "preferred_username"
    is_strong: bool = False


def providers(value: str) -> tuple[SignInProvider, ...]:
    """The providers in a list in JSON. ValueError with what to write instead, and none of what was written."""
    if not value:
        return ()
    try:
        found = tuple(_provider(one) for one in _objects(json.loads(value)))
    except (ValueError, TypeError, KeyError):
        raise ValueError(FORM) from None
    if len({one.key for one in found}) != len(found):
        raise ValueError("each provider has a key of its own")
    return found


def _objects(given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise TypeError
    return given


def _provider(given: dict[str, Any]) -> SignInProvider:
    known = {item.name: item.type for item in fields(SignInProvider)}
    if given.keys() - known.keys():
        raise ValueError
    for name, value in given.items():
        if not isinstance(value, bool if name == "is_strong" else str):
            raise TypeError
    provider = SignInProvider(**{**given, "issuer": given["issuer"].rstrip("/")})
    if not KEY.fullmatch(provider.key) or not provider.issuer.startswith(("https://", "http://127.0.0.1:")):
        raise ValueError
    return provider
