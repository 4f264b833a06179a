"""'Something must be corrected': the page on which a signatory says what."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from fellesgrep.core.languages import say
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.portal.access import LinkAccess, Seal, allow_link
from fellesgrep.portal.forms import claim, release
from fellesgrep.signing import acts, correction, pages, sending
from fellesgrep.signing.models import RequestStatus, SigningRequest

router = APIRouter(prefix="/p", tags=["portal"], include_in_schema=False)


def _request(access: LinkAccess) -> SigningRequest:
    return access.tx.session.get_one(SigningRequest, access.link.subject_id)


def _page(access: LinkAccess, wanted: str = "", error: str = "") -> Response:
    request = _request(access)
    return access.page(
        "signing/pages/correct.html",
        status=422 if error else 200,
        wanted=wanted,
        error=error,
        waiting=correction.open_wish(access.tx, request.id),
        refused=correction.last_refusal(access.tx, request.id),
        **pages.values_of(access, request),
    )


@router.get("/{token}/correct")
def show_correction(
    access: Annotated[LinkAccess, allow_link("portal:read", purpose=sending.PURPOSE)],
) -> Response:
    """Show the form, or that a wish waits for its answer. Changes nothing."""
    if _request(access).status != RequestStatus.SENT:
        return access.back()
    return _page(access)


@router.post("/{token}/correct")
def ask_for_correction(
    seal: Seal,
    access: Annotated[LinkAccess, allow_link("portal:comment", purpose=sending.PURPOSE)],
    wanted: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Ask for a correction; sent twice, it is asked once."""
    tx, request = access.tx, _request(access)
    if not claim(tx, access.link, seal) or acts.open_request(tx, request) is None:
        return access.back()
    try:
        correction.ask(tx, request, wanted)
    except Invalid as problem:
        release(tx, access.link, seal)
        return _page(access, wanted, say(access.language, problem.fields[0].key))
    except Conflict:
        return _page(access)
    return _page(access)
