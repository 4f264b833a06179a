"""Find, record and decide who may sign for a party, and tell how that stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from fellesgrep.cases.models import CaseParty
from fellesgrep.core import files
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.clock import local_date
from fellesgrep.core.problems import Conflict, FieldProblem, Invalid, NotFound
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person, RoleGrant
from fellesgrep.identity.policy import Role
from fellesgrep.notifications.service import queue_message
from fellesgrep.partners.models import Contact, Partner, PartnerKind, Status
from fellesgrep.signing import rounds
from fellesgrep.signing.authority_models import AuthorityQuestion, PartyAuthority
from fellesgrep.signing.authority_reading import Reading, Source, Unclear
from fellesgrep.signing.authority_rules import Known, Rule, contacts_of, fulfilled, link
from fellesgrep.signing.models import RequestStatus, SigningRequest, SigningRound
from fellesgrep.signing.rules import lacks
from fellesgrep.signing.scans import Scan
from fellesgrep.signing.settings import SIGNING
from fellesgrep.workflow import service as workflow

SIGNS_FOR_ITSELF = frozenset({PartnerKind.MUNICIPAL_UNIT, PartnerKind.RESOURCE_PERSON})
"""Kinds of which nobody asks who may sign: the municipality's own, and a person by name."""

LOOK_UP = "signing.look_up_authority"
NOT_NEEDED_AT = "not_needed_at"
_OPEN = frozenset({RequestStatus.PLANNED, RequestStatus.SENT, RequestStatus.REVOKED})


@dataclass(frozen=True)
class Standing:
    """How it stands with the authority to sign for a party.

    `record` is what counts now; `rule` is its rule with the persons found among the contact
    persons; `failed` is a later look-up that came to nothing; `question` is open at legal.
    """

    party: CaseParty
    partner: Partner
    record: PartyAuthority | None
    rule: Rule | None
    failed: PartyAuthority | None
    question: AuthorityQuestion | None

    @property
    def asked_for(self) -> bool:
        """Tell whether this kind of party must have somebody's authority at all."""
        return self.partner.kind not in SIGNS_FOR_ITSELF

    @property
    def confirmed(self) -> bool:
        """Tell whether a liaison has confirmed, with a reason, what is not settled."""
        return self.record is not None and self.record.source == Source.LIAISON


def in_force(records: Sequence[PartyAuthority]) -> PartyAuthority | None:
    """Return which of a party's records, oldest first, counts.

    What legal decided counts until legal decides anew. A look-up that came to nothing does not
    displace minutes, and one that failed displaces nothing. Else the latest counts.
    """
    counts: PartyAuthority | None = None
    for each in records:
        weak = each.unclear is not None and counts is not None and counts.source == Source.MINUTES
        failed = each.unclear in {Unclear.DOWN, Unclear.ODD} and counts is not None
        decided = counts is not None and counts.source == Source.LEGAL != each.source
        if not (weak or failed or decided):
            counts = each
    return counts


def records_of(tx: Tx, party_id: UUID) -> Sequence[PartyAuthority]:
    """Return everything recorded of a party, oldest first."""
    return tx.session.scalars(
        select(PartyAuthority)
        .where(PartyAuthority.party_id == party_id)
        .order_by(PartyAuthority.id)
    ).all()


def known_people(tx: Tx, partner_id: UUID) -> list[Known]:
    """Return a partner's contact persons, whom a rule may mean."""
    rows = tx.session.execute(
        select(Contact.id, Contact.name)
        .where(Contact.partner_id == partner_id, Contact.status == Status.ACTIVE)
        .order_by(Contact.id)
    )
    return [Known(row.id, row.name) for row in rows]


def standing(tx: Tx, party: CaseParty) -> Standing:
    """Return how it stands with the authority to sign for a party."""
    records = records_of(tx, party.id)
    record = in_force(records)
    rule = None
    if record is not None and record.rule is not None:
        rule = link(Rule.model_validate(record.rule), known_people(tx, party.partner_id))
    last = records[-1] if records else None
    question = tx.session.scalar(
        select(AuthorityQuestion)
        .where(AuthorityQuestion.party_id == party.id)
        .order_by(AuthorityQuestion.id.desc())
        .limit(1)
    )
    answered = question is not None and any(
        each.source == Source.LEGAL and each.id > question.id for each in records
    )
    return Standing(
        party=party,
        partner=tx.session.get_one(Partner, party.partner_id),
        record=record,
        rule=rule,
        failed=last if last is not record else None,
        question=None if answered else question,
    )


def standings(tx: Tx, party_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """Return how it stands with each of some parties, by id."""
    return {id_: standing(tx, tx.session.get_one(CaseParty, id_)) for id_ in party_ids}


def unsettled_faults(tx: Tx, found: Mapping[UUID, Standing]) -> list[FieldProblem]:
    """Return what the municipality's settings do not let out for signature."""
    if not tx.house.settings(SIGNING).authority_required:
        return []
    return [
        FieldProblem(
            "/signatories", "signing.problem.authority_unsettled", {"party": each.partner.name}
        )
        for each in found.values()
        if each.asked_for and each.rule is None and not each.confirmed
    ]


def signed_for(requests: Iterable[SigningRequest], party_id: UUID) -> dict[UUID, date]:
    """Return who has signed for a party, and on which day."""
    return {
        each.contact_id: local_date(each.answered_at)
        for each in requests
        if each.party_id == party_id
        and each.status == RequestStatus.SIGNED
        and each.answered_at is not None
    }


def expect_bound(tx: Tx, signing: SigningRound) -> None:
    """Raise `Conflict` naming what a party lacks, where its signatures do not bind it."""
    for id_, found in standings(tx, dict.fromkeys(r.party_id for r in signing.requests)).items():
        if found.rule is not None:
            lacking = lacks(found.rule, signed_for(signing.requests, id_), found.partner.name)
            for fault in lacking:
                raise Conflict(fault.key, **fault.params)


def unneeded(tx: Tx, signing: SigningRound) -> list[SigningRequest]:
    """Return the open requests of parties for whom enough others have signed.

    An optional party is waited for as long as others are.
    """
    waiting = [each for each in signing.requests if each.status in _OPEN]
    if not any(each.status == RequestStatus.SIGNED for each in signing.requests):
        return []
    found = standings(tx, dict.fromkeys(each.party_id for each in waiting))
    rules = {id_: each.rule for id_, each in found.items() if each.rule is not None}
    enough = {
        id_ for id_, rule in rules.items() if fulfilled(rule, signed_for(signing.requests, id_))
    }
    asked = {each.party_id for each in waiting} - enough
    optional = {id_ for id_, rule in rules.items() if rule.optional}
    if asked <= optional:
        enough |= asked
    return [each for each in waiting if each.party_id in enough]


def is_unneeded(request: SigningRequest) -> bool:
    """Tell whether a request was closed because enough others had signed."""
    return request.status == RequestStatus.CLOSED and NOT_NEEDED_AT in request.evidence


def party_of(tx: Tx, case_id: UUID, party_id: UUID) -> CaseParty:
    """Return a present party of a case; raises `NotFound`."""
    party = tx.session.get(CaseParty, party_id)
    if party is None or party.case_id != case_id or party.removed_at is not None:
        raise NotFound("core.problem.not_found")
    return party


def open_for_liaison(tx: Tx, party: CaseParty) -> None:
    """Raise `Conflict` where only legal may still say who may sign for a party."""
    signing = _lock(tx, party)
    if signing is not None and signing.sent_at is not None:
        raise Conflict("signing.problem.authority_sent")
    record = in_force(records_of(tx, party.id))
    if record is not None and record.source == Source.LEGAL:
        raise Conflict("signing.problem.authority_decided")


def _lock(tx: Tx, party: CaseParty) -> SigningRound | None:
    """Wait for every other act on the signing; raises `Conflict` once the municipality signed."""
    workflow.hold(tx, Subject("case", party.case_id))
    signing = rounds.find_current_round(tx, party.case_id)
    if signing is not None:
        rounds.lock(tx, signing)
        if signing.countersignature is not None:
            raise Conflict("signing.problem.authority_sent")
    return signing


def start_look_up(tx: Tx, party: CaseParty) -> None:
    """Have the worker ask the registers; raises `Invalid` for a partner without a number."""
    open_for_liaison(tx, party)
    partner = tx.session.get_one(Partner, party.partner_id)
    if partner.organisation_number is None:
        raise Invalid.at("/organisation_number", "signing.problem.authority_no_number")
    tx.defer(LOOK_UP, key=f"{LOOK_UP}:{party.id}", party_id=party.id, person_id=tx.actor.id)


def record_look_up(
    tx: Tx, party: CaseParty, reading: Reading, answers: bytes | None, person_id: UUID | None
) -> PartyAuthority:
    """Keep what the registers answered, as the answer came."""
    sha256 = files.keep(tx.session, answers, "application/json", at=tx.now()) if answers else None
    rule = reading.rule.model_dump(mode="json") if reading.rule else None
    return _record(
        tx,
        party,
        "authority_found" if reading.rule else "authority_unclear",
        source=reading.source,
        rule=rule,
        unclear=reading.unclear,
        words=reading.words,
        file_sha256=sha256,
        recorded_by_id=person_id,
    )


def upload_minutes(tx: Tx, party: CaseParty, rule: Rule, scan: Scan) -> None:
    """Keep minutes that name who may sign, and the rule a liaison reads in them."""
    open_for_liaison(tx, party)
    sha256 = files.keep(tx.session, scan.content, scan.media_type, at=tx.now())
    _record(
        tx,
        party,
        "authority_minutes",
        source=Source.MINUTES,
        rule=_checked(tx, party, rule),
        file_sha256=sha256,
        recorded_by_id=tx.actor.id,
    )


def confirm(tx: Tx, party: CaseParty, reason: str) -> None:
    """Let it out for signature although nobody has settled who may sign; the reason is kept."""
    open_for_liaison(tx, party)
    if standing(tx, party).rule is not None:
        raise Conflict("signing.problem.authority_settled")
    _record(
        tx,
        party,
        "authority_confirmed",
        source=Source.LIAISON,
        reason=reason,
        recorded_by_id=tx.actor.id,
    )


def decide(tx: Tx, party: CaseParty, rule: Rule, reason: str) -> None:
    """Decide, as legal, who may sign; possible until the municipality has signed."""
    _lock(tx, party)
    if not rule.optional and not rule.combinations:
        raise Invalid.at("/rule", "signing.problem.authority_empty")
    _record(
        tx,
        party,
        "authority_legal",
        source=Source.LEGAL,
        rule=_checked(tx, party, rule),
        reason=reason,
        recorded_by_id=tx.actor.id,
    )


def ask_legal(tx: Tx, party: CaseParty, question: str) -> None:
    """Ask legal who may sign for a party; everybody who may decide is told by mail."""
    tx.session.add(
        AuthorityQuestion(
            party_id=party.id, question=question, asked_at=tx.now(), asked_by_id=tx.actor.id
        )
    )
    tx.session.flush()
    partner = {"partner": ref("partner", party.partner_id)}
    case = Subject("case", party.case_id)
    tx.audit("signing:authority_asked", case, partner)
    for person_id in tx.session.scalars(
        select(Person.id)
        .where(Person.active, Person.grants.any(RoleGrant.role == Role.LEGAL))
        .order_by(Person.id)
    ):
        to = Subject("person", person_id)
        queue_message(tx, "signing.authority_asked", to=to, subject=case, params=partner)


def _checked(tx: Tx, party: CaseParty, rule: Rule) -> dict[str, object]:
    """Return a rule that a person gave, for keeping; raises `Invalid` for foreign contacts."""
    mine = {known.id for known in known_people(tx, party.partner_id)}
    if not contacts_of(rule) <= mine:
        raise Invalid.at("/rule", "partners.problem.not_their_contact")
    return rule.model_dump(mode="json")


def _record(tx: Tx, party: CaseParty, what: str, **facts: object) -> PartyAuthority:
    made = PartyAuthority(party_id=party.id, recorded_at=tx.now(), **facts)
    tx.session.add(made)
    tx.session.flush()
    tx.audit(
        f"signing:{what}",
        Subject("case", party.case_id),
        {"partner": ref("partner", party.partner_id)},
        also=[Subject("partner", party.partner_id)],
    )
    return made
