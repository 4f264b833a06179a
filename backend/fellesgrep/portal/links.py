"""Portal links: 256 random bits that only the mail holds."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.tx import Tx
from fellesgrep.notifications.models import Message
from fellesgrep.notifications.slots import Made
from fellesgrep.portal.models import PortalLink
from fellesgrep.portal.slots import PORTAL_PAGES


def hash_token(token: str) -> str:
    """Return how a link's token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(
    tx: Tx, *, purpose: str, subject: Subject, contact_id: UUID, expires_at: datetime
) -> str:
    """Make a link to `subject` for one person and return its token, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    tx.session.add(
        PortalLink(
            token_hash=hash_token(token),
            salt=secrets.token_bytes(32),
            purpose=purpose,
            subject_kind=subject.kind,
            subject_id=subject.id,
            contact_id=contact_id,
            created_at=tx.now(),
            expires_at=expires_at,
        )
    )
    tx.session.flush()
    return token


def link_for_message(tx: Tx, message: Message, purpose: str) -> Made | None:
    """Make the link of a mail that is about to leave; None when there is nothing to open."""
    page = tx.house.registry.get(PORTAL_PAGES, purpose)
    expires_at = page.open_until(tx, message.about_id)
    if expires_at is None or expires_at <= tx.now():
        return None
    token = make_link(
        tx,
        purpose=purpose,
        subject=Subject(message.about_kind, message.about_id),
        contact_id=message.recipient_id,
        expires_at=expires_at,
    )
    return Made(path=f"/p/{token}")


def find(tx: Tx, token: str) -> PortalLink | None:
    """Return the link of a token, whatever its state."""
    return tx.session.scalar(select(PortalLink).where(PortalLink.token_hash == hash_token(token)))


def is_open(link: PortalLink, now: datetime) -> bool:
    """Tell whether a link still opens."""
    return link.revoked_at is None and link.expires_at > now


def revoke_links(tx: Tx, subject: Subject, *, history: Subject) -> int:
    """Close every open link to `subject`; returns how many there were."""
    closed = tx.session.scalars(
        update(PortalLink)
        .where(
            PortalLink.subject_kind == subject.kind,
            PortalLink.subject_id == subject.id,
            PortalLink.revoked_at.is_(None),
            PortalLink.expires_at > tx.now(),
        )
        .values(revoked_at=tx.now())
        .returning(PortalLink.contact_id)
    ).all()
    for contact_id in sorted(set(closed)):
        tx.audit("portal:links_revoked", history, {"contact": ref("contact", contact_id)})
    return len(closed)
