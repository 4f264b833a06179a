"""Log-in at the municipality's OpenID Connect provider: code flow with PKCE, by Authlib.

An attempt lives in the database for ten minutes under the hash of its `state`, and in one
browser: a cookie holds the other half of the secret, so that a link with somebody else's code
logs nobody in. The provider's `sub` is bound to a person at the first log-in, by an e-mail
address that the provider has verified.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any

import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.sync_app import BaseApp, OAuth2Mixin
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.httpx_client import OAuth2Client
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from httpx2 import HTTPError
from joserfc.errors import JoseError
from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Row
from fellesgrep.core.problems import NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.identity.access import hash_token, public
from fellesgrep.identity.models import Person
from fellesgrep.identity.sessions import log_in, person_by_email, set_session_cookie
from fellesgrep.identity.settings import IDENTITY, IdentitySettings, OidcSettings

log = structlog.get_logger(__name__)
router = APIRouter(prefix="/auth/oidc", tags=["identity"])

ATTEMPT_COOKIE = "fellesgrep_login"
ATTEMPT_LIFETIME = timedelta(minutes=10)
CALLBACK = "/auth/oidc/callback"


class LoginAttempt(Base, Row):
    """A log-in that is under way at the provider."""

    __tablename__ = "login_attempt"
    state_hash: Mapped[str] = mapped_column(unique=True)
    browser_hash: Mapped[str]
    nonce: Mapped[str]
    code_verifier: Mapped[str]
    expires_at: Mapped[datetime]


class Provider(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]
    """Authlib's OpenID Connect client on httpx, without a web framework's session."""

    client_cls = OAuth2Client


@dataclass(frozen=True)
class Claims:
    """What the provider says of the person who logged in."""

    issuer: str
    subject: str
    verified_email: str | None


class OidcFailed(Exception):
    """The provider refused, could not be reached, or sent what does not hold."""


@lru_cache(maxsize=4)
def _provider(issuer: str, client_id: str, client_secret: str | None, scope: str) -> Provider:
    return Provider(
        None,
        name="municipality",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": scope, "code_challenge_method": "S256", "timeout": 10},
    )


def _provider_for(settings: OidcSettings) -> Provider:
    secret = settings.client_secret.get_secret_value() if settings.client_secret else None
    return _provider(settings.issuer, settings.client_id, secret, settings.scope)


def _required(settings: IdentitySettings) -> OidcSettings:
    if settings.oidc is None:
        raise NotFound("core.problem.not_found")
    return settings.oidc


def _failed(problem: str) -> RedirectResponse:
    return RedirectResponse(f"/login?problem={problem}", 303)


def begin(tx: Tx, settings: IdentitySettings) -> tuple[str, str]:
    """Write down a new attempt; returns the provider's address and the browser's secret."""
    provider = _provider_for(_required(settings))
    try:
        asked: dict[str, Any] = provider.create_authorization_url(settings.public_url + CALLBACK)
    except (HTTPError, AuthlibBaseError, ValueError) as error:
        raise OidcFailed(str(error)) from error
    browser = secrets.token_urlsafe(32)
    tx.session.execute(delete(LoginAttempt).where(LoginAttempt.expires_at < tx.now()))
    tx.session.add(
        LoginAttempt(
            state_hash=hash_token(asked["state"]),
            browser_hash=hash_token(browser),
            nonce=asked["nonce"],
            code_verifier=asked["code_verifier"],
            expires_at=tx.now() + ATTEMPT_LIFETIME,
        )
    )
    return asked["url"], browser


def finish(
    tx: Tx, settings: IdentitySettings, *, state: str, code: str, browser: str | None
) -> Claims:
    """Use up the attempt of `state` and return the provider's verified claims.

    Raises `OidcFailed` for a state that is unknown, over, used, or of another browser.
    """
    oidc = _required(settings)
    attempt = tx.session.scalar(
        delete(LoginAttempt)
        .where(LoginAttempt.state_hash == hash_token(state), LoginAttempt.expires_at > tx.now())
        .returning(LoginAttempt)
    )
    if attempt is None or hash_token(browser or "") != attempt.browser_hash:
        raise OidcFailed("the attempt is unknown, over, used or of another browser")
    provider = _provider_for(oidc)
    try:
        token = provider.fetch_access_token(
            settings.public_url + CALLBACK, code=code, code_verifier=attempt.code_verifier
        )
        info = provider.parse_id_token(token, nonce=attempt.nonce)
        if info is None:
            raise OidcFailed("the provider sent no ID token")
        facts = dict(info)
        if "email" not in facts:
            facts |= dict(provider.userinfo(token=token))
    except (HTTPError, AuthlibBaseError, JoseError, ValueError) as error:
        raise OidcFailed(str(error)) from error
    verified = facts.get("email_verified") is True
    return Claims(facts["iss"], facts["sub"], facts.get("email") if verified else None)


def person_of(tx: Tx, claims: Claims) -> Person | None:
    """Return whom the claims belong to; binds a first log-in by its verified e-mail address."""
    known = tx.session.scalar(
        select(Person).where(Person.issuer == claims.issuer, Person.subject == claims.subject)
    )
    if known is not None or claims.verified_email is None:
        return known
    person = person_by_email(tx, claims.verified_email)
    if person is None or person.subject is not None:
        return None
    person.issuer, person.subject = claims.issuer, claims.subject
    return person


@router.get("/login", include_in_schema=False)
def login(tx: Annotated[Tx, public("login:use")]) -> RedirectResponse:
    """Send the browser to the provider."""
    settings = tx.house.settings(IDENTITY)
    try:
        url, browser = begin(tx, settings)
    except OidcFailed as error:
        log.warning("log-in could not begin", reason=str(error))
        return _failed("oidc_failed")
    answer = RedirectResponse(url, 303)
    answer.set_cookie(
        settings.cookie(ATTEMPT_COOKIE),
        browser,
        max_age=int(ATTEMPT_LIFETIME.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )
    return answer


@router.get("/callback", include_in_schema=False)
def callback(
    request: Request,
    tx: Annotated[Tx, public("login:use")],
    state: Annotated[str, Query(max_length=500)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
) -> RedirectResponse:
    """Take the provider's answer; logs in, or says on the log-in page why not."""
    settings = tx.house.settings(IDENTITY)
    name = settings.cookie(ATTEMPT_COOKIE)
    browser = request.cookies.get(name)
    try:
        claims = finish(tx, settings, state=state, code=code, browser=browser)
    except OidcFailed as error:
        log.warning("log-in failed", reason=str(error))
        return _failed("oidc_failed")
    person = person_of(tx, claims)
    if person is None or not person.active:
        return _failed("unknown_person")
    answer = RedirectResponse("/", 303)
    set_session_cookie(answer, log_in(tx, person, "oidc"), settings)
    answer.delete_cookie(name, secure=settings.secure_cookies)
    return answer
