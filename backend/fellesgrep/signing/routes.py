"""Who is to sign a case's agreement, and the signatures that were given."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from fellesgrep.core.languages import Language
from fellesgrep.core.problems import Conflict, NotFound
from fellesgrep.core.web import IfMatch, ReaderLanguage, expect_version
from fellesgrep.identity.access import Access, allow
from fellesgrep.signing import deadlines, lowering, rounds, sending, views
from fellesgrep.signing.models import SigningRound
from fellesgrep.signing.rounds import Signatory
from fellesgrep.signing.schemas import (
    LowerMethod,
    Recall,
    Resend,
    SignatoriesEdit,
    SignatoriesView,
    SignatureView,
)

router = APIRouter(prefix="/api/v1/cases/{case_id}", tags=["signing"])


def _view(
    access: Access, case_id: UUID, signing: SigningRound, language: Language
) -> SignatoriesView:
    return views.whole(access, case_id, signing, language)


@router.get("/signatories")
def show_signatories(
    case_id: UUID,
    access: Annotated[Access, allow("agreement:read", on="case")],
    language: ReaderLanguage,
) -> SignatoriesView:
    """Return who signs, how far it has come, and who could be chosen."""
    return _view(access, case_id, rounds.current_round(access.tx, case_id), language)


@router.put("/signatories")
def replace_signatories(
    case_id: UUID,
    body: SignatoriesEdit,
    version: IfMatch,
    access: Annotated[Access, allow("signing:arrange", on="case")],
    language: ReaderLanguage,
) -> SignatoriesView:
    """Set who signs; possible until it is sent out."""
    signing = rounds.current_round(access.tx, case_id)
    expect_version(signing, version)
    rounds.plan(
        access.tx,
        case_id,
        signing,
        signatories=[
            Signatory(each.party_id, each.contact_id, each.method, each.order)
            for each in body.signatories
        ],
        countersigner_id=body.countersigner_id,
        deadline_on=body.deadline_on,
    )
    return _view(access, case_id, signing, language)


@router.post("/signatories/{request_id}/resend")
def resend(
    case_id: UUID,
    request_id: UUID,
    body: Resend,
    access: Annotated[Access, allow("signing:resend", on="case")],
    language: ReaderLanguage,
) -> SignatoriesView:
    """Send a new link by e-mail and close the earlier ones."""
    signing = rounds.current_round(access.tx, case_id)
    request = next((each for each in signing.requests if each.id == request_id), None)
    if request is None:
        raise NotFound("core.problem.not_found")
    deadline_on = body.deadline_on or request.deadline_on
    if deadline_on is None:
        raise Conflict("signing.problem.not_open")
    sending.resend(access.tx, signing, request, deadline_on)
    return _view(access, case_id, signing, language)


@router.post("/signatories/{request_id}/lower-method")
def lower_method(
    case_id: UUID,
    request_id: UUID,
    body: LowerMethod,
    access: Annotated[Access, allow("signing:lower_method", on="case")],
    language: ReaderLanguage,
) -> SignatoriesView:
    """Let a weaker method do than the signature policy asks for; legal staff say why."""
    signing = rounds.current_round(access.tx, case_id)
    lowering.lower(access.tx, signing, request_id, method=body.method, reason=body.reason)
    return _view(access, case_id, signing, language)


@router.post("/signatories/recall", status_code=204)
def recall(
    case_id: UUID, body: Recall, access: Annotated[Access, allow("signing:arrange", on="case")]
) -> None:
    """Take the agreement back for correction, as long as not everybody has signed."""
    deadlines.recall(access.tx, case_id, body.reason)


@router.get("/signatures")
def list_signatures(
    case_id: UUID,
    access: Annotated[Access, allow("agreement:read", on="case")],
    language: ReaderLanguage,
) -> list[SignatureView]:
    """List the signatures given so far, the municipality's last."""
    return views.signatures(access.tx, rounds.current_round(access.tx, case_id), language)
