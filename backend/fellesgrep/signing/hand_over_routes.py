"""Signatories who named somebody else, as whoever arranges the signing sees and answers it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Body, ReaderLanguage, View
from fellesgrep.identity.access import Access, allow
from fellesgrep.partners.models import Contact
from fellesgrep.signing import hand_over, hand_over_authority, rounds
from fellesgrep.signing.hand_over import HandOverStatus, SigningHandOver
from fellesgrep.signing.models import SigningRequest

router = APIRouter(prefix="/api/v1/cases/{case_id}/signatories/hand-overs", tags=["signing"])
Arranging = Annotated[Access, allow("signing:resend", on="case")]


class Refusal(Body):
    reason: str = Field(default="", max_length=2000)


class HandOverView(View):
    """Who should sign instead of whom.

    `authority_settled`: it is settled who may sign for the party; `missing` says who must sign
    besides, were this person to sign.
    """

    id: UUID
    from_name: str
    name: str
    email: str
    role_title: str
    made_at: datetime
    status: HandOverStatus
    reason: str
    authority_settled: bool
    missing: list[str]


def _all(tx: Tx, case_id: UUID, language: Language) -> list[HandOverView]:
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
            **_authority(tx, wish, language),
        )
        for wish in hand_over.wishes_of(tx, rounds.current_round(tx, case_id))
    ]


def _authority(tx: Tx, wish: SigningHandOver, language: Language) -> dict[str, Any]:
    request = tx.session.get_one(SigningRequest, wish.request_id)
    faults = (
        hand_over_authority.lacking(tx, request, wish.name, wish.email)
        if wish.status == HandOverStatus.OPEN
        else ()
    )
    return {
        "authority_settled": hand_over_authority.is_settled(tx, request),
        "missing": [say(language, each.key, **each.params) for each in faults],
    }


@router.get("")
def list_hand_overs(
    case_id: UUID,
    access: Annotated[Access, allow("agreement:read", on="case")],
    language: ReaderLanguage,
) -> list[HandOverView]:
    """List who should sign instead of whom, oldest first."""
    return _all(access.tx, case_id, language)


@router.post("/{wish_id}/approve")
def approve_hand_over(
    case_id: UUID, wish_id: UUID, access: Arranging, language: ReaderLanguage
) -> list[HandOverView]:
    """Let the person named sign: they get a link, and earlier ones are closed."""
    hand_over.approve(access.tx, case_id, wish_id)
    return _all(access.tx, case_id, language)


@router.post("/{wish_id}/reject")
def reject_hand_over(
    case_id: UUID, wish_id: UUID, body: Refusal, access: Arranging, language: ReaderLanguage
) -> list[HandOverView]:
    """Say no, with a reason."""
    hand_over.reject(access.tx, case_id, wish_id, body.reason)
    return _all(access.tx, case_id, language)
