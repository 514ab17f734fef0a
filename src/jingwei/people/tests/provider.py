"""A small OpenID provider, a program of its own: `python provider.py` prints its port and serves one client.

Its user is always the same. `/fault?is=NAME` makes the next ID token wrong in that way.
"""

import json
import secrets
import sys
import time
from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, SECRET = "jingwei", "a secret between the two"
ALG_NONE = "none"


class Provider(BaseHTTPRequestHandler):
    keys = [RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})]
    stranger = RSAKey.generate_key(2048, {"kid": "stranger"})
    codes: dict[str, dict[str, str]] = {}
    state = {"fault": "", "username": "li.outside", "keys_fetched": 0}

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
        if path == "/.well-known/openid-configuration":
            named = "https://elsewhere.test" if self.state["fault"] == "other_issuer" else self.issuer
            self.answer(
                {
                    "issuer": named,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                }
            )
        elif path == "/keys":
            self.state["keys_fetched"] += 1
            self.answer(KeySet(self.keys).as_dict(private=False))
        elif path == "/authorize":
            code = secrets.token_urlsafe(16)
            self.codes[code] = query
            given = urlencode({"code": code, "state": query["state"]})
            self.send_response(302)
            self.send_header("Location", f"{query['redirect_uri']}?{given}")
            self.end_headers()
        elif path == "/fault":
            self.state["fault"] = query.get("is", "")
            self.answer({})
        elif path == "/turn-keys":
            self.keys[:] = [RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig", "alg": "RS256"})]
            self.answer({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {k: v[0] for k, v in parse_qs(body).items()}
        asked = self.codes.pop(given["code"], None)
        client = b64decode(self.headers.get("Authorization", "Basic ").removeprefix("Basic ")).decode()
        challenge = urlsafe_b64encode(sha256(given["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        is_right = asked and challenge == asked["code_challenge"] and given["redirect_uri"] == asked["redirect_uri"]
        if not is_right or (client != f"{CLIENT}:{SECRET.replace(' ', '+')}" and client != f"{CLIENT}:{SECRET}"):
            self.answer({"error": "invalid_grant"}, 400)
            return
        self.answer({"access_token": "x", "token_type": "Bearer", "id_token": self.token(asked["nonce"])})

    def token(self, nonce: str) -> str:
        now, fault = int(time.time()), self.state["fault"]
        claims = {
            "iss": "https://elsewhere.test" if fault == "issuer" else self.issuer,
            "aud": {"audience": "another", "several": [CLIENT, "another"]}.get(fault, CLIENT),
            "sub": "" if fault == "subject" else "user-17",
            "nonce": "another" if fault == "nonce" else nonce,
            "iat": now,
            "exp": now - 3600 if fault == "expired" else now + 300,
            "preferred_username": self.state["username"],
        }
        for name in ("nonce", "exp", "aud", "sub"):
            if fault == f"no_{name}":
                del claims[name]
        if fault == "alg_none":
            parts = [json.dumps({"alg": ALG_NONE}), json.dumps(claims)]
            return ".".join(urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts) + "."
        if fault == "shared_secret":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET * 2))
        key = self.stranger if fault in ("unknown_key", "forged") else self.keys[0]
        kid = self.keys[0].kid if fault == "forged" else key.kid
        return jwt.encode({"alg": "RS256", "kid": kid}, claims, key)

    def answer(self, content: dict, status: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Quiet."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()
