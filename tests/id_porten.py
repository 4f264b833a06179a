"""ID-porten for tests: a certified provider that answers rightly, and one that is told to lie."""

import hashlib
import hmac
import json
import re
import shutil
import subprocess
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.product import free_port

SCRIPT = Path(__file__).parent / "oidc" / "id_porten.mjs"
CLIENT_ID = "fellesgrep-eid"
KARI = "13097248022"
"""A made-up number of somebody born on 13 September 1972; nobody has it."""


@dataclass(frozen=True)
class Organisation:
    """The municipality's key at ID-porten: the private half in a file, and what ID-porten knows."""

    key_file: Path
    jwks_file: Path


def make_organisation(folder: Path) -> Organisation:
    """Make a key; the private half is a JWK with its id, as ID-porten's self-service gives it."""
    key = RSAKey.generate_key(2048, {"kid": "municipality-2026", "use": "sig", "alg": "RS256"})
    made = Organisation(folder / "eid-key.json", folder / "eid-jwks.json")
    made.key_file.write_text(json.dumps(key.as_dict(private=True)))
    made.key_file.chmod(0o600)
    made.jwks_file.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    return made


@contextmanager
def certified_provider(own_url: str, organisation: Organisation, *, port: int = 0) -> Iterator[str]:
    """Run npm's oidc-provider set up as ID-porten is; yields its issuer."""
    port, node = port or free_port(), shutil.which("node") or "node"
    with subprocess.Popen(
        [node, str(SCRIPT), str(port), own_url, str(organisation.jwks_file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert any("listening" in line for line in iter(process.stdout.readline, ""))
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def log_in_there(
    address: str, own_url: str, *, pid: str = KARI, acr: str = "", cancel: bool = False
) -> str:
    """Log in as a browser would; returns the address that ID-porten sends the browser back to."""
    with httpx2.Client(timeout=20) as browser:
        answer = browser.get(address)
        while True:
            while answer.is_redirect:
                target = urljoin(str(answer.url), answer.headers["location"])
                if target.startswith(own_url):
                    return target
                answer = browser.get(target)
            assert "ID-porten for prøver" in answer.text, answer.text
            asked = re.search(r"<option selected>([\w-]+)", answer.text)
            level = acr or (asked[1] if asked else "")
            act = "cancel" if cancel else "login"
            answer = browser.post(str(answer.url), data={"pid": pid, "acr": level, "act": act})


@dataclass
class Liar:
    """A provider that signs what a test tells it to: `claims` replace those of an honest answer."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "its-own"}))
    signing_key: RSAKey | None = None
    algorithm: str = "RS256"
    claims: dict[str, Any] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    status: int = 200
    pushed: list[dict[str, str]] = field(default_factory=list)
    codes: int = 0

    def token(self) -> dict[str, Any]:
        """Return the token answer to the newest pushed request."""
        asked, now = self.pushed[-1], int(time.time())
        honest = {
            "iss": self.issuer,
            "aud": asked["client_id"],
            "sub": "pairwise-1",
            "pid": KARI,
            "acr": asked["acr_values"],
            "amr": ["BankID"],
            "nonce": asked["nonce"],
            "auth_time": now,
            "iat": now,
            "exp": now + 120,
        }
        claims = {
            name: value
            for name, value in (honest | self.claims).items()
            if name not in self.left_out
        }
        return {
            "access_token": "opaque",
            "token_type": "Bearer",
            "id_token": self._signed(claims),
        }

    def _signed(self, claims: dict[str, Any]) -> str:
        head = {"alg": self.algorithm, "kid": "its-own"}
        if self.algorithm in {"RS256", "PS256"}:
            key = self.signing_key or self.key
            return jwt.encode(head, claims, key, algorithms=[self.algorithm])
        text = ".".join(_base64(json.dumps(each).encode()) for each in (head, claims))
        secret = self.key.as_pem(private=False)  # what everybody knows
        forged = hmac.digest(secret, text.encode(), "sha256") if self.algorithm == "HS256" else b""
        return f"{text}.{_base64(forged)}"


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


@contextmanager
def lying_provider() -> Iterator[Liar]:
    """Run a provider over HTTP that tells what it is told to tell."""
    liar = Liar()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.endswith("openid-configuration"):
                self._answer(
                    {
                        "issuer": liar.issuer,
                        "authorization_endpoint": f"{liar.issuer}/authorize",
                        "pushed_authorization_request_endpoint": f"{liar.issuer}/par",
                        "token_endpoint": f"{liar.issuer}/token",
                        "jwks_uri": f"{liar.issuer}/jwks",
                        "id_token_signing_alg_values_supported": ["RS256", "HS256", "PS256"],
                    }
                )
            else:
                self._answer({"keys": [liar.key.as_dict(private=False)]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            asked = {name: values[0] for name, values in parse_qs(body).items()}
            if liar.status != httpx2.codes.OK:
                self._answer({"error": "server_error"}, liar.status)
            elif self.path == "/par":
                liar.pushed.append(asked)
                self._answer({"request_uri": f"urn:x:{len(liar.pushed)}", "expires_in": 60}, 201)
            else:
                self._redeem(asked)

        def _redeem(self, asked: dict[str, str]) -> None:
            digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
            challenge = _base64(digest)
            if challenge != liar.pushed[-1]["code_challenge"] or liar.codes:
                self._answer({"error": "invalid_grant"}, 400)
                return
            liar.codes += 1
            self._answer(liar.token())

        def _answer(self, content: dict[str, Any], status: int = 200) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    liar.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield liar
    server.shutdown()
    server.server_close()


def state_of(address: str) -> str:
    """Return the state in an address that ID-porten sends a browser back to."""
    return parse_qs(urlsplit(address).query)["state"][0]
