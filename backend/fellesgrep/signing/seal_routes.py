"""How it stands with the seal of an agreement, and sealing it again."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from fellesgrep.core.web import ReaderLanguage
from fellesgrep.identity.access import Access, allow
from fellesgrep.signing import seal_state
from fellesgrep.signing.schemas import SealView, WaitingSeal

router = APIRouter(prefix="/api/v1", tags=["signing"])


@router.get("/cases/{case_id}/seal")
def show_seal(
    case_id: UUID,
    access: Annotated[Access, allow("agreement:read", on="case")],
    language: ReaderLanguage,
) -> SealView | None:
    """Return how it stands with the seal; nothing before everybody has signed."""
    return seal_state.view(access.tx, case_id, language, may_seal=access.may("operations:act"))


@router.post("/cases/{case_id}/seal/again", status_code=202)
def seal_again(
    case_id: UUID, access: Annotated[Access, allow("operations:act")], language: ReaderLanguage
) -> SealView | None:
    """Try at once to seal what could not be sealed."""
    seal_state.seal_again(access.tx, case_id)
    return seal_state.view(access.tx, case_id, language, may_seal=True)


@router.get("/operations/seals")
def list_waiting_seals(
    access: Annotated[Access, allow("operations:read")], language: ReaderLanguage
) -> list[WaitingSeal]:
    """List the agreements that wait for their seal, with why where sealing has failed."""
    return seal_state.waiting(access.tx, language, may_seal=access.may("operations:act"))
