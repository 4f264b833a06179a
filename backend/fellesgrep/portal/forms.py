"""Forms of the portal: bound to their link, and done once however often they are sent."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from fellesgrep.core.problems import Forbidden
from fellesgrep.core.tx import Tx
from fellesgrep.portal.models import AnsweredForm, PortalLink


@dataclass(frozen=True)
class FormSeal:
    """Two hidden fields: the idempotency key, and the proof that we made it for this link."""

    key: str
    proof: str


def seal_form(link: PortalLink) -> FormSeal:
    """Return the hidden fields of a fresh form."""
    key = secrets.token_urlsafe(16)
    return FormSeal(key, _proof(link, key))


def require_ours(link: PortalLink, seal: FormSeal) -> None:
    """Refuse a form that was not made here for this link; it may come more than once."""
    if not hmac.compare_digest(_proof(link, seal.key).encode(), seal.proof.encode()):
        raise Forbidden("portal.problem.foreign_form")


def claim(tx: Tx, link: PortalLink, seal: FormSeal) -> bool:
    """Claim the one time that a form acts; False when it has acted already.

    Two at once wait for each other here. Raises `Forbidden` for a form that is not ours.
    """
    require_ours(link, seal)
    claimed = tx.session.scalar(
        insert(AnsweredForm)
        .values(link_id=link.id, key=seal.key, answered_at=tx.now())
        .on_conflict_do_nothing()
        .returning(AnsweredForm.key)
    )
    return claimed is not None


def release(tx: Tx, link: PortalLink, seal: FormSeal) -> None:
    """Let a form be sent again, as it did nothing: something in it must be corrected."""
    tx.session.execute(
        delete(AnsweredForm).where(AnsweredForm.link_id == link.id, AnsweredForm.key == seal.key)
    )


def _proof(link: PortalLink, key: str) -> str:
    return hmac.new(link.salt, f"form:{key}".encode(), hashlib.sha256).hexdigest()
