"""One case of the demo: each method is an act of a person, through the service that users use."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from fellesgrep.agreements import drafting
from fellesgrep.cases import service as cases
from fellesgrep.cases.models import Case
from fellesgrep.core.audit import Actor, Subject
from fellesgrep.core.clock import local_date
from fellesgrep.core.tx import House, Tx
from fellesgrep.demo.content import CaseScript, ProposalScript
from fellesgrep.demo.town import Town
from fellesgrep.follow_up import service as follow_up
from fellesgrep.follow_up.models import Obligation
from fellesgrep.follow_up.rules import Fulfilled, Status
from fellesgrep.funding.service import find_plan, replace_plan
from fellesgrep.proposals.service import find_proposal, replace_proposal
from fellesgrep.signing import acts, rounds
from fellesgrep.signing.methods import EMAIL_CONFIRMATION, Proof
from fellesgrep.signing.models import RequestStatus, SigningRequest
from fellesgrep.signing.rounds import Signatory
from fellesgrep.workflow import service as workflow
from fellesgrep.workflow.models import Task

SIGNING_DAYS = 14
T = TypeVar("T")


class CaseStory:
    """Acts a case out. `plan_begins` is the day from which its time plan counts."""

    def __init__(
        self,
        house: House,
        town: Town,
        area: str,
        script: CaseScript,
        *,
        plan_begins: date,
        working_method: str,
        rng: Random,
    ) -> None:
        self._house, self._town, self._script, self._rng = house, town, script, rng
        self._area = town.areas[area]
        self._plan_begins, self._working_method = plan_begins, working_method
        self._partners = [town.partners[key] for key in script.parties]
        self._case_id: UUID | None = None

    @property
    def signers(self) -> int:
        """How many people sign for the parties."""
        return sum(len(partner.contacts) for partner in self._partners)

    @property
    def _subject(self) -> Subject:
        return Subject("case", self._told(self._case_id, "opening"))

    @property
    def _proposal(self) -> ProposalScript:
        return self._told(self._script.proposal, "proposal")

    def _told(self, found: T | None, what: str) -> T:
        if found is None:
            raise ValueError(f"{self._script.title}: the content does not tell its {what}")
        return found

    def _acting(self, tx: Tx, person_id: UUID) -> Tx:
        return tx.acting_as(Actor("person", person_id))

    def _liaison(self, tx: Tx) -> Tx:
        return self._acting(tx, self._town.people[self._script.responsible])

    def _complete(self, element: str, by: str | None = None, **answers: Any) -> None:
        """Complete the waiting task of an element as the person it is assigned to, or as `by`."""
        with self._house.transaction() as tx:
            task = self._waiting(tx, element)[0]
            person_id = self._town.people[by] if by else self._told(task.assignee_id, "assignee")
            workflow.complete(self._acting(tx, person_id), task.id, answers)

    def _waiting(self, tx: Tx, element: str) -> Sequence[Task]:
        tasks = workflow.open_tasks(tx, self._subject)
        return [task for task in tasks if task.element == element]

    def open(self) -> None:
        lead, script = self._partners[0], self._script
        with self._house.transaction() as tx:
            case = cases.open_case(
                self._liaison(tx),
                title=script.title,
                summary=script.summary,
                area_id=self._area.id,
                lead_partner_id=lead.id,
                contact_id=lead.contacts[0],
                measure_id=self._area.measures[script.measure],
                involvement_item_id=self._area.items[script.item],
                responsible_id=self._town.people[script.responsible],
            )
            self._case_id = case.id

    def log_first_contact(self, next_step: str = "clarify") -> None:
        contact = self._told(self._script.first_contact, "first contact")
        self._complete(
            "log_first_contact",
            held_on=self._today().isoformat(),
            contact_id=str(self._partners[0].contacts[0]),
            next_step=next_step,
            **contact.model_dump(mode="json"),
        )
        if next_step == "clarify":
            self._add_other_parties()

    def close_after_contact(self) -> None:
        self.log_first_contact("close")

    def _add_other_parties(self) -> None:
        with self._house.transaction() as tx:
            case = tx.session.get_one(Case, self._subject.id)
            for partner in self._partners[1:]:
                cases.add_party(
                    self._liaison(tx), case, partner_id=partner.id, contact_id=partner.contacts[0]
                )

    def clarify_expectations(self) -> None:
        expectations = self._told(self._script.expectations, "expectations")
        self._complete(
            "clarify_expectations",
            goals=expectations.goals,
            municipality_expects=expectations.municipality,
            partner_expects=expectations.partner,
            working_method=self._working_method,
            way=expectations.way.value,
        )

    def settle_parties(self) -> None:
        self._complete("settle_parties", confirmed=True)

    def draft_proposal(self) -> None:
        with self._house.transaction() as tx:
            case = tx.session.get_one(Case, self._subject.id)
            self._write_text(self._liaison(tx), case)
            self._write_plan(self._liaison(tx), case)

    def _write_text(self, tx: Tx, case: Case) -> None:
        proposal, begun = self._proposal, find_proposal(tx.session, case.id)
        replace_proposal(
            tx,
            case,
            version=begun.version if begun else 0,
            title=self._script.title,
            background=self._script.summary,
            goals=proposal.goals,
            target_groups=proposal.target_groups,
            results=proposal.results,
            maintenance=proposal.maintenance,
            activities=[
                {
                    "title": each.title,
                    "starts_on": self._plan_begins + timedelta(days=each.first_day),
                    "ends_on": self._plan_begins + timedelta(days=each.last_day),
                    "responsible": each.responsible,
                }
                for each in proposal.activities
            ],
        )

    def _write_plan(self, tx: Tx, case: Case) -> None:
        party_ids = self._party_ids(tx)
        begun = find_plan(tx.session, case.id)
        replace_plan(
            tx,
            case,
            version=begun.version if begun else 0,
            lines=[
                {
                    "description": line.description,
                    "category": line.category,
                    "amount_ore": line.amount,
                }
                for line in self._proposal.lines
            ],
            contributions=[
                {
                    "party_id": None
                    if each.party == "kommunen"
                    else party_ids[self._town.partners[each.party].id],
                    "kind": each.kind,
                    "description": each.description,
                    "amount_ore": each.amount,
                }
                for each in self._proposal.funding
            ],
        )

    def _party_ids(self, tx: Tx) -> Mapping[UUID, UUID]:
        return {party.partner_id: party.id for party in cases.parties(tx, self._subject.id)}

    def write_proposal(self) -> None:
        self.draft_proposal()
        self._complete("write_proposal")

    def decide_co_funding(self) -> None:
        decision = self._told(self._script.decision, "decision")
        rejected = self._script.reaches == "declined_by_municipality"
        self._complete(
            "decide_co_funding",
            outcome="rejected" if rejected else "approved",
            **decision.model_dump(),
        )

    def return_proposal(self) -> None:
        self._complete("decide_co_funding", outcome="returned", reasons=self._script.returned)

    def clear_parties(self) -> None:
        """Let every party say who binds it; in a cooperative the general meeting says yes."""
        while self._next_to_clear() is not None:
            pass

    def _next_to_clear(self) -> str | None:
        answers = self._clearing()
        with self._house.transaction() as tx:
            for task in workflow.open_tasks(tx, self._subject):
                if task.element in answers:
                    person_id = self._told(task.assignee_id, "assignee")
                    workflow.complete(self._acting(tx, person_id), task.id, answers[task.element])
                    return task.element
        return None

    def _clearing(self) -> Mapping[str, Mapping[str, Any]]:
        return {
            "assess_measure": {
                "measure_kind": "alteration",
                "ordinary_management": "no",
                "cost_share_percent": 8,
            },
            "record_meeting": {
                "held_on": self._today().isoformat(),
                "meeting_result": "adopted",
                "minutes": "Sak 5, vedtatt mot to stemmer",
            },
            "confirm_authority": {
                "authority": "yes",
                "who": "Styreleder eller daglig leder",
                "source": "register",
            },
            "name_members": {"bound_by": "letter"},
        }

    def draft_agreement(self) -> None:
        with self._house.transaction() as tx:
            agreement = drafting.begin(tx, self._subject.id)
            version, _ = drafting.templates_for(tx, self._subject.id)[0]
            asked = {field.name for field in version.read_manifest().fields}
            drafting.choose(
                self._liaison(tx),
                agreement,
                template_id=version.template_id,
                language="nb",
                fields={name: day for name, day in self._days().items() if name in asked},
            )
        self._complete("draft_agreement", note="Se særlig på vedlikehold og frister.")

    def _days(self) -> Mapping[str, str]:
        """Answer what templates ask about time."""
        activities = self._proposal.activities
        first = self._plan_begins + timedelta(days=min(each.first_day for each in activities))
        last = self._plan_begins + timedelta(days=max(each.last_day for each in activities))
        report = last + timedelta(days=60)
        return {
            "starts_on": first.isoformat(),
            "ends_on": last.isoformat(),
            "report_on": report.isoformat(),
        }

    def approve_agreement(self) -> None:
        self._complete("approve_agreement", by=self._lawyer(), verdict="approved")

    def return_agreement(self) -> None:
        self._complete(
            "approve_agreement",
            by=self._lawyer(),
            verdict="returned",
            comment=self._script.legal_returns,
        )

    def _lawyer(self) -> str:
        return self._rng.choice(("sofie", "jonas"))

    def set_up_signing(self) -> None:
        deadline_on = self._today() + timedelta(days=SIGNING_DAYS)
        with self._house.transaction() as tx:
            signing = rounds.current_round(tx, self._subject.id)
            party_ids = self._party_ids(tx)
            rounds.plan(
                self._liaison(tx),
                self._subject.id,
                signing,
                signatories=[
                    Signatory(party_ids[partner.id], contact_id)
                    for partner in self._partners
                    for contact_id in partner.contacts
                ],
                countersigner_id=signing.countersigner_id,
                deadline_on=deadline_on,
            )
        self._complete("set_up_signing", deadline_on=deadline_on.isoformat())

    def sign(self) -> None:
        with self._house.transaction() as tx:
            request = self._unanswered(tx)
            contact = tx.acting_as(Actor("contact", request.contact_id))
            acts.sign(contact, request, Proof(EMAIL_CONFIRMATION), typed_name=request.name)

    def decline(self) -> None:
        with self._house.transaction() as tx:
            request = self._unanswered(tx)
            contact = tx.acting_as(Actor("contact", request.contact_id))
            acts.decline(contact, request, reason=self._script.declined)

    def _unanswered(self, tx: Tx) -> SigningRequest:
        requests = rounds.current_round(tx, self._subject.id).requests
        return next(each for each in requests if each.status == RequestStatus.SENT)

    def countersign(self) -> None:
        self._complete("countersign", confirm=True)

    def fulfil(self) -> None:
        self._fulfil(at_most=1)

    def _fulfil(self, at_most: int | None = None) -> None:
        """Register as done what is open, the largest amounts first."""
        with self._house.transaction() as tx:
            waiting = tx.session.scalars(
                select(Obligation)
                .where(Obligation.case_id == self._subject.id, Obligation.status == Status.OPEN)
                .order_by(Obligation.amount_ore.desc().nulls_last(), Obligation.description)
                .limit(at_most)
            ).all()
            for each in waiting:
                follow_up.fulfil(
                    self._liaison(tx), each, fulfilled_on=tx.today(), note="Som avtalt."
                )

    def conclude_cooperation(self) -> None:
        fulfilment = self._told(self._script.fulfilment, "fulfilment")
        if fulfilment is Fulfilled.YES:
            self._fulfil()  # the text of the agreement may promise more than the funding plan
        self._complete(
            "conclude_cooperation",
            fulfilled=fulfilment.value,
            summary=self._script.conclusion,
        )

    def withdraw(self) -> None:
        with self._house.transaction() as tx:
            case = tx.session.get_one(Case, self._subject.id)
            cases.withdraw(self._liaison(tx), case, reason=self._script.withdrawn)

    def _today(self) -> date:
        return local_date(self._house.clock.now())
