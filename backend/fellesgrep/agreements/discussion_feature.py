"""What the discussion of drafts contributes to the application."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.agreements import discussion, pages
from fellesgrep.agreements.discussion_routes import router
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.slots import DISCUSSED_THROUGH
from fellesgrep.core import audit
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.notifications.slots import MESSAGE_TEXTS, MessageText
from fellesgrep.portal.slots import PORTAL_PAGES

_TOLD = (
    "sent_for_reading", "suggested", "suggestion_accepted", "suggestion_rejected", "no_remarks",
)  # fmt: skip


def _titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(select(Agreement.id, Agreement.title).where(Agreement.id.in_(ids)))
    return {row.id: row.title for row in rows}


def register(registry: Registry) -> None:
    """Add routes, the partner's page, mails, and audit kinds."""
    registry.put(ROUTERS, "agreements.discussion", router)
    registry.put(ROUTERS, "agreements.pages", pages.router)
    registry.put(PORTAL_PAGES, discussion.PURPOSE, pages.PAGE)
    registry.put(DISCUSSED_THROUGH, discussion.PURPOSE, pages.CHANNEL)
    registry.put(audit.LABELS, "agreement", _titles)
    for name in ("reading", "answered"):
        text = MessageText(f"agreements.mail.{name}", maker="portal", target=discussion.PURPOSE)
        registry.put(MESSAGE_TEXTS, f"agreements.{name}", text)
    wrote = MessageText("agreements.mail.partner_wrote", "own_page", "/cases/{id}/show")
    registry.put(MESSAGE_TEXTS, "agreements.partner_wrote", wrote)
    for kind in _TOLD:
        audit.register(registry, f"agreement:{kind}", f"agreements.audit.{kind}")
