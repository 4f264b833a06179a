"""The way to ID-porten and back, in pages that work without scripts.

The browser leaves by a page that sends it on (`Refresh`, and a link for those who do not follow
it): a form that is redirected to another host would be stopped by our own policy against stray
forms, and ID-porten sends its visitors on to hosts that we cannot name.
"""

from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request, Response

from fellesgrep.core.audit import Actor
from fellesgrep.core.tx import Tx
from fellesgrep.identity.eid import EidFailed, Why
from fellesgrep.identity.settings import IDENTITY
from fellesgrep.portal.access import AnyoneAccess, LinkAccess, Seal, allow_anyone, allow_link
from fellesgrep.portal.forms import require_ours
from fellesgrep.portal.frame import HEADERS
from fellesgrep.portal.limits import LOGINS_PER_LINK, require_within
from fellesgrep.portal.models import PortalLink
from fellesgrep.signing import acts, eid, method_results, methods, pages, sending
from fellesgrep.signing.methods import AUTHENTICATED_EID, Proof, Refused, SigningMethod
from fellesgrep.signing.models import SigningRequest

log = structlog.get_logger(__name__)
router = APIRouter(prefix="/p", tags=["portal"], include_in_schema=False)

STEP = "eid"
_PROBLEMS = frozenset({*Why, eid.OTHER_PERSON})


def cookie_name(state: str) -> str:
    """Return the cookie of an attempt: two tabs may be on their way at once."""
    return f"fellesgrep_eid_{eid.hashed(state)[:16]}"


@router.post("/{token}/eid")
def go_to_provider(
    seal: Seal, access: Annotated[LinkAccess, allow_link("portal:sign", purpose=sending.PURPOSE)]
) -> Response:
    """Send the browser to ID-porten. Asked for again, it goes there again."""
    tx, request = access.tx, _request_of(access.tx, access.link)
    require_ours(access.link, seal)
    if not acts.is_answerable(tx, request):
        return access.back()
    require_within(tx.house, LOGINS_PER_LINK, str(access.link.id))
    try:
        begun = eid.begin(tx, access.link, language=access.language)
    except EidFailed as failed:
        return _failed(access, request, failed)
    answer = access.page("signing/pages/eid_leaving.html", address=begun.address)
    answer.headers["refresh"] = f"0; url={begun.address}"
    settings = tx.house.settings(IDENTITY)
    answer.set_cookie(
        settings.cookie(cookie_name(begun.state)),
        f"{begun.browser}.{access.chosen_language or ''}.{access.token}",
        max_age=int(eid.ATTEMPT_LIFETIME.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )
    return answer


def _failed(access: LinkAccess, request: SigningRequest, failed: EidFailed) -> Response:
    log.warning("the log-in for a signature could not begin", reason=str(failed))
    eid.note_failure(access.tx, request, access.link, failed.why)
    return _problem(access, failed.why, status=503)


@router.get("/eid/callback")
def come_back(
    request: Request,
    access: Annotated[AnyoneAccess, allow_anyone("portal:open")],
    state: Annotated[str, Query(max_length=500)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
    iss: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """Take ID-porten's answer, once, and go on to the page on which one signs, or says why not."""
    settings = access.tx.house.settings(IDENTITY)
    name = settings.cookie(cookie_name(state))
    browser, _, rest = request.cookies.get(name, "").partition(".")
    language, _, token = rest.partition(".")
    taken = eid.take(access.tx, state, browser=browser, token=token)
    if taken is None:
        log.warning("an answer from ID-porten belongs to no attempt of this browser")
        return access.page("signing/pages/eid_lost.html", status=410)
    attempt, link = taken
    tx = access.tx.acting_as(Actor("contact", link.contact_id))
    why = ""
    try:
        if error:
            raise EidFailed(Why.CANCELLED if error == "access_denied" else Why.REFUSED)
        found = eid.finish(tx, attempt, state=state, browser=browser, answer_code=code, issuer=iss)
        why = "" if eid.keep(tx, _request_of(tx, link), link, found) else eid.OTHER_PERSON
    except EidFailed as failed:
        log.warning("a log-in for a signature failed", reason=str(failed))
        eid.note_failure(tx, _request_of(tx, link), link, failed.why)
        why = failed.why
    answer = _on(token, language, why)
    answer.delete_cookie(name, secure=settings.secure_cookies)
    return answer


def _on(token: str, language: str, why: str) -> Response:
    """Return to the link's own pages; what ID-porten said is gone from the address then."""
    path = f"/p/{token}/eid?why={why}" if why else f"/p/{token}?step={STEP}"
    tail = f"&lang={language}" if language else ""
    return Response(status_code=303, headers={**HEADERS, "location": path + tail})


@router.get("/{token}/eid")
def tell_problem(
    access: Annotated[LinkAccess, allow_link("portal:read", purpose=sending.PURPOSE)],
    why: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Say what happened at ID-porten, and what can be done. Changes nothing."""
    if why not in _PROBLEMS or not acts.is_answerable(
        access.tx, _request_of(access.tx, access.link)
    ):
        return access.back()
    return _problem(access, why)


def _problem(access: LinkAccess, why: str, *, status: int = 200) -> Response:
    request = _request_of(access.tx, access.link)
    usable = methods.open_to(access.tx, request)
    return access.page(
        "signing/pages/eid_problem.html",
        status=status,
        why=why,
        may_retry=any(method.key == AUTHENTICATED_EID for method in usable),
        **pages.values_of(access, request),
    )


def _request_of(tx: Tx, link: PortalLink) -> SigningRequest:
    return tx.session.get_one(SigningRequest, link.subject_id)


def _logged_in(access: LinkAccess, request: SigningRequest) -> bool:
    found = method_results.at_hand(access.tx, request, access.link, AUTHENTICATED_EID)
    return found is not None


def _by_log_in(access: LinkAccess, request: SigningRequest, typed: str) -> Proof | Refused:
    proof = method_results.use(access.tx, request, access.link, AUTHENTICATED_EID)
    return proof or Refused("document", "signing.problem.eid_over")


BY_EID = SigningMethod(
    AUTHENTICATED_EID,
    step=STEP,
    starts_at="/eid",
    template="signing/pages/eid_confirm.html",
    go_on="signing.page.log_in_and_sign",
    missing_setting=lambda house: "" if eid.is_set_up(house) else "FELLESGREP_EID_ISSUER",
    at_hand=_logged_in,
    prove=_by_log_in,
)
