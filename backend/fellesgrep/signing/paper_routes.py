"""Signed papers, as whoever arranges the signing takes them in."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response, UploadFile
from pydantic import Field

from fellesgrep.core import files
from fellesgrep.core.problems import Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Body, View
from fellesgrep.identity.access import Access, allow
from fellesgrep.signing import paper, rounds
from fellesgrep.signing.paper import PaperScan, PaperStatus
from fellesgrep.signing.scans import LARGEST, ScanRefused, read_scan

router = APIRouter(prefix="/api/v1/cases/{case_id}/signatories", tags=["signing"])
Reading = Annotated[Access, allow("agreement:read", on="case")]
Taking = Annotated[Access, allow("signing:take_paper", on="case")]


class Confirmation(Body):
    """The original was seen, and the day on which it was signed."""

    signed_on: date
    original_seen: bool = False


class PaperRefusal(Body):
    """Why a scan is no good: the signatory reads it."""

    reason: str = Field(min_length=3, max_length=1000)


class PaperView(View):
    """A scan; `by_partner` when the signatory sent it."""

    id: UUID
    request_id: UUID
    media_type: str
    size: int
    sha256: str
    by_partner: bool
    kept_at: datetime
    status: PaperStatus
    signed_on: date | None
    reason: str


def _all(tx: Tx, case_id: UUID) -> list[PaperView]:
    signing = rounds.current_round(tx, case_id)
    return [_view(scan) for each in signing.requests for scan in paper.scans_of(tx, each.id)]


def _view(scan: PaperScan) -> PaperView:
    return PaperView(
        id=scan.id,
        request_id=scan.request_id,
        media_type=scan.media_type,
        size=scan.size,
        sha256=scan.sha256,
        by_partner=scan.by_kind == "contact",
        kept_at=scan.kept_at,
        status=PaperStatus(scan.status),
        signed_on=scan.signed_on,
        reason=scan.reason,
    )


@router.get("/papers")
def list_papers(case_id: UUID, access: Reading) -> list[PaperView]:
    """List the scans of signed papers."""
    return _all(access.tx, case_id)


@router.post("/{request_id}/papers")
def keep_paper(
    case_id: UUID, request_id: UUID, file: UploadFile, access: Taking
) -> list[PaperView]:
    """Keep the scan of a paper that came in: PDF, JPEG or PNG."""
    signing = rounds.current_round(access.tx, case_id)
    request = next((each for each in signing.requests if each.id == request_id), None)
    if request is None:
        raise NotFound("core.problem.not_found")
    try:
        scan = read_scan(file.file.read(LARGEST + 1))
    except ScanRefused as refused:
        raise Invalid.at("/file", refused.key) from None
    paper.keep(access.tx, request, scan)
    return _all(access.tx, case_id)


@router.get("/papers/{scan_id}/file", response_class=Response)
def show_paper(case_id: UUID, scan_id: UUID, access: Reading) -> Response:
    """Return a scan as it is kept."""
    signing = rounds.current_round(access.tx, case_id)
    scan, _ = paper.find(access.tx, signing, scan_id)
    headers = {"content-disposition": "inline", "x-content-type-options": "nosniff"}
    content = files.read(access.tx.session, scan.sha256)
    return Response(content, media_type=scan.media_type, headers=headers)


@router.post("/papers/{scan_id}/confirm")
def confirm_paper(
    case_id: UUID, scan_id: UUID, body: Confirmation, access: Taking
) -> list[PaperView]:
    """Take a paper as the signature: the original was seen."""
    signing = rounds.current_round(access.tx, case_id)
    paper.confirm(
        access.tx,
        signing,
        scan_id,
        signed_on=body.signed_on,
        original_seen=body.original_seen,
    )
    return _all(access.tx, case_id)


@router.post("/papers/{scan_id}/refuse")
def refuse_paper(
    case_id: UUID, scan_id: UUID, body: PaperRefusal, access: Taking
) -> list[PaperView]:
    """Say that a scan is no good, and why."""
    paper.refuse(access.tx, rounds.current_round(access.tx, case_id), scan_id, body.reason)
    return _all(access.tx, case_id)
