"""What partners contribute to the application."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fellesgrep.core import audit
from fellesgrep.core.languages import choose_language
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.identity.access import PLACES
from fellesgrep.identity.policy import Place
from fellesgrep.notifications.slots import ADDRESSES, MailAddress
from fellesgrep.partners.models import Contact, Partner, Status
from fellesgrep.partners.routes import router


def _partner_names(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(select(Partner.id, Partner.name).where(Partner.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _contact_names(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(select(Contact.id, Contact.name).where(Contact.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _place(session: Session, partner_id: UUID) -> Place | None:
    partner = session.get(Partner, partner_id)
    return Place(area_id=partner.area_id) if partner else None


def _address(session: Session, contact_id: UUID) -> MailAddress | None:
    contact = session.get(Contact, contact_id)
    if contact is None or contact.status != Status.ACTIVE or not contact.email:
        return None
    return MailAddress(
        contact.name, contact.email, choose_language(contact.language), contact.phone
    )


def register(registry: Registry) -> None:
    """Add routes, names and addresses, where a partner stands, and audit kinds."""
    registry.put(ROUTERS, "partners", router)
    registry.put(audit.LABELS, "partner", _partner_names)
    registry.put(audit.LABELS, "contact", _contact_names)
    registry.put(PLACES, "partner", _place)
    registry.put(ADDRESSES, "contact", _address)
    for kind, key in {
        "partner:registered": "registered",
        "partner:edited": "edited",
        "partner:ended": "ended",
        "partner:resumed": "resumed",
        "contact:added": "contact_added",
        "contact:edited": "contact_edited",
        "contact:address_changed": "contact_address_changed",
        "engagement:logged": "engagement_logged",
    }.items():
        audit.register(registry, kind, f"partners.audit.{key}")
