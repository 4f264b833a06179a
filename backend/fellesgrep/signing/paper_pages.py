"""The signatory sends the scan of the paper that they signed."""

from typing import Annotated

from fastapi import APIRouter, File, Response, UploadFile

from fellesgrep.core.languages import say
from fellesgrep.core.problems import Conflict
from fellesgrep.portal.access import LinkAccess, Seal, allow_link
from fellesgrep.portal.forms import claim, release
from fellesgrep.portal.limits import WRITES_PER_LINK, require_within
from fellesgrep.signing import acts, methods, pages, paper, sending
from fellesgrep.signing.models import SigningRequest
from fellesgrep.signing.scans import LARGEST, ScanRefused, read_scan

router = APIRouter(prefix="/p", tags=["portal"], include_in_schema=False)


@router.post("/{token}/paper")
def send_scan(
    seal: Seal,
    access: Annotated[LinkAccess, allow_link("portal:sign", purpose=sending.PURPOSE)],
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Keep a scan; sent twice, it is kept once."""
    tx = access.tx
    require_within(tx.house, WRITES_PER_LINK, str(access.link.id))
    request = tx.session.get_one(SigningRequest, access.link.subject_id)
    if not claim(tx, access.link, seal) or acts.open_request(tx, request) is None:
        return access.back(step=paper.ON_PAPER.step)
    if paper.ON_PAPER not in methods.open_to(tx, request):
        raise Conflict("signing.problem.method_too_weak")
    try:
        paper.keep(tx, request, read_scan(file.file.read(LARGEST + 1) if file else b""))
    except ScanRefused as refused:
        release(tx, access.link, seal)
        error = {"file": say(access.language, refused.key)}
        return pages.method_page(access, request, paper.ON_PAPER, errors=error)
    return access.back(step=paper.ON_PAPER.step)
