"""What signatories want to have corrected, as whoever arranges the signing sees and answers it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Body, View
from fellesgrep.identity.access import Access, allow
from fellesgrep.signing import correction, rounds
from fellesgrep.signing.correction import CorrectionStatus
from fellesgrep.signing.models import SigningRequest

router = APIRouter(prefix="/api/v1/cases/{case_id}/signatories/corrections", tags=["signing"])
Arranging = Annotated[Access, allow("signing:arrange", on="case")]


class Reply(Body):
    reason: str = Field(default="", max_length=1000)


class CorrectionView(View):
    """Who wants what corrected, and the answer."""

    id: UUID
    name: str
    party_name: str
    wanted: str
    made_at: datetime
    status: CorrectionStatus
    answer: str


def _all(tx: Tx, case_id: UUID) -> list[CorrectionView]:
    found = []
    for wish in correction.wishes_of(tx, rounds.current_round(tx, case_id)):
        request = tx.session.get_one(SigningRequest, wish.request_id)
        found.append(
            CorrectionView(
                id=wish.id,
                name=request.name,
                party_name=request.party_name,
                wanted=wish.wanted,
                made_at=wish.made_at,
                status=CorrectionStatus(wish.status),
                answer=wish.answer,
            )
        )
    return found


@router.get("")
def list_corrections(
    case_id: UUID, access: Annotated[Access, allow("agreement:read", on="case")]
) -> list[CorrectionView]:
    """List what signatories want to have corrected, oldest first."""
    return _all(access.tx, case_id)


@router.post("/{wish_id}/accept", status_code=204)
def accept_correction(case_id: UUID, wish_id: UUID, body: Reply, access: Arranging) -> None:
    """Return the agreement for correction: everybody involved is told, and a new draft begins."""
    correction.take(access.tx, case_id, wish_id, body.reason)


@router.post("/{wish_id}/refuse")
def refuse_correction(
    case_id: UUID, wish_id: UUID, body: Reply, access: Arranging
) -> list[CorrectionView]:
    """Say no, with a reason."""
    correction.refuse(access.tx, case_id, wish_id, body.reason)
    return _all(access.tx, case_id)
