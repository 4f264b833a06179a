"""What a partner sees of signing: read, confirm, sign or decline, keep the receipt."""

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Form, Response

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.rules import Status
from fellesgrep.agreements.service import PDF, enclosed_files, shown_html
from fellesgrep.cases.models import Case
from fellesgrep.core import files
from fellesgrep.core.audit import Subject
from fellesgrep.core.languages import say
from fellesgrep.core.problems import Conflict, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person
from fellesgrep.partners.models import Contact
from fellesgrep.portal import frame
from fellesgrep.portal.access import LinkAccess, Seal, allow_link
from fellesgrep.portal.forms import claim, release, seal_form
from fellesgrep.portal.slots import PortalPage
from fellesgrep.signing import (
    acts,
    authority,
    authority_words,
    consents,
    marks,
    methods,
    rounds,
    rules,
    sealed_files,
    sending,
)
from fellesgrep.signing.methods import Proof, Refused, SigningMethod
from fellesgrep.signing.models import RequestStatus, SigningRequest, SigningRound
from fellesgrep.signing.sealing import verification_address

router = APIRouter(prefix="/p", tags=["portal"], include_in_schema=False)
_CAME_TO_NOTHING = frozenset({Status.DECLINED, Status.VOIDED, Status.RETURNED})
_READABLE = frozenset({RequestStatus.SENT, RequestStatus.SIGNED, RequestStatus.CLOSED})
_NO_ERRORS = dict.fromkeys(("code", "name", "consent", "document", "mark"), "")


def _request_of(access: LinkAccess) -> SigningRequest:
    return access.tx.session.get_one(SigningRequest, access.link.subject_id)


def values_of(access: LinkAccess, request: SigningRequest) -> dict[str, Any]:
    """Return what every page of a request tells: what is asked, by whom, until when."""
    session = access.tx.session
    signing = session.get_one(SigningRound, request.round_id)
    agreement = rounds.agreement_of(access.tx, signing)
    case = session.get_one(Case, agreement.case_id)
    return {
        "request": request,
        "signing": signing,
        "agreement": agreement,
        "case": case,
        "responsible": session.get_one(Person, case.responsible_id),
        "authority": authority_words.basis(access.tx, request.party_id, access.language),
    }


def show(access: LinkAccess) -> Response:
    """Show the page that fits where the request stands. Changes nothing."""
    request = _request_of(access)
    values = values_of(access, request)
    agreement: Agreement = values["agreement"]
    if request.status == RequestStatus.SIGNED:
        return _receipt(access, values)
    if request.status == RequestStatus.SENT and agreement.status == Status.OUT_FOR_SIGNATURE:
        if rules.is_late(request.deadline_on, access.tx.now()):
            return access.page("signing/pages/over.html", over="late", reason="", **values)
        return _open_page(access, values)
    over = _outcome(access, values)
    if authority.is_unneeded(request) and agreement.status not in _CAME_TO_NOTHING:
        over = "not_needed"
    return access.page("signing/pages/over.html", over=over, **values)


def _outcome(access: LinkAccess, values: dict[str, Any]) -> str:
    """Return how it ended: declined, voided and returned for correction are three things."""
    agreement, request = values["agreement"], values["request"]
    values["reason"] = ""
    if agreement.status == Status.RETURNED or values["signing"].recall_reason:
        values["reason"] = values["signing"].recall_reason
        return "recalled"
    if request.status == RequestStatus.DECLINED:
        return "declined"
    if agreement.status == Status.DECLINED:
        return "stopped"
    if agreement.status == Status.VOIDED:
        not_in_time = say(access.language, "signing.over.not_in_time")
        values["reason"] = values["case"].outcome_reason or not_in_time
        return "voided"
    return "closed"


def _open_page(access: LinkAccess, values: dict[str, Any]) -> Response:
    if access.step == "decline":
        return _decline_page(access, values)
    usable = methods.open_to(access.tx, values["request"])
    for method in usable:
        if method.step == access.step:
            return _confirm_page(access, values, method)
    contact = access.tx.session.get_one(Contact, values["request"].contact_id)
    return access.page(
        "signing/pages/read.html",
        document=shown_html(access.tx, values["agreement"]),
        enclosed=enclosed_files(access.tx, values["agreement"]),
        ways=[{"method": each, "where": each.where(contact)} for each in usable],
        **values,
    )


def _confirm_page(
    access: LinkAccess,
    values: dict[str, Any],
    method: SigningMethod,
    *,
    errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    request: SigningRequest = values["request"]
    return access.page(
        method.template,
        **method.shown(access, request),
        status=422 if errors else 200,
        method=method,
        where=method.where(access.tx.session.get_one(Contact, request.contact_id)),
        ready=method.at_hand(access, request),
        errors=_NO_ERRORS | errors if errors else _NO_ERRORS,
        faulty=bool(errors),
        typed=typed or {"code": "", "name": "", "consent": "", "mark": ""},
        other_seal=seal_form(access.link),
        consent=consents.fill(
            consents.CURRENT,
            access.language,
            agreement=values["agreement"].title,
            party=request.party_name,
        ),
        **values,
    )


def method_page(
    access: LinkAccess, request: SigningRequest, method: SigningMethod, *, errors: dict[str, str]
) -> Response:
    """Return the page of a method again, with what must be corrected."""
    return _confirm_page(access, values_of(access, request), method, errors=errors)


def _decline_page(
    access: LinkAccess, values: dict[str, Any], *, error: str = "", reason: str = ""
) -> Response:
    return access.page(
        "signing/pages/decline.html",
        status=422 if error else 200,
        error=error,
        reason=reason,
        **values,
    )


def _receipt(access: LinkAccess, values: dict[str, Any]) -> Response:
    signing: SigningRound = values["signing"]
    signed = sum(request.status == RequestStatus.SIGNED for request in signing.requests)
    agreement: Agreement = values["agreement"]
    outcome = _outcome(access, values)
    return access.page(
        "signing/pages/receipt.html",
        signed=signed,
        how=methods.called(values["request"].method, values["request"].evidence),
        asked=sum(not authority.is_unneeded(request) for request in signing.requests),
        sealed=agreement.sealed_at is not None,
        file=sealed_files.newest(access.tx, agreement.id),
        verify_address=verification_address(access.tx.house),
        sealing=agreement.status in {Status.SIGNED, Status.SEALING},
        given_up=outcome if agreement.status in _CAME_TO_NOTHING else "",
        **values,
    )


@router.post("/{token}/sign")
def sign(
    seal: Seal,
    access: Annotated[LinkAccess, allow_link("portal:sign", purpose=sending.PURPOSE)],
    code: Annotated[str, Form(max_length=40)] = "",
    name: Annotated[str, Form(max_length=200)] = "",
    consent: Annotated[str, Form(max_length=10)] = "",
    document: Annotated[str, Form(max_length=64)] = "",
    how: Annotated[str, Form(max_length=20)] = "",
    mark: Annotated[str, Form(max_length=marks.LONGEST)] = "",
) -> Response:
    """Sign what was shown. Sent twice, it signs once; what is wrong is said at its field."""
    tx, request = access.tx, _request_of(access)
    if not claim(tx, access.link, seal) or acts.open_request(tx, request) is None:
        return access.back()
    typed = {"code": code, "name": " ".join(name.split()), "consent": consent, "mark": mark}
    method = _method_of(access, request, how)
    errors, proof = _errors(access, request, typed, document), None
    if method.asks_code and not code.strip():
        errors["code"] = say(access.language, "signing.problem.code_missing")
    if not errors:
        proof = method.prove(access, request, code)
    if isinstance(proof, Refused):
        errors = {proof.field: say(access.language, proof.key)}
    if errors or not isinstance(proof, Proof):
        release(tx, access.link, seal)
        values = values_of(access, request)
        return _confirm_page(access, values, method, errors=errors, typed=typed)
    acts.sign(
        tx,
        request,
        proof,
        typed_name=typed["name"],
        language=access.language,
        evidence=_particulars(access) | marks.keep(tx, mark),
    )
    return access.back()


def _method_of(access: LinkAccess, request: SigningRequest, step: str) -> SigningMethod:
    """Return the method of a step; raises `Conflict` for one that is not enough here."""
    for method in methods.open_to(access.tx, request):
        if method.step == step:
            return method
    raise Conflict("signing.problem.method_too_weak")


def _errors(
    access: LinkAccess, request: SigningRequest, typed: dict[str, str], document: str
) -> dict[str, str]:
    """Return what is wrong by field; a code is tried only when nothing is."""
    errors: dict[str, str] = {}
    if sum(letter.isalpha() for letter in typed["name"]) < 2:
        errors["name"] = say(access.language, "signing.problem.name_missing")
    if typed["consent"] != "yes":
        errors["consent"] = say(access.language, "signing.problem.consent_missing")
    if document != request.shown_sha256:
        errors["document"] = say(access.language, "signing.problem.other_document")
    if typed["mark"] and not marks.is_drawn(typed["mark"]):
        typed["mark"] = ""
        errors["mark"] = say(access.language, "signing.problem.no_mark")
    return errors


def _particulars(access: LinkAccess) -> dict[str, str]:
    return {
        "link": str(access.link.id),
        "link_made_at": access.link.created_at.isoformat(),
    }


@router.post("/{token}/decline")
def decline(
    seal: Seal,
    access: Annotated[LinkAccess, allow_link("portal:decline", purpose=sending.PURPOSE)],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Decline with a reason; the others are told."""
    tx, request = access.tx, _request_of(access)
    if not claim(tx, access.link, seal) or acts.open_request(tx, request) is None:
        return access.back()
    reason = reason.strip()
    if len(reason) < 3:
        release(tx, access.link, seal)
        error = say(access.language, "signing.problem.reason_missing")
        return _decline_page(access, values_of(access, request), error=error, reason=reason)
    acts.decline(tx, request, reason=reason)
    return access.back()


@router.get("/{token}/document.pdf")
def document(
    access: Annotated[LinkAccess, allow_link("portal:read", purpose=sending.PURPOSE)],
) -> Response:
    """Return exactly the document that is signed."""
    request = _request_of(access)
    return _pdf(access, request, request.shown_sha256, "document")


@router.get("/{token}/sealed.pdf")
def sealed_document(
    access: Annotated[LinkAccess, allow_link("portal:read", purpose=sending.PURPOSE)],
) -> Response:
    """Return the sealed document; before it is sealed there is none."""
    request = _request_of(access)
    signing = access.tx.session.get_one(SigningRound, request.round_id)
    sealed = rounds.agreement_of(access.tx, signing).final_sha256
    allowed = request.status == RequestStatus.SIGNED
    return _pdf(access, request, sealed if allowed else None, "sealed")


def _pdf(access: LinkAccess, request: SigningRequest, sha256: str | None, kind: str) -> Response:
    if sha256 is None:
        raise NotFound("signing.problem.no_document")
    signing = access.tx.session.get_one(SigningRound, request.round_id)
    number = rounds.agreement_of(access.tx, signing).data["case"]["number"]
    name = f"{number}-{say(access.language, f'signing.file.{kind}')}.pdf"
    headers = {**frame.HEADERS, "content-disposition": f"inline; filename*=UTF-8''{quote(name)}"}
    return Response(files.read(access.tx.session, sha256), media_type=PDF, headers=headers)


def _open_until(tx: Tx, request_id: UUID) -> datetime | None:
    request = tx.session.get(SigningRequest, request_id)
    if request is None or request.status not in _READABLE:
        return None
    return rules.link_open_until(request.deadline_on, tx.now())


def _history(tx: Tx, request_id: UUID) -> Subject:
    request = tx.session.get_one(SigningRequest, request_id)
    return rounds.history_of(tx, tx.session.get_one(SigningRound, request.round_id))


PAGE = PortalPage(show=show, open_until=_open_until, renew=sending.renew, history=_history)
