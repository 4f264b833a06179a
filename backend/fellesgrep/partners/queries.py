"""Reading partners: the list, one partner with its people and its contact log."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from fellesgrep.areas.models import Area
from fellesgrep.core.search import matches
from fellesgrep.core.web import Named
from fellesgrep.identity.models import Person
from fellesgrep.partners.models import Contact, Engagement, Partner, PartnerKind, Status
from fellesgrep.partners.schemas import ContactView, EngagementView, PartnerSummary, PartnerView

NEWEST_ENGAGEMENTS = 50
SORTS = {
    "name": Partner.name,
    "kind": Partner.kind,
    "city": Partner.city,
    "organisation_number": Partner.organisation_number,
}


def found_by(typed: str) -> ColumnElement[bool]:
    """Return the condition that a partner is what somebody types: name, number or its story."""
    conditions: list[ColumnElement[bool]] = [
        matches(Partner.search, typed),
        func.lower(Partner.name).startswith(typed.lower(), autoescape=True),
    ]
    digits = typed.replace(" ", "")
    if digits.isdigit():
        conditions.append(Partner.organisation_number.startswith(digits, autoescape=True))
    return or_(*conditions)


def partner_list(
    *,
    kind: PartnerKind | None = None,
    area_id: UUID | None = None,
    status: Status | None = None,
    q: str = "",
) -> Select[Partner, str]:
    """Return the list of partners with the name of each one's area, filtered."""
    statement = select(Partner, Area.name.label("area_name")).outerjoin(
        Area, Area.id == Partner.area_id
    )
    if kind is not None:
        statement = statement.where(Partner.kind == kind)
    if area_id is not None:
        statement = statement.where(Partner.area_id == area_id)
    if status is not None:
        statement = statement.where(Partner.status == status)
    if q:
        statement = statement.where(found_by(q))
    return statement


def summary(partner: Partner, area_name: str | None) -> PartnerSummary:
    """Return a line of the list."""
    return PartnerSummary(
        id=partner.id,
        kind=PartnerKind(partner.kind),
        name=partner.name,
        organisation_number=partner.organisation_number,
        city=partner.city,
        status=Status(partner.status),
        area=_named(partner.area_id, area_name),
        version=partner.version,
    )


def whole(session: Session, partner: Partner, can: list[str]) -> PartnerView:
    """Return a partner with its contact persons and the newest lines of its contact log."""
    contacts = session.scalars(
        select(Contact)
        .where(Contact.partner_id == partner.id)
        .order_by(Contact.status, Contact.name)
    )
    area = session.get(Area, partner.area_id) if partner.area_id else None
    return PartnerView(
        **summary(partner, area.name if area else None).model_dump(),
        organisation_form=partner.organisation_form,
        dwellings=partner.dwellings,
        address=partner.address,
        postal_code=partner.postal_code,
        email=partner.email,
        phone=partner.phone,
        website=partner.website,
        area_id=partner.area_id,
        about=partner.about,
        contacts=[ContactView.model_validate(contact) for contact in contacts],
        engagements=engagements(session, Engagement.partner_id == partner.id),
        can=can,
    )


def engagements(
    session: Session, condition: ColumnElement[bool], limit: int = NEWEST_ENGAGEMENTS
) -> list[EngagementView]:
    """Return the newest lines of the contact log that meet a condition."""
    rows = session.execute(
        select(Engagement, Contact.name, Person.name)
        .outerjoin(Contact, Contact.id == Engagement.contact_id)
        .outerjoin(Person, Person.id == Engagement.logged_by_id)
        .where(condition)
        .order_by(Engagement.held_on.desc(), Engagement.id.desc())
        .limit(limit)
    )
    return [_line(row, contact, person) for row, contact, person in rows]


def _line(row: Engagement, contact: str | None, person: str | None) -> EngagementView:
    return EngagementView.model_validate(
        {
            "id": row.id,
            "partner_id": row.partner_id,
            "contact": _named(row.contact_id, contact),
            "case_id": row.case_id,
            "area_id": row.area_id,
            "channel": row.channel,
            "held_on": row.held_on,
            "summary": row.summary,
            "meeting_result": row.meeting_result,
            "logged_by": _named(row.logged_by_id, person),
            "logged_at": row.logged_at,
        }
    )


def _named(id_: UUID | None, name: str | None) -> Named | None:
    return Named(id=id_, name=name) if id_ and name else None
