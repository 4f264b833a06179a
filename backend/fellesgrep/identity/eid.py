"""Log-in with an electronic ID at ID-porten, by Authlib: what a partner who signs proves.

Authorization code flow with pushed parameters (RFC 9126), PKCE, and a client that proves itself
with the organisation's own key (`private_key_jwt`). The ID token is taken only when ID-porten
signed it (RS256, keys from the discovery document), for this client, in answer to this very
question (nonce), now, after a log-in made for it, and at the level that was asked for.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.rfc7523 import PrivateKeyJWT, private_key_jwt_sign
from httpx2 import HTTPError, HTTPStatusError
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from fellesgrep.identity.oidc import Provider
from fellesgrep.identity.settings import EidSettings

SUBSTANTIAL, HIGH = "idporten-loa-substantial", "idporten-loa-high"
LEVELS = {SUBSTANTIAL: "substantial", HIGH: "high"}
"""What ID-porten calls a level → our word for it, from the weaker to the stronger."""

PATIENCE_SECONDS = 5
ASSERTION_SECONDS = 60
CLOCKS_APART = timedelta(seconds=60)
LONGEST_LOGIN = timedelta(minutes=10)
_ELEVEN_DIGITS = re.compile("[0-9]{11}")


class Why(StrEnum):
    """Why a log-in proves nothing."""

    UNREACHABLE = "unreachable"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    INVALID = "invalid"
    LEVEL = "level"
    STALE = "stale"
    NOBODY = "nobody"


class EidFailed(Exception):
    """There is no log-in. `detail` is for the log and names nobody."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why} {detail}".strip())
        self.why = why


@dataclass(frozen=True)
class Question:
    """What one log-in is asked with: made for it alone."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identified:
    """What ID-porten says of whoever logged in. `national_id` must be stored nowhere."""

    issuer: str
    subject: str
    national_id: str
    acr: str
    amr: str
    logged_in_at: datetime
    name: str
    id_token_sha256: str

    def __repr__(self) -> str:
        """Name nobody, wherever this comes to be printed."""
        return f"Identified(acr={self.acr!r})"


class _ShortLivedAssertion(PrivateKeyJWT):  # type: ignore[misc]
    """The client's proof of itself; ID-porten takes none that is good for over two minutes."""

    def sign(self, auth: Any, token_endpoint: str) -> str:
        """Return the signed assertion."""
        assertion: str = private_key_jwt_sign(
            auth.client_secret,
            client_id=auth.client_id,
            token_endpoint=token_endpoint,
            header=dict(self.headers),
            expires_in=ASSERTION_SECONDS,
        )
        return assertion


class _EidProvider(Provider):
    """Authlib's client, with what ID-porten demands and what we take from it made narrower."""

    def load_server_metadata(self) -> dict[str, Any]:
        """Return the discovery document; refuses one of somebody else."""
        metadata: dict[str, Any] = super().load_server_metadata()
        if metadata["issuer"].rstrip("/") != self.issuer:
            self.server_metadata.clear()
            raise EidFailed(Why.INVALID, "the discovery document names another issuer")
        metadata["id_token_signing_alg_values_supported"] = ["RS256"]
        assertion = _ShortLivedAssertion(metadata["issuer"], headers=self.assertion_header)
        self.client_auth_methods = [assertion]
        return metadata

    def push(self, redirect_uri: str, **asked: str) -> str:
        """Hand the parameters to the provider; returns the address that the browser goes to."""
        metadata = self.load_server_metadata()
        whole = self.create_authorization_url(redirect_uri, **asked)["url"]
        parameters = dict(parse_qsl(urlsplit(whole).query))
        with self._get_oauth_client(**metadata) as client:
            answer = client.request(
                "POST",
                metadata["pushed_authorization_request_endpoint"],
                data=parameters,
                withhold_token=True,
                auth=client.client_auth("private_key_jwt"),
            )
        answer.raise_for_status()
        query = {"client_id": self.client_id, "request_uri": answer.json()["request_uri"]}
        return f"{metadata['authorization_endpoint']}?{urlencode(query)}"


@lru_cache(maxsize=4)
def _provider(settings: EidSettings) -> _EidProvider:
    issuer, key = settings.issuer.rstrip("/"), load_key(settings)
    provider = _EidProvider(
        None,
        name="id-porten",
        client_id=settings.client_id,
        client_secret=key,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": settings.scope,
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": "private_key_jwt",
            "timeout": PATIENCE_SECONDS,
        },
    )
    provider.issuer = issuer
    key_id = settings.key_id or key.kid
    provider.assertion_header = {"kid": key_id} if key_id else {}
    return provider


def load_key(settings: EidSettings) -> RSAKey:
    """Return the organisation's private key (PEM or JWK); raises `ValueError` or `OSError`."""
    text = settings.key_file.read_text("utf-8")
    try:
        key = RSAKey.import_key(json.loads(text) if text.lstrip().startswith("{") else text)
    except JoseError as error:
        raise ValueError(f"{settings.key_file.name} holds no RSA key: {error.error}") from None
    if not key.is_private:
        raise ValueError(f"{settings.key_file.name} holds no private key")
    return key


def look(settings: EidSettings) -> str:
    """Return where people log in, as ID-porten itself tells it. Raises `EidFailed`."""
    with _failures_told():
        return str(_provider(settings).load_server_metadata()["authorization_endpoint"])


_UNREADABLE = (
    JoseError, ArithmeticError, LookupError, OSError, RuntimeError, TypeError, ValueError,
)  # fmt: skip


@contextmanager
def _failures_told() -> Iterator[None]:
    """Say why something that goes outside this house failed, and name nobody."""
    try:
        yield
    except HTTPStatusError as error:
        status = error.response.status_code
        raise EidFailed(Why.UNREACHABLE if status >= 500 else Why.REFUSED, str(status)) from None
    except HTTPError as error:
        raise EidFailed(Why.UNREACHABLE, type(error).__name__) from None
    except AuthlibBaseError as error:
        raise EidFailed(Why.REFUSED, f"{type(error).__name__} {error.error}") from None
    except _UNREADABLE as error:
        raise EidFailed(Why.INVALID, type(error).__name__) from None


def begin(settings: EidSettings, redirect_uri: str, question: Question, *, language: str) -> str:
    """Ask ID-porten for a log-in; returns where the browser goes. Raises `EidFailed`."""
    with _failures_told():
        return _provider(settings).push(
            redirect_uri,
            state=question.state,
            nonce=question.nonce,
            code_verifier=question.verifier,
            acr_values=settings.acr,
            ui_locales=language,
            prompt="login",
            max_age=str(int(LONGEST_LOGIN.total_seconds())),
        )


def answers_for(settings: EidSettings, issuer: str) -> bool:
    """Tell whether an answer that names its sender (RFC 9207) comes from our provider."""
    return issuer in {"", settings.issuer, settings.issuer.rstrip("/")}


def finish(
    settings: EidSettings,
    redirect_uri: str,
    question: Question,
    *,
    code: str,
    asked_at: datetime,
    now: datetime,
) -> Identified:
    """Exchange the code for the ID token and judge it. Raises `EidFailed`."""
    with _failures_told():
        provider = _provider(settings)
        token: dict[str, Any] = provider.fetch_access_token(
            redirect_uri, code=code, code_verifier=question.verifier
        )
        claims = _claims_of(provider, token, question.nonce)
        if claims is None:
            raise EidFailed(Why.INVALID, "no ID token")
        return judge(
            claims,
            wanted=settings.acr,
            asked_at=asked_at,
            now=now,
            id_token_sha256=hashlib.sha256(token["id_token"].encode()).hexdigest(),
        )


def _claims_of(provider: _EidProvider, token: dict[str, Any], nonce: str) -> dict[str, Any] | None:
    """Return the claims of an ID token that is for us, in time, and answers our question."""
    issuer = provider.load_server_metadata()["issuer"]
    found = provider.parse_id_token(
        token,
        nonce=nonce,
        claims_options={
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": provider.client_id},
            "exp": {"essential": True},
            "auth_time": {"essential": True},
        },
        leeway=int(CLOCKS_APART.total_seconds()),
    )
    return None if found is None else dict(found)


def judge(
    claims: Mapping[str, Any],
    *,
    wanted: str,
    asked_at: datetime,
    now: datetime,
    id_token_sha256: str,
) -> Identified:
    """Return who logged in by valid claims; refuses a low level, an old log-in, and nobody."""
    acr = str(claims.get("acr", ""))
    if not reaches(acr, wanted):
        raise EidFailed(Why.LEVEL, acr if acr in LEVELS else "")
    logged_in_at = datetime.fromtimestamp(int(claims["auth_time"]), UTC)
    if not asked_at - CLOCKS_APART <= logged_in_at <= now + CLOCKS_APART:
        raise EidFailed(Why.STALE)
    national_id = str(claims.get("pid", ""))
    if not _ELEVEN_DIGITS.fullmatch(national_id):
        raise EidFailed(Why.NOBODY)
    amr = claims.get("amr", [])
    return Identified(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        national_id=national_id,
        acr=acr,
        amr=" ".join(map(str, amr)) if isinstance(amr, list) else str(amr),
        logged_in_at=logged_in_at,
        name=str(claims.get("name", "")),
        id_token_sha256=id_token_sha256,
    )


def reaches(acr: str, wanted: str) -> bool:
    """Tell whether a level that was reached is the one asked for, or higher."""
    order = tuple(LEVELS)
    return acr in order and wanted in order and order.index(acr) >= order.index(wanted)
