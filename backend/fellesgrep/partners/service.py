"""Use cases on partners: one function each, inside the caller's transaction."""

from datetime import date
from typing import Any, NotRequired, TypedDict, Unpack
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from fellesgrep.areas.models import Area
from fellesgrep.core.audit import Subject, code, ref
from fellesgrep.core.problems import FieldProblem, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.partners import rules
from fellesgrep.partners.events import ContactAddressChanged, ContactPhoneChanged, EngagementLogged
from fellesgrep.partners.models import (
    Channel,
    Contact,
    Engagement,
    MeetingResult,
    Partner,
    PartnerKind,
    Status,
)
from fellesgrep.partners.rules import HOUSING_COMPANIES


def _taken(existing: Partner) -> Invalid:
    field = FieldProblem(
        "/organisation_number",
        "partners.problem.organisation_number_taken",
        {"name": existing.name},
    )
    named = {"id": str(existing.id), "name": existing.name}
    return Invalid("core.problem.invalid", fields=[field], extra={"existing": named})


def _holder(tx: Tx, number: str | None, *, but: Partner | None = None) -> Partner | None:
    if number is None:
        return None
    found = tx.session.scalar(select(Partner).where(Partner.organisation_number == number))
    return None if found is but else found


def _checked(tx: Tx, facts: dict[str, Any], partner: Partner | None = None) -> dict[str, Any]:
    """Return a partner's facts in the form we keep; raises `Invalid` for what is wrong."""
    kind = PartnerKind(facts["kind"])
    number = rules.organisation_number(kind, facts.get("organisation_number"))
    with tx.session.no_autoflush:
        holder = _holder(tx, number, but=partner)
    if holder is not None:
        raise _taken(holder)
    area_id = facts.get("area_id")
    if area_id is not None and tx.session.get(Area, area_id) is None:
        raise Invalid.at("/area_id", "partners.problem.no_such_area")
    return facts | {
        "kind": kind,
        "organisation_number": number,
        "email": rules.email_address(facts.get("email", "")),
        "dwellings": rules.dwellings(kind, facts.get("dwellings")),
    }


def _flush(tx: Tx, partner: Partner) -> None:
    """Write a partner; somebody may have registered the same number in this very moment."""
    number = partner.organisation_number
    try:
        with tx.session.begin_nested():
            tx.session.add(partner)
            tx.session.flush()
    except IntegrityError:
        holder = _holder(tx, number)
        if holder is None:
            raise
        raise _taken(holder) from None


def register_partner(
    tx: Tx,
    *,
    kind: PartnerKind,
    name: str,
    organisation_number: str | None = None,
    **facts: Any,
) -> Partner:
    """Add a partner; `facts` are the other columns of `Partner`.

    Raises `Invalid` for a wrong organisation number, or one that another partner has: that
    partner is named and sent along as `existing`.
    """
    given = {"kind": kind, "name": name, "organisation_number": organisation_number, **facts}
    partner = Partner(**_checked(tx, given))
    _flush(tx, partner)
    tx.audit(
        "partner:registered",
        Subject("partner", partner.id),
        {"partner": ref("partner", partner.id), "kind": code(f"partners.kind.{partner.kind}")},
    )
    return partner


def edit_partner(tx: Tx, partner: Partner, facts: dict[str, Any]) -> None:
    """Change a partner's facts; ending or taking up the cooperation is named in the audit log."""
    status_before = partner.status
    for name, value in _checked(tx, facts, partner).items():
        setattr(partner, name, value)
    partner.updated_at = tx.now()
    _flush(tx, partner)
    changed = partner.status != status_before
    kind = f"partner:{'ended' if partner.status == Status.ENDED else 'resumed'}"
    tx.audit(
        kind if changed else "partner:edited",
        Subject("partner", partner.id),
        {"partner": ref("partner", partner.id)},
    )


def add_contact(
    tx: Tx,
    partner: Partner,
    *,
    name: str,
    role_title: str,
    email: str,
    phone: str = "",
    language: str = "nb",
) -> Contact:
    """Add a contact person to a partner."""
    way = rules.reachable(email, phone)
    contact = Contact(
        partner_id=partner.id,
        name=name,
        role_title=role_title,
        email=way.email,
        phone=way.phone,
        language=language,
    )
    tx.session.add(contact)
    tx.session.flush()
    _audit_contact(tx, "contact:added", contact)
    return contact


def edit_contact(tx: Tx, contact: Contact, facts: dict[str, Any]) -> None:
    """Change a contact person's facts; later packages hear of another e-mail address."""
    way = rules.reachable(facts["email"], facts["phone"])
    address_before, phone_before = contact.email, contact.phone
    for name, value in (facts | {"email": way.email, "phone": way.phone}).items():
        setattr(contact, name, value)
    contact.updated_at = tx.now()
    tx.session.flush()
    moved = contact.email != address_before
    _audit_contact(tx, "contact:address_changed" if moved else "contact:edited", contact)
    if moved:
        tx.publish(ContactAddressChanged(contact))
    if contact.phone != phone_before:
        tx.publish(ContactPhoneChanged(contact))


def _audit_contact(tx: Tx, kind: str, contact: Contact) -> None:
    tx.audit(
        kind,
        Subject("partner", contact.partner_id),
        {"contact": ref("contact", contact.id), "partner": ref("partner", contact.partner_id)},
        also=[Subject("contact", contact.id)],
    )


def contact_of(tx: Tx, partner_id: UUID, contact_id: UUID | None) -> Contact | None:
    """Return a partner's active contact person; raises `Invalid` when it is not one of theirs."""
    if contact_id is None:
        return None
    contact = tx.session.get(Contact, contact_id)
    if contact is None or contact.partner_id != partner_id or contact.status != Status.ACTIVE:
        raise Invalid.at("/contact_id", "partners.problem.not_their_contact")
    return contact


class EngagementFacts(TypedDict):
    """What is logged of a meeting, call, visit or e-mail."""

    channel: Channel
    held_on: date
    summary: str
    contact_id: NotRequired[UUID | None]
    case_id: NotRequired[UUID | None]
    area_id: NotRequired[UUID | None]
    meeting_result: NotRequired[MeetingResult | None]


def log_engagement(tx: Tx, partner: Partner, **facts: Unpack[EngagementFacts]) -> Engagement:
    """Log a meeting, call, visit or e-mail; without an area it counts for the partner's own.

    With a case it is written into the case's history.
    """
    case_id, channel, held_on = facts.get("case_id"), facts["channel"], facts["held_on"]
    contact_of(tx, partner.id, facts.get("contact_id"))
    if held_on > tx.today():
        raise Invalid.at("/held_on", "partners.problem.not_yet")
    if facts.get("meeting_result") and partner.kind not in HOUSING_COMPANIES:
        raise Invalid.at("/meeting_result", "partners.problem.no_general_meeting")
    engagement = Engagement(
        partner_id=partner.id,
        logged_by_id=tx.actor.id if tx.actor.kind == "person" else None,
        logged_at=tx.now(),
        **{"contact_id": None, "case_id": None, **facts},
    )
    engagement.area_id = facts.get("area_id") or partner.area_id
    tx.session.add(engagement)
    tx.session.flush()
    # Before the case's history is locked: whoever hears of it may take a step, which locks first.
    tx.publish(EngagementLogged(engagement))
    subject = Subject("partner", partner.id)
    tx.audit(
        "engagement:logged",
        Subject("case", case_id) if case_id else subject,
        {
            "partner": ref("partner", partner.id),
            "channel": code(f"partners.audit_channel.{channel}"),
            "held_on": held_on.isoformat(),
        },
        also=[subject] if case_id else [],
    )
    return engagement
