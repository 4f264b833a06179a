"""'My agreements': what a contact person's organisation has agreed to, and what it asks of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Response
from sqlalchemy import select

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.rules import Status
from fellesgrep.cases.models import Case, CaseParty
from fellesgrep.core.tx import Tx
from fellesgrep.follow_up.models import Obligation
from fellesgrep.partners.models import Contact, Partner
from fellesgrep.portal.access import LinkAccess, allow_link

router = APIRouter(prefix="/p", tags=["portal"], include_in_schema=False)
_SHOWN = (
    Status.OUT_FOR_SIGNATURE, Status.SIGNED, Status.SEALING, Status.SEALED, Status.ENDED,
)  # fmt: skip


@dataclass(frozen=True)
class Mine:
    """An agreement of the partner, with what it asks of them, the nearest day first."""

    title: str
    number: str
    status: str
    sealed_on: date | None
    obligations: Sequence[Obligation]


def agreements_of(tx: Tx, partner: Partner) -> list[Mine]:
    """Return what a partner was asked to sign or has signed, the newest first; no drafts."""
    rows = tx.session.execute(
        select(Agreement, Case, CaseParty)
        .join(Case, Case.id == Agreement.case_id)
        .join(CaseParty, CaseParty.case_id == Case.id)
        .where(
            CaseParty.partner_id == partner.id,
            CaseParty.removed_at.is_(None),
            Agreement.status.in_(_SHOWN),
        )
        .order_by(Agreement.id.desc())
        .limit(100)
    ).all()
    return [
        Mine(
            title=agreement.title,
            number=case.number,
            status=agreement.status,
            sealed_on=agreement.sealed_at.date() if agreement.sealed_at else None,
            obligations=_promised(tx, party),
        )
        for agreement, case, party in rows
    ]


def _promised(tx: Tx, party: CaseParty) -> Sequence[Obligation]:
    return tx.session.scalars(
        select(Obligation)
        .where(Obligation.case_id == party.case_id, Obligation.party_id == party.id)
        .order_by(Obligation.due_on, Obligation.id)
    ).all()


@router.get("/{token}/my-agreements")
def my_agreements(access: Annotated[LinkAccess, allow_link("portal:read")]) -> Response:
    """List the agreements of the organisation that the link's person speaks for."""
    contact = access.tx.session.get_one(Contact, access.link.contact_id)
    partner = access.tx.session.get_one(Partner, contact.partner_id)
    return access.page(
        "follow_up/pages/my_agreements.html",
        partner=partner,
        agreements=agreements_of(access.tx, partner),
    )
