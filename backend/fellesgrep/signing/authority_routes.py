"""Who may sign for a party: looked up, backed by minutes, confirmed, asked and decided."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response, UploadFile
from pydantic import ValidationError

from fellesgrep.core import files
from fellesgrep.core.problems import Invalid, NotFound
from fellesgrep.core.web import ReaderLanguage, invalid_input
from fellesgrep.identity.access import Access, allow
from fellesgrep.signing import acts, authority, authority_views, rounds
from fellesgrep.signing.authority_rules import Rule
from fellesgrep.signing.authority_schemas import (
    AuthoritiesView,
    LegalDecision,
    Question,
    Reason,
)
from fellesgrep.signing.scans import LARGEST, ScanRefused, read_scan

router = APIRouter(prefix="/api/v1/cases/{case_id}/authority", tags=["signing"])
Reading = Annotated[Access, allow("agreement:read", on="case")]
Arranging = Annotated[Access, allow("signing:arrange", on="case")]
Deciding = Annotated[Access, allow("signing:decide_authority", on="case")]
_ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "application/json": "json",
}


@router.get("")
def show_authority(case_id: UUID, access: Reading, language: ReaderLanguage) -> AuthoritiesView:
    """Return who may sign for each party, on what that rests, and who is missing."""
    return authority_views.whole(access, case_id, language)


@router.post("/{party_id}/look-up", status_code=202)
def look_up(case_id: UUID, party_id: UUID, access: Arranging) -> None:
    """Have the registers in Brønnøysund asked; the answer is there when the worker has it."""
    authority.start_look_up(access.tx, authority.party_of(access.tx, case_id, party_id))


@router.post("/{party_id}/minutes", status_code=201)
def upload_minutes(
    case_id: UUID,
    party_id: UUID,
    access: Arranging,
    file: UploadFile,
    rule: Annotated[str, Form(max_length=100_000)],
) -> None:
    """Keep minutes (PDF, PNG or JPEG) that name who may sign, and the rule read in them."""
    try:
        read = Rule.model_validate_json(rule)
    except ValidationError as error:
        raise invalid_input(error.errors(), "/rule") from None
    try:
        scan = read_scan(file.file.read(LARGEST + 1))
    except ScanRefused as refused:
        raise Invalid.at("/file", refused.key) from None
    party = authority.party_of(access.tx, case_id, party_id)
    authority.upload_minutes(access.tx, party, read, scan)


@router.post("/{party_id}/confirm", status_code=204)
def confirm(case_id: UUID, party_id: UUID, body: Reason, access: Arranging) -> None:
    """Let it out for signature, with a reason, although it is not settled who may sign."""
    party = authority.party_of(access.tx, case_id, party_id)
    authority.confirm(access.tx, party, body.reason)


@router.post("/{party_id}/ask", status_code=204)
def ask(case_id: UUID, party_id: UUID, body: Question, access: Arranging) -> None:
    """Ask legal who may sign."""
    party = authority.party_of(access.tx, case_id, party_id)
    authority.ask_legal(access.tx, party, body.question)


@router.post("/{party_id}/decide", status_code=204)
def decide(case_id: UUID, party_id: UUID, body: LegalDecision, access: Deciding) -> None:
    """Decide who may sign, with a reason; requests that are no longer needed end at once."""
    party = authority.party_of(access.tx, case_id, party_id)
    authority.decide(access.tx, party, body.rule, body.reason)
    signing = rounds.find_current_round(access.tx, case_id)
    if signing is not None and signing.sent_at is not None:
        acts.close_unneeded(access.tx, signing)


@router.get("/{party_id}/file", response_class=Response)
def read_file(case_id: UUID, party_id: UUID, access: Reading) -> Response:
    """Return what proves it: the registers' answers as they came, or the minutes."""
    party = authority.party_of(access.tx, case_id, party_id)
    record = authority.in_force(authority.records_of(access.tx, party.id))
    if record is None or record.file_sha256 is None:
        raise NotFound("core.problem.not_found")
    stored = access.tx.session.get_one(files.StoredFile, record.file_sha256)
    name = f"{record.source}.{_ENDINGS.get(stored.media_type, 'bin')}"
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "x-content-type-options": "nosniff",
    }
    content = files.read(access.tx.session, record.file_sha256)
    return Response(content, media_type=stored.media_type, headers=headers)
