"""What proves the signatures: the page that people read and the record that machines read."""

from datetime import date
from typing import Any

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.service import shown_file_name
from fellesgrep.core import published_schemas
from fellesgrep.core.audit import AuditEntry, timeline
from fellesgrep.core.languages import Language, choose_language, say
from fellesgrep.core.tx import Tx
from fellesgrep.documents.frames import Signature, SignaturePage
from fellesgrep.documents.models import Attachment
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.signing import authority, authority_words, delegated, marks
from fellesgrep.signing.consents import CURRENT, fill
from fellesgrep.signing.evidence_record import FORMAT, NAME, Evidence
from fellesgrep.signing.methods import WET_INK, called
from fellesgrep.signing.models import (
    Countersignature,
    RequestStatus,
    SigningRequest,
    SigningRound,
)
from fellesgrep.signing.sending import subject_of


def signature_page(
    tx: Tx,
    agreement: Agreement,
    signing: SigningRound,
    seal: Countersignature,
    language: Language,
    *,
    verify_url: str,
) -> SignaturePage:
    """Return who signed, when and how, in the agreement's language."""
    municipality = agreement.data["municipality"]["name"]
    partners = (
        Signature(
            name=request.name,
            on_behalf_of=request.party_name,
            capacity=request.role_title,
            signed_at=request.answered_at,
            method=say(
                language, f"signing.method.{called(request.method or '', request.evidence)}"
            ),
            note=_note(request, language),
            mark=marks.address_of(tx, request),
            authority=authority_words.basis(tx, request.party_id, language),
        )
        for request in _signed(signing)
    )
    own = Signature(
        name=seal.name,
        on_behalf_of=municipality,
        capacity=seal.title,
        signed_at=seal.signed_at,
        method=say(language, f"signing.method.{seal.method}"),
        authority=delegated.words(tx, seal, language),
    )
    return SignaturePage(
        signatures=(*partners, own),
        sealed_by=municipality,
        shown_file_name=shown_file_name(agreement),
        shown_sha256=agreement.shown_sha256 or "",
        verify_url=verify_url,
    )


def _note(request: SigningRequest, language: Language) -> str:
    """Return what the page tells of a paper: when it was signed, and who saw it."""
    if request.method != WET_INK:
        return ""
    facts = request.evidence["method_result"]
    signed_on = date.fromisoformat(facts["signed_on"])
    return say(language, "signing.paper.note", signed_on=signed_on, name=facts["original_seen_by"])


def evidence_file(
    tx: Tx, agreement: Agreement, signing: SigningRound, seal: Countersignature
) -> Attachment:
    """Return the machine-readable record, for keeping inside the sealed file."""
    address = tx.house.settings(NOTIFICATIONS).public_url
    record = {
        "$schema": published_schemas.address(address, NAME),
        "format": FORMAT,
        "agreement": {
            "id": str(agreement.id),
            "case_number": agreement.data["case"]["number"],
            "title": agreement.title,
            "municipality": agreement.data["municipality"]["name"],
            "shown_file": shown_file_name(agreement),
            "shown_sha256": agreement.shown_sha256,
            "frozen_at": agreement.frozen_at,
        },
        "signatures": [_signature(tx, agreement, request) for request in _signed(signing)],
        "authority": [
            {"on_behalf_of": name, "records": authority_words.evidence(tx, party_id)}
            for party_id, name in {r.party_id: r.party_name for r in signing.requests}.items()
        ],
        "not_needed": [
            {"request": str(request.id), "name": request.name, "on_behalf_of": request.party_name}
            for request in signing.requests
            if authority.is_unneeded(request)
        ],
        "countersignature": {
            "person": str(seal.person_id),
            "name": seal.name,
            "title": seal.title,
            "method": seal.method,
            "signed_at": seal.signed_at,
            "shown_sha256": seal.shown_sha256,
            "on_delegation": delegated.facts(tx, seal),
        },
    }
    return Attachment(
        f"{agreement.data['case']['number']}-signaturer.json",
        published_schemas.as_json(Evidence.model_validate(record)),
        "application/json",
        "Data",
        seal.signed_at,
    )


def _signed(signing: SigningRound) -> list[SigningRequest]:
    return [each for each in signing.requests if each.status == RequestStatus.SIGNED]


def _signature(tx: Tx, agreement: Agreement, request: SigningRequest) -> dict[str, Any]:
    entries = reversed(timeline(tx.session, subject_of(request)))
    return {
        "request": str(request.id),
        "name": request.name,
        "typed_name": request.typed_name,
        "role_title": request.role_title,
        "on_behalf_of": request.party_name,
        "method": request.method,
        "method_required": request.required_method,
        "method_of_policy": request.policy_method,
        "signed_at": request.answered_at,
        "shown_sha256": request.shown_sha256,
        "consent_version": request.consent_version,
        "consent_text": _consent(agreement, request)["text"],
        "consent_sha256": _consent(agreement, request)["sha256"],
        "particulars": request.evidence,
        "events": [_event(entry) for entry in entries],
    }


def _consent(agreement: Agreement, request: SigningRequest) -> dict[str, str]:
    """Return what was agreed to; requests signed before it was kept there said the same."""
    kept: dict[str, str] | None = request.evidence.get("consent")
    return (
        kept
        or fill(
            request.consent_version or CURRENT,
            choose_language(request.evidence.get("language")),
            agreement=agreement.title,
            party=request.party_name,
        ).as_evidence()
    )


def _event(entry: AuditEntry) -> dict[str, Any]:
    return {"at": entry.at, "kind": entry.kind, "digest": entry.digest}
