"""Partners, their contact persons and the contact log."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from fellesgrep.core.problems import NotFound
from fellesgrep.core.web import IfMatch, Page, Paged, expect_version, fetch_page
from fellesgrep.identity.access import PLACES, Access, allow
from fellesgrep.identity.policy import Place
from fellesgrep.partners import queries, service
from fellesgrep.partners.models import Contact, Engagement, Partner, PartnerKind, Status
from fellesgrep.partners.schemas import (
    ContactEdit,
    ContactNew,
    ContactView,
    EngagementNew,
    EngagementView,
    PartnerEdit,
    PartnerNew,
    PartnerSummary,
    PartnerView,
)

router = APIRouter(prefix="/api/v1/partners", tags=["partners"])
VERBS = {"partner:edit": "edit", "engagement:log": "log_engagement"}
Reading = Annotated[Access, allow("partner:read", on="partner")]
Editing = Annotated[Access, allow("partner:edit", on="partner")]


def _shown(access: Access, partner: Partner) -> PartnerView:
    place = Place(area_id=partner.area_id)
    can = [verb for action, verb in VERBS.items() if access.may(action, place)]
    return queries.whole(access.tx.session, partner, can)


@router.get("")
def list_partners(
    access: Annotated[Access, allow("partner:read")],
    paged: Paged,
    *,
    kind: PartnerKind | None = None,
    area_id: UUID | None = None,
    status: Status | None = None,
    q: Annotated[str, Query(max_length=100)] = "",
) -> Page[PartnerSummary]:
    """List partners; `q` finds names, words of what is written about them, and numbers."""
    statement = queries.partner_list(kind=kind, area_id=area_id, status=status, q=q.strip())
    rows, total, more = fetch_page(
        access.tx.session, statement, paged, dict(queries.SORTS), default="name"
    )
    return Page(items=[queries.summary(*row) for row in rows], total=total, more=more)


@router.post("", status_code=201)
def register_partner(
    body: PartnerNew, access: Annotated[Access, allow("partner:edit")]
) -> PartnerView:
    """Register a partner."""
    access.require("partner:edit", Place(area_id=body.area_id))
    return _shown(access, service.register_partner(access.tx, **body.model_dump()))


@router.get("/{partner_id}")
def show_partner(partner_id: UUID, access: Reading) -> PartnerView:
    """Return a partner with contact persons and the newest of its contact log."""
    return _shown(access, access.tx.session.get_one(Partner, partner_id))


@router.put("/{partner_id}")
def edit_partner(
    partner_id: UUID, body: PartnerEdit, version: IfMatch, access: Editing
) -> PartnerView:
    """Change a partner's facts."""
    partner = access.tx.session.get_one(Partner, partner_id)
    expect_version(partner, version)
    service.edit_partner(access.tx, partner, body.model_dump())
    return _shown(access, partner)


@router.post("/{partner_id}/contacts", status_code=201)
def add_contact(partner_id: UUID, body: ContactNew, access: Editing) -> ContactView:
    """Add a contact person."""
    partner = access.tx.session.get_one(Partner, partner_id)
    return ContactView.model_validate(service.add_contact(access.tx, partner, **body.model_dump()))


@router.put("/{partner_id}/contacts/{contact_id}")
def edit_contact(
    partner_id: UUID, contact_id: UUID, body: ContactEdit, version: IfMatch, access: Editing
) -> ContactView:
    """Change a contact person's facts."""
    contact = access.tx.session.scalar(
        select(Contact).where(Contact.id == contact_id, Contact.partner_id == partner_id)
    )
    if contact is None:
        raise NotFound("core.problem.not_found")
    expect_version(contact, version)
    service.edit_contact(access.tx, contact, body.model_dump())
    return ContactView.model_validate(contact)


@router.post("/{partner_id}/engagements", status_code=201)
def log_engagement(
    partner_id: UUID, body: EngagementNew, access: Annotated[Access, allow("engagement:log")]
) -> EngagementView:
    """Log a meeting, call, visit or e-mail with a partner, perhaps about a case."""
    session = access.tx.session
    partner = session.get(Partner, partner_id)
    if partner is None:
        raise NotFound("core.problem.not_found")
    place: Place | None = Place(area_id=body.area_id or partner.area_id)
    if body.case_id is not None:
        place = access.tx.house.registry.get(PLACES, "case")(session, body.case_id)
    if place is None:
        raise NotFound("core.problem.not_found")
    access.require("engagement:log", place)
    given = body.model_dump() | {"area_id": place.area_id}
    made = service.log_engagement(access.tx, partner, **given)
    return queries.engagements(session, Engagement.id == made.id)[0]
