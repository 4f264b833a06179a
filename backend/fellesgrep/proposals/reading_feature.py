"""What the readings of proposals contribute to the application."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.cases.events import PartyRemoved
from fellesgrep.core import audit, events
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.notifications.slots import MESSAGE_TEXTS, MessageText
from fellesgrep.portal.slots import PORTAL_PAGES
from fellesgrep.proposals import reading, reading_pages
from fellesgrep.proposals.events import ProposalSubmitted
from fellesgrep.proposals.reading_models import ProposalReading
from fellesgrep.proposals.reading_routes import router


def _titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    title = ProposalReading.content["title"].as_string()
    rows = session.execute(
        select(ProposalReading.id, title.label("title")).where(ProposalReading.id.in_(ids))
    )
    return {row.id: row.title for row in rows}


def register(registry: Registry) -> None:
    """Add routes, the partner's page, mails, what follows a submission, and audit kinds."""
    registry.put(ROUTERS, "proposals.readings", router)
    registry.put(ROUTERS, "proposals.pages", reading_pages.router)
    registry.put(PORTAL_PAGES, reading.PURPOSE, reading_pages.PAGE)
    registry.put(audit.LABELS, "proposal_reading", _titles)
    events.on(registry, ProposalSubmitted, reading.tell_of_other_text)
    events.on(registry, PartyRemoved, reading.close_links)
    for name in ("to_read", "answered", "sent_otherwise"):
        text = MessageText(f"proposals.mail.{name}", maker="portal", target=reading.PURPOSE)
        registry.put(MESSAGE_TEXTS, f"proposals.{name}", text)
    told = MessageText("proposals.mail.partner_answered", "own_page", "/cases/{id}/show")
    registry.put(MESSAGE_TEXTS, "proposals.partner_answered", told)
    for kind in ("sent_to_partners", "confirmed", "not_confirmed"):
        audit.register(registry, f"proposal:{kind}", f"proposals.audit.{kind}")
