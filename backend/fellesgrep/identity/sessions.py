"""Log-in sessions: a random token in the cookie, its hash in the database."""

import secrets
from datetime import timedelta

from fastapi import Response
from sqlalchemy import delete, func, select

from fellesgrep.core.audit import Actor, Subject
from fellesgrep.core.problems import Forbidden
from fellesgrep.core.tx import Tx
from fellesgrep.identity.access import SESSION_COOKIE, hash_token
from fellesgrep.identity.models import LoginSession, Person
from fellesgrep.identity.settings import IdentitySettings

LIFETIME = timedelta(hours=10)


def log_in(tx: Tx, person: Person, method: str) -> str:
    """Start a session and return the cookie's token; raises `Forbidden` for inactive people."""
    if not person.active:
        raise Forbidden("identity.problem.inactive")
    token = secrets.token_urlsafe(32)
    tx.session.execute(delete(LoginSession).where(LoginSession.expires_at < tx.now()))
    tx.session.add(
        LoginSession(
            token_hash=hash_token(token),
            person_id=person.id,
            method=method,
            created_at=tx.now(),
            expires_at=tx.now() + LIFETIME,
        )
    )
    tx.acting_as(Actor("person", person.id)).audit("person:logged_in", Subject("person", person.id))
    return token


def log_out(tx: Tx, token: str) -> None:
    """End the session of a token."""
    tx.session.execute(delete(LoginSession).where(LoginSession.token_hash == hash_token(token)))


def person_by_email(tx: Tx, email: str) -> Person | None:
    """Return the person with an e-mail address, whatever its case."""
    return tx.session.scalar(select(Person).where(func.lower(Person.email) == email.lower()))


def set_session_cookie(response: Response, token: str, settings: IdentitySettings) -> None:
    """Hand the browser its session: not readable by scripts, not sent by other sites' forms."""
    response.set_cookie(
        settings.cookie(SESSION_COOKIE),
        token,
        max_age=int(LIFETIME.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )
