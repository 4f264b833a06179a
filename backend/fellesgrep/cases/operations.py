"""What the steps of the cooperation process do in a case."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from fellesgrep.cases import confirming, service
from fellesgrep.cases.models import Case, Expectation, Way
from fellesgrep.core.audit import Subject, code
from fellesgrep.core.problems import Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.partners.models import Channel, Contact, Partner
from fellesgrep.partners.service import log_engagement
from fellesgrep.workflow.operations import Operation, Step


class Input(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class FirstContact(Input):
    """How the first contact went."""

    held_on: date
    channel: Channel
    contact_id: UUID | None = None
    summary: str = Field(min_length=1, max_length=4000)
    next_step: Literal["clarify", "close"]


class Clarification(Input):
    """What both sides expect, and in which way they want to work together."""

    goals: str = Field(min_length=1, max_length=4000)
    municipality_expects: str = Field(min_length=1, max_length=4000)
    partner_expects: str = Field(min_length=1, max_length=4000)
    working_method: str = Field(min_length=1, max_length=4000)
    way: Way
    ask_partner: bool = False


class Parties(Input):
    """All who should take part are in the case."""

    confirmed: bool


def log_first_contact(step: Step, given: FirstContact) -> None:
    """Log the first contact in the contact log of the partner it was with."""
    tx = step.tx
    case = tx.session.get_one(Case, step.subject.id)
    log_engagement(
        tx,
        _met(tx, case, given.contact_id),
        channel=given.channel,
        held_on=given.held_on,
        summary=given.summary,
        contact_id=given.contact_id,
        case_id=case.id,
        area_id=case.area_id,
    )


def _met(tx: Tx, case: Case, contact_id: UUID | None) -> Partner:
    """Return the party that a contact person speaks for, the leading one where none is named."""
    present = [party.partner_id for party in service.parties(tx, case.id)]
    contact = tx.session.get(Contact, contact_id) if contact_id else None
    if contact_id and (contact is None or contact.partner_id not in present):
        raise Invalid.at("/contact_id", "cases.problem.contact_of_no_party")
    return tx.session.get_one(Partner, contact.partner_id if contact else present[0])


def clarify(step: Step, given: Clarification) -> Mapping[str, Any]:
    """Record what both sides expect of each other; where wanted, the parties are asked too."""
    tx = step.tx
    expectation = Expectation(
        case_id=step.subject.id,
        **given.model_dump(exclude={"ask_partner"}),
        recorded_at=tx.now(),
        recorded_by_id=tx.actor.id if tx.actor.kind == "person" else None,
    )
    tx.session.add(expectation)
    tx.session.flush()
    tx.audit("case:clarified", step.subject, {"way": code(f"cases.way.{given.way}")})
    if given.ask_partner:
        confirming.ask_parties(tx, expectation)
    return {"confirmation": "asked" if given.ask_partner else "none"}


def settle_parties(step: Step, given: Parties) -> Mapping[str, Any]:
    """Confirm that the right parties take part."""
    if not given.confirmed:
        raise Invalid.at("/confirmed", "cases.problem.not_confirmed")
    count = len(service.parties(step.tx, step.subject.id))
    step.tx.audit("case:parties_settled", step.subject, {"smart_count": count})
    return {"party_count": count}


def responsible_of(tx: Tx, subject: Subject, facts: Mapping[str, Any]) -> UUID | None:
    """Return who gets a liaison's task about a case: the one responsible for it."""
    case = tx.session.get(Case, subject.id) if subject.kind == "case" else None
    return case.responsible_id if case else None


OPERATIONS_OF_CASES = {
    "cases.log_first_contact": Operation(log_first_contact, FirstContact),
    "cases.clarify": Operation(clarify, Clarification, facts=("confirmation",)),
    "cases.record_confirmation": confirming.RECORD_CONFIRMATION,
    "cases.settle_parties": Operation(settle_parties, Parties, facts=("party_count",)),
}
