"""Plan who signs an agreement, and find what was planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.service import find_current, get_current
from fellesgrep.cases.models import Case, CaseParty
from fellesgrep.cases.service import parties
from fellesgrep.core.audit import Subject
from fellesgrep.core.problems import Conflict, Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.decisions.models import Decision
from fellesgrep.documents.frames import Signature
from fellesgrep.identity.access import grants_of
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Role
from fellesgrep.partners.models import Contact, Partner
from fellesgrep.partners.service import contact_of
from fellesgrep.signing import choosing
from fellesgrep.signing.methods import EMAIL_CONFIRMATION
from fellesgrep.signing.models import SigningRequest, SigningRound
from fellesgrep.signing.rules import USUAL_DAYS


@dataclass(frozen=True)
class Signatory:
    """Who is to sign for which party of the case."""

    party_id: UUID
    contact_id: UUID
    method: str | None = None
    """The method asked for; None for what the signature policy says."""
    order: int = 1
    """Those of one order are asked at the same time, in ascending order."""


def round_of(tx: Tx, agreement_id: UUID) -> SigningRound | None:
    """Return the signing of an agreement, None before it is planned."""
    return tx.session.scalar(select(SigningRound).where(SigningRound.agreement_id == agreement_id))


def find_current_round(tx: Tx, case_id: UUID) -> SigningRound | None:
    """Return the signing of a case's newest agreement, None where none is planned yet."""
    agreement = find_current(tx, case_id)
    return round_of(tx, agreement.id) if agreement else None


def current_round(tx: Tx, case_id: UUID) -> SigningRound:
    """Return the signing of a case's newest agreement; raises `NotFound`."""
    found = round_of(tx, get_current(tx, case_id).id)
    if found is None:
        raise NotFound("signing.problem.none_yet")
    return found


def lock(tx: Tx, signing: SigningRound) -> None:
    """Wait for every other act on this signing, and look at it afresh."""
    tx.session.refresh(signing, with_for_update=True)
    for request in signing.requests:
        tx.session.refresh(request)


def agreement_of(tx: Tx, signing: SigningRound) -> Agreement:
    """Return what is signed."""
    return tx.session.get_one(Agreement, signing.agreement_id)


def history_of(tx: Tx, signing: SigningRound) -> Subject:
    """Return the history that signing belongs to: the case's."""
    return Subject("case", agreement_of(tx, signing).case_id)


def responsible_for(tx: Tx, signing: SigningRound) -> UUID:
    """Return who is responsible for the case."""
    return tx.session.get_one(Case, agreement_of(tx, signing).case_id).responsible_id


def people_of(tx: Tx, signing: SigningRound) -> list[UUID]:
    """Return who of the municipality is told how a signing goes."""
    told = (responsible_for(tx, signing), signing.countersigner_id)
    return list(dict.fromkeys(filter(None, told)))


def begin(tx: Tx, case_id: UUID) -> SigningRound | None:
    """Plan the signing of the case's agreement as it mostly is; None without an agreement.

    Each party's contact person signs, whoever decided countersigns, within two weeks.
    """
    agreement = find_current(tx, case_id)
    if agreement is None:
        return None
    signing = round_of(tx, agreement.id)
    if signing is None:
        signing = SigningRound(
            agreement_id=agreement.id,
            countersigner_id=_decided_by(tx, case_id),
            deadline_on=tx.today() + timedelta(days=USUAL_DAYS),
        )
        tx.session.add(signing)
        tx.session.flush()
        usual = [
            Signatory(party.id, party.contact_id)
            for party in parties(tx, case_id)
            if party.contact_id is not None
        ]
        _replace(tx, signing, case_id, usual)
    return signing


def _decided_by(tx: Tx, case_id: UUID) -> UUID | None:
    return tx.session.scalars(
        select(Decision.decided_by_id)
        .where(Decision.case_id == case_id)
        .order_by(Decision.decided_at.desc())
        .limit(1)
    ).first()


def plan(
    tx: Tx,
    case_id: UUID,
    signing: SigningRound,
    *,
    signatories: Sequence[Signatory],
    countersigner_id: UUID | None,
    deadline_on: date | None,
) -> None:
    """Set who signs, who countersigns and until when; raises `Conflict` once it is sent out."""
    lock(tx, signing)
    if signing.sent_at is not None or agreement_of(tx, signing).frozen_at is not None:
        raise Conflict("signing.problem.already_sent")
    _check_countersigner(tx, countersigner_id)
    signing.countersigner_id = countersigner_id
    signing.deadline_on = deadline_on
    signing.updated_at = tx.now()
    _replace(tx, signing, case_id, signatories)
    data = {"people": len(signing.requests)}
    tx.audit("signing:planned", history_of(tx, signing), data)


def _check_countersigner(tx: Tx, person_id: UUID | None) -> None:
    if person_id is None:
        return
    person = tx.session.get(Person, person_id)
    roles = {grant.role for grant in grants_of(person)} if person and person.active else set()
    if Role.DECISION_MAKER not in roles:
        raise Invalid.at("/countersigner_id", "signing.problem.may_not_countersign")


def _replace(
    tx: Tx, signing: SigningRound, case_id: UUID, signatories: Sequence[Signatory]
) -> None:
    present = {party.id: party for party in parties(tx, case_id)}
    policies = choosing.policies(tx, case_id)
    lowered = {(r.party_id, r.contact_id): choosing.lowered_of(r) for r in signing.requests}
    made: list[SigningRequest] = []
    for position, signatory in enumerate(signatories):
        pointer = f"/signatories/{position}"
        party = present.get(signatory.party_id)
        if party is None:
            raise Invalid.at(pointer, "signing.problem.no_such_party")
        if any(request.contact_id == signatory.contact_id for request in made):
            raise Invalid.at(pointer, "signing.problem.named_twice")
        request = _request(tx, party, signatory.contact_id, position, pointer)
        request.signing_order = signatory.order
        choosing.settle(
            request,
            policies.get(party.id, EMAIL_CONFIRMATION),
            signatory.method,
            lowered.get((party.id, signatory.contact_id)),
            pointer,
        )
        made.append(request)
    signing.requests.clear()
    tx.session.flush()
    signing.requests.extend(made)
    tx.session.flush()


def _request(
    tx: Tx, party: CaseParty, contact_id: UUID, position: int, pointer: str
) -> SigningRequest:
    try:
        contact = contact_of(tx, party.partner_id, contact_id)
    except Invalid:
        raise Invalid.at(pointer, "partners.problem.not_their_contact") from None
    assert contact is not None  # noqa: S101 (an id was given)
    return SigningRequest(
        position=position,
        party_id=party.id,
        contact_id=contact.id,
        name=contact.name,
        role_title=contact.role_title,
        party_name=tx.session.get_one(Partner, party.partner_id).name,
    )


def signatories_shown(tx: Tx, agreement_id: UUID) -> list[Signature]:
    """Return who is to sign, as the document that is shown names them."""
    signing = round_of(tx, agreement_id)
    if signing is None:
        return []
    shown = [_as_frozen(request) for request in signing.requests]
    countersigner = signing.countersigner_id and tx.session.get(Person, signing.countersigner_id)
    if countersigner:
        municipality = agreement_of(tx, signing).data["municipality"]["name"]
        shown.append(Signature(countersigner.name, municipality, countersigner.title))
    return shown


def _as_frozen(request: SigningRequest) -> Signature:
    """Return who a request named when the document was made, before it was handed over."""
    first: dict[str, str] = next(iter(request.evidence.get("handed_over", [])), {})
    return Signature(
        name=first.get("name", request.name),
        on_behalf_of=request.party_name,
        capacity=first.get("role_title", request.role_title),
    )


def reachable(tx: Tx, request: SigningRequest) -> bool:
    """Tell whether mail reaches a signatory."""
    return bool(tx.session.get_one(Contact, request.contact_id).email)
