"""Signatories who named somebody else, as whoever arranges the signing sees and answers it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Body, View
from fellesgrep.identity.access import Access, allow
from fellesgrep.partners.models import Contact
from fellesgrep.signing import hand_over, rounds
from fellesgrep.signing.hand_over import HandOverStatus

router = APIRouter(prefix="/api/v1/cases/{case_id}/signatories/hand-overs", tags=["signing"])
Arranging = Annotated[Access, allow("signing:resend", on="case")]


class Refusal(Body):
    reason: str = Field(default="", max_length=2000)


class HandOverView(View):
    """Who should sign instead of whom."""

    id: UUID
    from_name: str
    name: str
    email: str
    role_title: str
    made_at: datetime
    status: HandOverStatus
    reason: str


def _all(tx: Tx, case_id: UUID) -> list[HandOverView]:
    return [
        HandOverView(
            id=wish.id,
            from_name=tx.session.get_one(Contact, wish.from_contact_id).name,
            name=wish.name,
            email=wish.email,
            role_title=wish.role_title,
            made_at=wish.made_at,
            status=HandOverStatus(wish.status),
            reason=wish.reason,
        )
        for wish in hand_over.wishes_of(tx, rounds.current_round(tx, case_id))
    ]


@router.get("")
def list_hand_overs(
    case_id: UUID, access: Annotated[Access, allow("agreement:read", on="case")]
) -> list[HandOverView]:
    """List who should sign instead of whom, oldest first."""
    return _all(access.tx, case_id)


@router.post("/{wish_id}/approve")
def approve_hand_over(case_id: UUID, wish_id: UUID, access: Arranging) -> list[HandOverView]:
    """Let the person named sign: they get a link, and earlier ones are closed."""
    hand_over.approve(access.tx, case_id, wish_id)
    return _all(access.tx, case_id)


@router.post("/{wish_id}/reject")
def reject_hand_over(
    case_id: UUID, wish_id: UUID, body: Refusal, access: Arranging
) -> list[HandOverView]:
    """Say no, with a reason."""
    hand_over.reject(access.tx, case_id, wish_id, body.reason)
    return _all(access.tx, case_id)
