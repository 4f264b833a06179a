"""The acts of signing: a partner signs or declines, the municipality countersigns."""

from contextlib import suppress
from uuid import UUID

from fellesgrep.agreements import service as agreements
from fellesgrep.core.audit import SYSTEM, Subject, ref
from fellesgrep.core.languages import Language
from fellesgrep.core.problems import Conflict, Forbidden, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person
from fellesgrep.signing import authority, consents, delegated, rounds
from fellesgrep.signing.methods import WET_INK, Proof, strong_enough
from fellesgrep.signing.models import (
    Countersignature,
    RequestStatus,
    SigningRequest,
    SigningRound,
)
from fellesgrep.signing.rules import LOG_IN, is_late
from fellesgrep.signing.sending import (
    close_requests,
    invite_next,
    subject_of,
    write,
    write_to_person,
)
from fellesgrep.workflow import service as workflow

ELEMENT = "sign"
SIGNED, DECLINED, NOT_NEEDED = "signed", "declined", "not_needed"


def open_request(tx: Tx, request: SigningRequest) -> SigningRound | None:
    """Lock a request for an answer; None when it cannot be answered (any more)."""
    signing = tx.session.get_one(SigningRound, request.round_id)
    workflow.hold(tx, rounds.history_of(tx, signing))
    rounds.lock(tx, signing)
    return signing if is_answerable(tx, request) else None


def is_answerable(tx: Tx, request: SigningRequest) -> bool:
    """Tell whether a request can be answered, as it stands now and without waiting for anybody."""
    return request.status == RequestStatus.SENT and not is_late(request.deadline_on, tx.now())


def sign(
    tx: Tx,
    request: SigningRequest,
    proof: Proof,
    *,
    typed_name: str,
    language: Language = "nb",
    consent_version: str = consents.CURRENT,
    evidence: dict[str, str] | None = None,
) -> None:
    """Sign, as the contact acting, what the request showed; the step of the case goes with it.

    The caller has had the method make sure who it is (`proof`), and has shown the consent text.
    Raises `Conflict` where the request is not open, or asks for a stronger method. A paper that
    was signed in time may be taken in later.
    """
    in_time = open_request(tx, request) is not None
    if request.status != RequestStatus.SENT or not (in_time or proof.method == WET_INK):
        raise Conflict("signing.problem.not_open")
    if not strong_enough(proof.method, request.required_method):
        raise Conflict("signing.problem.method_too_weak")
    request.typed_name = typed_name
    request.method = proof.method
    request.consent_version = consent_version
    agreement = rounds.agreement_of(tx, tx.session.get_one(SigningRound, request.round_id))
    shown = consents.fill(
        consent_version, language, agreement=agreement.title, party=request.party_name
    )
    request.evidence = (
        request.evidence
        | {"language": language, "consent": shown.as_evidence()}
        | (evidence or {})
        | {"method_result": dict(proof.facts)}
    )
    _answer(tx, request, SIGNED)


def decline(tx: Tx, request: SigningRequest, *, reason: str) -> None:
    """Decline, as the contact acting; the agreement comes to nothing and everybody is told."""
    if open_request(tx, request) is None:
        raise Conflict("signing.problem.not_open")
    request.decline_reason = reason
    _answer(tx, request, DECLINED)


def _answer(tx: Tx, request: SigningRequest, answer: str) -> None:
    signing = tx.session.get_one(SigningRound, request.round_id)
    workflow.complete_as_partner(
        tx, rounds.history_of(tx, signing), ELEMENT, str(request.id), {"answer": answer}
    )
    if answer == SIGNED:
        close_unneeded(tx, signing)


def close_unneeded(tx: Tx, signing: SigningRound) -> None:
    """End the requests of those who need not sign any more, and tell them.

    A case on an older version of the process waits for everybody who was asked: its step does not
    know this answer. Nor is there a step while it is decided what comes after the deadline.
    """
    system, history = tx.acting_as(SYSTEM), rounds.history_of(tx, signing)
    for request in authority.unneeded(tx, signing):
        with suppress(Invalid, Conflict):
            workflow.complete_as_partner(
                system, history, ELEMENT, str(request.id), {"answer": NOT_NEEDED}
            )


def record(tx: Tx, request_id: UUID, answer: str) -> None:
    """Make an answer final, as the step of the case is taken.

    Raises `Conflict` where nobody has answered: only `sign`, `decline` and `close_unneeded` lead
    here.
    """
    request = tx.session.get_one(SigningRequest, request_id)
    signing = tx.session.get_one(SigningRound, request.round_id)
    if answer == NOT_NEEDED and request in authority.unneeded(tx, signing):
        _close(tx, signing, request)
        _hand_on(tx, signing)
        return
    if request.status != RequestStatus.SENT:
        raise Conflict("signing.problem.not_open")
    if answer == SIGNED and request.typed_name is not None:
        _record(tx, signing, request, RequestStatus.SIGNED)
        _hand_on(tx, signing)
    elif answer == DECLINED and request.decline_reason is not None:
        _record(tx, signing, request, RequestStatus.DECLINED)
        _end(tx, signing, request)
    else:
        raise Conflict("signing.problem.not_open")


def _close(tx: Tx, signing: SigningRound, request: SigningRequest) -> None:
    request.status = RequestStatus.CLOSED
    request.evidence = request.evidence | {authority.NOT_NEEDED_AT: tx.now().isoformat()}
    tx.session.flush()
    history, contact = rounds.history_of(tx, signing), ref("contact", request.contact_id)
    tx.audit("signing:not_needed", history, {"contact": contact}, also=[subject_of(request)])
    if request.sent_at is not None and rounds.reachable(tx, request):
        write(tx, request, "signing.not_needed")


def _record(tx: Tx, signing: SigningRound, request: SigningRequest, status: RequestStatus) -> None:
    request.status = status
    request.answered_at = tx.now()
    tx.session.flush()
    data = {"party": ref("signing_request", request.id)}
    kind = str(status)
    if request.method == WET_INK:
        kind = "signed_on_paper"
        data["contact"] = ref("contact", request.contact_id)
    if status == RequestStatus.SIGNED:
        data["sha256"] = request.shown_sha256 or ""
    tx.audit(f"signing:{kind}", rounds.history_of(tx, signing), data, also=[subject_of(request)])


def _hand_on(tx: Tx, signing: SigningRound) -> None:
    """Ask who is next; when the last partner has signed, tell the one who countersigns."""
    invite_next(tx, signing)
    if _is_complete(signing) and signing.countersigner_id is not None:
        write_to_person(tx, signing, signing.countersigner_id, "signing.your_turn")


def _is_complete(signing: SigningRound) -> bool:
    return all(
        request.status == RequestStatus.SIGNED or authority.is_unneeded(request)
        for request in signing.requests
    )


def _end(tx: Tx, signing: SigningRound, declined: SigningRequest) -> None:
    agreements.mark_declined(tx, rounds.agreement_of(tx, signing))
    closed = close_requests(tx, signing)
    involved = [*closed, *(r for r in signing.requests if r.status == RequestStatus.SIGNED)]
    by = {"party": ref("signing_request", declined.id)}
    for request in involved:
        write(tx, request, "signing.declined", by)
    for person_id in rounds.people_of(tx, signing):
        write_to_person(tx, signing, person_id, "signing.declined_here", by)


def countersign(tx: Tx, signing: SigningRound, *, confirmed: bool) -> None:
    """Sign for the municipality, as the person acting; then the seal is due.

    Raises `Conflict` as long as a partner has not signed, or those who have do not bind it, and
    `Forbidden` where the person's delegation does not reach so far.
    """
    rounds.lock(tx, signing)
    if not confirmed:
        raise Invalid.at("/answers/confirm", "signing.problem.must_confirm")
    agreement = rounds.agreement_of(tx, signing)
    if signing.countersignature is not None or not _is_complete(signing):
        raise Conflict("signing.problem.not_all_signed")
    authority.expect_bound(tx, signing)
    person = _acting_person(tx)
    delegation = delegated.delegation_of(tx, agreement.case_id, person.id)
    signing.countersignature = Countersignature(
        round_id=signing.id,
        person_id=person.id,
        name=person.name,
        title=person.title,
        method=LOG_IN,
        shown_sha256=agreement.shown_sha256 or "",
        signed_at=tx.now(),
        delegation_id=delegation.id if delegation else None,
    )
    signing.updated_at = tx.now()
    tx.session.flush()
    sha256 = {"sha256": agreement.shown_sha256}
    tx.audit("signing:countersigned", Subject("case", agreement.case_id), sha256)
    agreements.mark_signed(tx, agreement)
    agreements.mark_sealing(tx, agreement)


def _acting_person(tx: Tx) -> Person:
    person = tx.session.get(Person, tx.actor.id) if tx.actor.kind == "person" else None
    if person is None:
        raise Forbidden("identity.problem.forbidden")
    return person
