"""What an agreement's text can say about the case, the municipality and the parties."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from fellesgrep.areas.models import Area
from fellesgrep.cases.models import Case, CaseParty
from fellesgrep.cases.service import parties
from fellesgrep.contract_templates.settings import CONTRACTS
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person
from fellesgrep.partners.models import Contact, Partner, Status


def variables(tx: Tx, case_id: UUID) -> dict[str, Any]:
    """Return `municipality`, `case`, `parties` and `lead_party`, as `variables` lists them."""
    case = tx.session.get_one(Case, case_id)
    responsible = tx.session.get_one(Person, case.responsible_id)
    branding = tx.house.settings(CONTRACTS).branding
    taking_part = [_party(tx, party) for party in parties(tx, case_id)]
    return {
        "municipality": {
            "name": branding.municipality,
            "organisation_number": branding.organisation_number,
        },
        "case": {
            "number": case.number,
            "title": case.title,
            "area": tx.session.get_one(Area, case.area_id).name,
            "responsible": {"name": responsible.name, "email": responsible.email},
        },
        "parties": taking_part,
        "lead_party": taking_part[0] if taking_part else None,
    }


def _party(tx: Tx, party: CaseParty) -> dict[str, Any]:
    partner = tx.session.get_one(Partner, party.partner_id)
    contact = _contact(tx, party)
    place = f"{partner.postal_code} {partner.city}".strip()
    return {
        "name": partner.name,
        "organisation_number": partner.organisation_number,
        "kind": partner.kind,
        "address": ", ".join(part for part in (partner.address, place) if part),
        "contact_name": contact.name if contact else None,
        "contact_email": contact.email if contact else None,
        "role": "lead" if party.lead else "party",
    }


def _contact(tx: Tx, party: CaseParty) -> Contact | None:
    """Return the contact person named for the case, else the partner's first one."""
    if party.contact_id is not None:
        return tx.session.get_one(Contact, party.contact_id)
    return tx.session.scalars(
        select(Contact)
        .where(Contact.partner_id == party.partner_id, Contact.status == Status.ACTIVE)
        .order_by(Contact.id)
        .limit(1)
    ).first()
