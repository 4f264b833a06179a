"""Send an agreement out for signature, again where needed, and take requests back."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from fellesgrep.agreements import service as agreements
from fellesgrep.agreements.models import AgreementParty
from fellesgrep.agreements.rules import Status
from fellesgrep.cases.models import Outcome
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.notifications.service import queue_message
from fellesgrep.partners.events import ContactAddressChanged, ContactPhoneChanged
from fellesgrep.portal.codes import spoil_codes
from fellesgrep.portal.links import revoke_links
from fellesgrep.signing import authority, choosing, rounds, rules
from fellesgrep.signing.methods import SMS_CODE, WET_INK
from fellesgrep.signing.models import RequestStatus, SigningRequest, SigningRound
from fellesgrep.signing.municipal_seal import refuse_without_seal
from fellesgrep.signing.reminder_times import begin_anew, plan
from fellesgrep.workflow.events import InstanceEnded

PURPOSE = "signing.request"


def subject_of(request: SigningRequest) -> Subject:
    """Return what links and histories know a request by."""
    return Subject("signing_request", request.id)


def send_out(tx: Tx, signing: SigningRound, deadline_on: date) -> list[str]:
    """Check the plan and settle the deadline; returns the requests' ids.

    Raises `Invalid` naming everything that is missing, `Conflict` when the seal does not work:
    nobody is asked to sign what could not be sealed.
    """
    rounds.lock(tx, signing)
    named = tx.session.execute(
        select(AgreementParty.party_id, AgreementParty.name)
        .where(
            AgreementParty.agreement_id == signing.agreement_id,
            AgreementParty.party_id.is_not(None),
        )
        .order_by(AgreementParty.position)
    ).all()
    standings = authority.standings(tx, [row.party_id for row in named])
    faults = authority.unsettled_faults(tx, standings)
    faults += list(
        rules.faults_of_plan(
            [(row.party_id, row.name) for row in named],
            [
                rules.Planned(
                    request.party_id,
                    request.name,
                    choosing.hindrance(tx, request),
                    request.contact_id,
                )
                for request in signing.requests
            ],
            authorities={id_: each.rule for id_, each in standings.items() if each.rule},
            has_countersigner=signing.countersigner_id is not None,
            deadline_on=deadline_on,
            today=tx.today(),
        )
    )
    if faults:
        raise Invalid("core.problem.invalid", fields=faults)
    refuse_without_seal(tx.house)
    signing.deadline_on = deadline_on
    signing.updated_at = tx.now()
    tx.session.flush()
    return [str(request.id) for request in signing.requests]


def issue(tx: Tx, signing: SigningRound) -> None:
    """Make the planned requests real: whose turn it is gets mail and a link."""
    rounds.lock(tx, signing)
    agreement = rounds.agreement_of(tx, signing)
    agreements.mark_out_for_signature(tx, agreement)
    signing.sent_at = signing.updated_at = tx.now()
    for request in signing.requests:
        request.deadline_on = signing.deadline_on
        request.shown_sha256 = agreement.shown_sha256
    invite_next(tx, signing)


def invite_next(tx: Tx, signing: SigningRound) -> None:
    """Ask those whose turn it is, once everybody before them has signed or need not any more.

    Who can no longer be reached in the way that is asked for is taken back at once.
    """
    skipped = authority.unneeded(tx, signing)
    order = rules.order_to_ask(
        (each.signing_order, RequestStatus.CLOSED if each in skipped else each.status)
        for each in signing.requests
    )
    for request in list(signing.requests):
        if order is None or request.signing_order != order or request in skipped:
            continue
        request.status = RequestStatus.SENT
        request.sent_at = tx.now()
        begin_anew(request)
        tx.session.flush()
        _invite(tx, signing, request)
        if choosing.hindrance(tx, request) is not None:
            _take_back(tx, [request], "unreachable_at")
    plan(tx, signing)


def _invite(tx: Tx, signing: SigningRound, request: SigningRequest) -> None:
    history = rounds.history_of(tx, signing)
    contact = ref("contact", request.contact_id)
    tx.audit("signing:sent", history, {"contact": contact}, also=[subject_of(request)])
    write(tx, request, "signing.request", {"deadline_on": str(request.deadline_on)})


def write(tx: Tx, request: SigningRequest, kind: str, params: dict[str, str] | None = None) -> None:
    """Queue a message to a signatory about their request, if they can have one.

    Who signs on paper may be without an address.
    """
    if request.required_method == WET_INK and not rounds.reachable(tx, request):
        return
    signing = tx.session.get_one(SigningRound, request.round_id)
    queue_message(
        tx,
        kind,
        to=Subject("contact", request.contact_id),
        subject=rounds.history_of(tx, signing),
        about=subject_of(request),
        params=_words(signing) | (params or {}),
    )


def write_to_person(
    tx: Tx, signing: SigningRound, person_id: UUID, kind: str, params: dict[str, str] | None = None
) -> None:
    """Queue a message to somebody of the municipality about the signing of a case."""
    queue_message(
        tx,
        kind,
        to=Subject("person", person_id),
        subject=rounds.history_of(tx, signing),
        params=_words(signing) | (params or {}),
    )


def _words(signing: SigningRound) -> dict[str, str]:
    return {"agreement": ref("signing_round", signing.id)}


def resend(tx: Tx, signing: SigningRound, request: SigningRequest, deadline_on: date) -> None:
    """Send a new link to the present address and close the earlier ones.

    Raises `Conflict` when there is nothing to sign any more, or the deadline of all has passed:
    then the step that decides about it comes first.
    """
    rounds.lock(tx, signing)
    if request.status not in {RequestStatus.SENT, RequestStatus.REVOKED}:
        raise Conflict("signing.problem.not_open")
    if rules.is_late(signing.deadline_on, tx.now()):
        raise Conflict("signing.problem.extend_first")
    if signing.deadline_on is not None and deadline_on > signing.deadline_on:
        raise Invalid.at(
            "/deadline_on", "signing.problem.beyond_deadline", deadline_on=signing.deadline_on
        )
    if deadline_on <= tx.today():
        raise Invalid.at("/deadline_on", "signing.problem.deadline_passed")
    if not rounds.reachable(tx, request):
        raise Invalid.at("/signatories", "signing.problem.no_address", name=request.name)
    if (hindered := choosing.hindrance(tx, request)) is not None:
        raise Invalid("core.problem.invalid", fields=[hindered])
    revoke_links(tx, subject_of(request), history=rounds.history_of(tx, signing))
    request.status = RequestStatus.SENT
    request.deadline_on = deadline_on
    request.sent_at = signing.updated_at = tx.now()
    begin_anew(request)
    tx.session.flush()
    _invite(tx, signing, request)
    plan(tx, signing)


def renew(tx: Tx, request_id: UUID) -> None:
    """Send one more link because its owner asked; earlier ones stay as they are."""
    request = tx.session.get_one(SigningRequest, request_id)
    if request.status == RequestStatus.SENT:
        write(tx, request, "signing.request", {"deadline_on": str(request.deadline_on)})
    elif request.status == RequestStatus.SIGNED:
        write(tx, request, "signing.receipt")


def take_back(tx: Tx, changed: ContactAddressChanged) -> None:
    """Void open requests to an address that is another one now; the case's responsible decides."""
    _take_back(tx, _open_to(tx, changed.contact.id), "address_changed_at")


def phone_changed(tx: Tx, changed: ContactPhoneChanged) -> None:
    """Void open requests that ask for a code to a number that is another one now."""
    spoil_codes(tx, changed.contact.id, "sms")
    found = _open_to(tx, changed.contact.id)
    by_sms = [request for request in found if request.required_method == SMS_CODE]
    _take_back(tx, by_sms, "phone_changed_at")


def _open_to(tx: Tx, contact_id: UUID) -> Sequence[SigningRequest]:
    return tx.session.scalars(
        select(SigningRequest).where(
            SigningRequest.contact_id == contact_id,
            SigningRequest.status == RequestStatus.SENT,
        )
    ).all()


def _take_back(tx: Tx, open_requests: Sequence[SigningRequest], mark: str) -> None:
    for request in open_requests:
        signing = tx.session.get_one(SigningRound, request.round_id)
        rounds.lock(tx, signing)
        if request.status != RequestStatus.SENT:
            continue
        history = rounds.history_of(tx, signing)
        revoke_links(tx, subject_of(request), history=history)
        request.status = RequestStatus.REVOKED
        earlier = request.evidence.get(mark, [])
        request.evidence = request.evidence | {mark: [*earlier, tx.now().isoformat()]}
        tx.session.flush()
        contact = ref("contact", request.contact_id)
        tx.audit("signing:taken_back", history, {"contact": contact}, also=[subject_of(request)])
        told = rounds.responsible_for(tx, signing)
        write_to_person(tx, signing, told, "signing.taken_back", {"contact": contact})


def close_requests(tx: Tx, signing: SigningRound) -> list[SigningRequest]:
    """End what nobody has answered, as the agreement comes to nothing; returns those."""
    unanswered = {RequestStatus.PLANNED, RequestStatus.SENT, RequestStatus.REVOKED}
    closed = [request for request in signing.requests if request.status in unanswered]
    for request in closed:
        request.status = RequestStatus.CLOSED
    tx.session.flush()
    return closed


def end_with_case(tx: Tx, ended: InstanceEnded) -> None:
    """End the signing of a case that the municipality withdraws; whoever was asked is told.

    Raises `Conflict` when everybody has signed: a signed agreement is ended, not withdrawn.
    """
    if ended.subject.kind != "case" or ended.outcome != Outcome.WITHDRAWN:
        return
    agreement = agreements.find_current(tx, ended.subject.id)
    signing = rounds.round_of(tx, agreement.id) if agreement else None
    if agreement is None or signing is None:
        return
    rounds.lock(tx, signing)
    if agreement.status == Status.SEALING:
        raise Conflict("signing.problem.signed_by_all")
    asked = [r for r in signing.requests if r.status in {RequestStatus.SENT, RequestStatus.SIGNED}]
    close_requests(tx, signing)
    for request in asked:
        write(tx, request, "signing.withdrawn")
