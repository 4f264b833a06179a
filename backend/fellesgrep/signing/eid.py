"""A signatory logs in at ID-porten: the attempt, and what came of it.

An attempt lives for ten minutes, once, for one link, in one browser. The table holds the hash of
its `state` and of the browser's secret, which only a cookie holds; nonce and PKCE verifier are
derived from that secret. So whoever reads the table can finish no log-in, and whoever is sent
somebody else's address at ID-porten brings their log-in to nobody's link but their own.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import ForeignKey, delete
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.audit import code, ref
from fellesgrep.core.db import Base, Row
from fellesgrep.core.problems import NotFound
from fellesgrep.core.registry import Slot
from fellesgrep.core.secret_files import random_key
from fellesgrep.core.tx import House, Tx
from fellesgrep.identity import eid as id_porten
from fellesgrep.identity.eid import EidFailed, Identified, Question, Why
from fellesgrep.identity.settings import IDENTITY, EidSettings
from fellesgrep.portal import links
from fellesgrep.portal.models import PortalLink
from fellesgrep.portal.service import history_of
from fellesgrep.signing import eid_rules, method_results
from fellesgrep.signing.methods import AUTHENTICATED_EID
from fellesgrep.signing.models import SigningRequest
from fellesgrep.signing.sending import subject_of
from fellesgrep.signing.settings import SIGNING

log = structlog.get_logger(__name__)

CALLBACK = "/p/eid/callback"
ATTEMPT_LIFETIME = timedelta(minutes=10)
RESULT_LIFETIME = timedelta(minutes=15)
KEY_FILE = "eid-person-key"
OTHER_PERSON = "other_person"

BIRTH_DATES: Slot[Callable[[Tx, SigningRequest], date | None]] = Slot("birth dates of signatories")
"""Who can know from a register when a signatory was born."""


class EidAttempt(Base, Row):
    """A log-in that is under way at ID-porten."""

    __tablename__ = "eid_attempt"
    state_hash: Mapped[str] = mapped_column(unique=True)
    browser_hash: Mapped[str]
    link_id: Mapped[UUID] = mapped_column(ForeignKey("portal_link.id"), index=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]


@dataclass(frozen=True)
class Begun:
    """Where the browser goes, and the state and secret that it must bring back."""

    address: str
    state: str
    browser: str


def settings_of(house: House) -> EidSettings:
    """Return how ID-porten is set up here; raises `NotFound`."""
    found = house.settings(IDENTITY).eid
    if found is None:
        raise NotFound("core.problem.not_found")
    return found


def is_set_up(house: House) -> bool:
    """Tell whether anybody can log in with an electronic ID here."""
    return house.settings(IDENTITY).eid is not None


def hashed(secret: str) -> str:
    """Return how a secret of an attempt is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _question(state: str, browser: str) -> Question:
    def derived(purpose: str) -> str:
        return hmac.new(browser.encode(), purpose.encode(), hashlib.sha256).hexdigest()

    return Question(state, nonce=derived("nonce"), verifier=derived("verifier"))


def _redirect_uri(house: House) -> str:
    return house.settings(IDENTITY).public_url + CALLBACK


def begin(tx: Tx, link: PortalLink, *, language: str) -> Begun:
    """Ask for a log-in that answers to this link alone; raises `EidFailed`."""
    state, browser = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    asked_at = tx.house.settings(SIGNING).clock.now()
    address = id_porten.begin(
        settings_of(tx.house),
        _redirect_uri(tx.house),
        _question(state, browser),
        language=language,
    )
    method_results.forget_unused(tx)
    tx.session.execute(delete(EidAttempt).where(EidAttempt.expires_at < tx.now()))
    tx.session.add(
        EidAttempt(
            state_hash=hashed(state),
            browser_hash=hashed(browser),
            link_id=link.id,
            asked_at=asked_at,
            expires_at=tx.now() + ATTEMPT_LIFETIME,
        )
    )
    return Begun(address, state, browser)


def take(tx: Tx, state: str, *, browser: str, token: str) -> tuple[EidAttempt, PortalLink] | None:
    """Use up the attempt of a state; None where it is not this browser's, for this link, now."""
    attempt = tx.session.scalar(
        delete(EidAttempt)
        .where(EidAttempt.state_hash == hashed(state), EidAttempt.expires_at > tx.now())
        .returning(EidAttempt)
    )
    link = links.find(tx, token)
    if attempt is None or link is None or not links.is_open(link, tx.now()):
        return None
    mine = hmac.compare_digest(attempt.browser_hash, hashed(browser))
    return (attempt, link) if mine and attempt.link_id == link.id else None


def finish(
    tx: Tx, attempt: EidAttempt, *, state: str, browser: str, answer_code: str, issuer: str
) -> Identified:
    """Return who logged in, by the code that came back; raises `EidFailed`."""
    settings = settings_of(tx.house)
    if not id_porten.answers_for(settings, issuer):
        raise EidFailed(Why.INVALID, "the answer names another issuer")
    return id_porten.finish(
        settings,
        _redirect_uri(tx.house),
        _question(state, browser),
        code=answer_code,
        asked_at=attempt.asked_at,
        now=tx.house.settings(SIGNING).clock.now(),
    )


def keep(tx: Tx, request: SigningRequest, link: PortalLink, identified: Identified) -> bool:
    """Keep what the signature will need; False where a register knows somebody else by the name."""
    born_on = _birth_date(tx, request)
    if born_on and not eid_rules.birth_date_agrees(identified.national_id, born_on):
        note_failure(tx, request, link, OTHER_PERSON)
        return False
    facts = eid_rules.facts_of(
        identified,
        key=person_key(tx.house),
        salt=secrets.token_hex(16),
        born_on=born_on,
    )
    method_results.keep(tx, request, link, AUTHENTICATED_EID, facts, lifetime=RESULT_LIFETIME)
    _note(tx, request, link, "identified", f"signing.level.{facts['level']}")
    return True


def person_key(house: House) -> bytes:
    """Return the key of the digests that stand for national identity numbers."""
    return random_key(house.settings(SIGNING).data_dir / KEY_FILE)


def _birth_date(tx: Tx, request: SigningRequest) -> date | None:
    for known in tx.house.registry.all(BIRTH_DATES).values():
        if (found := known(tx, request)) is not None:
            return found
    return None


def note_failure(tx: Tx, request: SigningRequest, link: PortalLink, why: str) -> None:
    """Put on record that somebody logged in, or tried to, and signed nothing by it."""
    _note(tx, request, link, "not_identified", f"signing.eid_why.{why}")


def _note(tx: Tx, request: SigningRequest, link: PortalLink, kind: str, what: str) -> None:
    data = {"party": ref("signing_request", request.id), "how": code(what)}
    tx.audit(f"signing:{kind}", history_of(tx, link), data, also=[subject_of(request)])
