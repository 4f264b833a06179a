"""Use cases on cases: one function each, inside the caller's transaction."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from fellesgrep.areas.models import Area, Measure
from fellesgrep.cases import rules
from fellesgrep.cases.events import CaseEdited, CaseOpened, PartyAdded, PartyRemoved
from fellesgrep.cases.models import (
    Case,
    CaseNumber,
    CaseParty,
    HandOver,
    Outcome,
    Stage,
    StageEntry,
)
from fellesgrep.core.audit import Subject, ref
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.identity import policy
from fellesgrep.identity.access import grants_of
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Place
from fellesgrep.partners.models import Partner, Status
from fellesgrep.partners.service import contact_of
from fellesgrep.workflow import service as workflow

PROCESS = "cooperation"


def subject_of(case: Case) -> Subject:
    """Return what the workflow and the audit log know a case by."""
    return Subject("case", case.id)


def open_case(  # noqa: PLR0913 (the facts of a case, all by name)
    tx: Tx,
    *,
    title: str,
    summary: str,
    area_id: UUID,
    lead_partner_id: UUID,
    responsible_id: UUID,
    contact_id: UUID | None = None,
    measure_id: UUID | None = None,
    involvement_item_id: UUID | None = None,
) -> Case:
    """Open a case with the partner that leads it, and start its process."""
    if tx.session.get(Area, area_id) is None:
        raise Invalid.at("/area_id", "cases.problem.no_such_area")
    _check_measure(tx, area_id, measure_id)
    _check_responsible(tx, responsible_id, area_id, "/responsible_id")
    case = Case(
        number=_next_number(tx),
        title=title,
        summary=summary,
        area_id=area_id,
        measure_id=measure_id,
        involvement_item_id=involvement_item_id,
        responsible_id=responsible_id,
        stage_since=tx.now(),
        opened_at=tx.now(),
    )
    tx.session.add(case)
    tx.session.flush()
    tx.session.add(StageEntry(case_id=case.id, stage=Stage.FIRST_CONTACT, entered_at=tx.now()))
    _put_party(tx, case, lead_partner_id, contact_id, lead=True, pointer="/lead_partner_id")
    tx.audit(
        "case:opened",
        subject_of(case),
        {"partner": ref("partner", lead_partner_id), "area": ref("area", area_id)},
        also=[Subject("partner", lead_partner_id), Subject("area", area_id)],
    )
    tx.publish(CaseOpened(case))
    workflow.start(
        tx,
        PROCESS,
        subject_of(case),
        title=title,
        area_id=area_id,
        facts={"begins_at": Stage.FIRST_CONTACT},
    )
    return case


def _next_number(tx: Tx) -> str:
    year = tx.today().year
    given = (
        insert(CaseNumber)
        .values(year=year, last=1)
        .on_conflict_do_update(index_elements=["year"], set_={"last": CaseNumber.last + 1})
        .returning(CaseNumber.last)
    )
    return rules.case_number(year, tx.session.execute(given).scalar_one())


def _check_measure(tx: Tx, area_id: UUID, measure_id: UUID | None) -> None:
    if measure_id is not None:
        measure = tx.session.get(Measure, measure_id)
        if measure is None or measure.area_id != area_id:
            raise Invalid.at("/measure_id", "cases.problem.measure_of_another_area")


def _check_responsible(tx: Tx, person_id: UUID, area_id: UUID, pointer: str) -> None:
    person = tx.session.get(Person, person_id)
    if person is None or not person.active:
        raise Invalid.at(pointer, "cases.problem.no_such_person")
    if not policy.allows("case:edit", person.id, grants_of(person), Place(area_id=area_id)):
        raise Invalid.at(pointer, "cases.problem.may_not_be_responsible", name=person.name)


def edit_case(
    tx: Tx,
    case: Case,
    *,
    title: str,
    summary: str,
    measure_id: UUID | None,
    involvement_item_id: UUID | None,
) -> None:
    """Change what a case is about; raises `Conflict` when it is closed."""
    _require_open(case)
    _check_measure(tx, case.area_id, measure_id)
    renamed = case.title != title
    case.title, case.summary = title, summary
    case.measure_id, case.involvement_item_id = measure_id, involvement_item_id
    case.updated_at = tx.now()
    tx.session.flush()
    tx.audit("case:edited", subject_of(case))
    tx.publish(CaseEdited(case))
    if renamed:
        workflow.rename(tx, subject_of(case), title)


def _require_open(case: Case) -> None:
    if case.stage == Stage.CLOSED:
        raise Conflict("cases.problem.closed")


def parties(tx: Tx, case_id: UUID) -> Sequence[CaseParty]:
    """Return who takes part now, the leading party first."""
    return tx.session.scalars(
        select(CaseParty)
        .where(CaseParty.case_id == case_id, CaseParty.removed_at.is_(None))
        .order_by(CaseParty.lead.desc(), CaseParty.added_at, CaseParty.id)
    ).all()


def leading_partner(tx: Tx, case_id: UUID) -> Partner:
    """Return the partner that leads the cooperation."""
    return tx.session.scalars(
        select(Partner)
        .join(CaseParty, CaseParty.partner_id == Partner.id)
        .where(CaseParty.case_id == case_id, CaseParty.lead, CaseParty.removed_at.is_(None))
    ).one()


def add_party(tx: Tx, case: Case, *, partner_id: UUID, contact_id: UUID | None = None) -> CaseParty:
    """Let one more partner take part; refused once the proposal is sent to decision."""
    _lock(tx, case)
    party = _put_party(tx, case, partner_id, contact_id, lead=False, pointer="/partner_id")
    tx.audit(
        "case:party_added",
        subject_of(case),
        {"partner": ref("partner", partner_id)},
        also=[Subject("partner", partner_id)],
    )
    tx.publish(PartyAdded(case, party))
    return party


def _lock(tx: Tx, case: Case) -> None:
    """Wait for others who change the parties; raises `Conflict` where these are settled."""
    tx.session.refresh(case, with_for_update=True)
    if Stage(case.stage) not in rules.PARTY_STAGES:
        raise Conflict("cases.problem.parties_settled")
    case.updated_at = tx.now()


def _put_party(
    tx: Tx, case: Case, partner_id: UUID, contact_id: UUID | None, *, lead: bool, pointer: str
) -> CaseParty:
    partner = tx.session.get(Partner, partner_id)
    if partner is None or partner.status != Status.ACTIVE:
        raise Invalid.at(pointer, "cases.problem.no_such_partner")
    if any(party.partner_id == partner_id for party in parties(tx, case.id)):
        raise Invalid.at(pointer, "cases.problem.already_party", name=partner.name)
    contact_of(tx, partner_id, contact_id)
    party = CaseParty(
        case_id=case.id,
        partner_id=partner_id,
        contact_id=contact_id,
        lead=lead,
        added_at=tx.now(),
    )
    tx.session.add(party)
    tx.session.flush()
    return party


def remove_party(tx: Tx, case: Case, party: CaseParty) -> None:
    """Take a partner out of a case; the leading one stays."""
    _lock(tx, case)
    if party.removed_at is not None:
        raise Conflict("cases.problem.party_removed")
    if party.lead:
        raise Conflict("cases.problem.lead_stays")
    party.removed_at = tx.now()
    tx.session.flush()
    tx.audit(
        "case:party_removed",
        subject_of(case),
        {"partner": ref("partner", party.partner_id)},
        also=[Subject("partner", party.partner_id)],
    )
    tx.publish(PartyRemoved(case, party))


def hand_over(tx: Tx, case: Case, *, person_id: UUID, reason: str) -> None:
    """Make somebody else responsible; what waits for the one before, waits for them."""
    _require_open(case)
    _check_responsible(tx, person_id, case.area_id, "/person_id")
    before = case.responsible_id
    if person_id == before:
        raise Invalid.at("/person_id", "cases.problem.already_responsible")
    case.responsible_id = person_id
    case.updated_at = tx.now()
    tx.session.add(
        HandOver(case_id=case.id, from_id=before, to_id=person_id, reason=reason, at=tx.now())
    )
    tx.session.flush()
    tx.audit(
        "case:handed_over",
        subject_of(case),
        {"before": ref("person", before), "after": ref("person", person_id)},
        also=[Subject("person", person_id)],
    )
    for task in workflow.open_tasks(tx, subject_of(case)):
        if task.assignee_id == before:
            workflow.assign(tx, task, person_id)


def withdraw(tx: Tx, case: Case, *, reason: str) -> None:
    """End a case before there is an agreement; the reason stays with the case."""
    if Stage(case.stage) not in rules.WITHDRAW_STAGES:
        raise Conflict("cases.problem.cannot_withdraw")
    case.outcome_reason = reason
    workflow.cancel(tx, subject_of(case), reason_code=Outcome.WITHDRAWN)
