"""What must be in place before a party can be bound: what the steps of `party_clearance` do."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from fellesgrep.cases.models import Basis, CaseParty, PartyClearance
from fellesgrep.cases.service import parties
from fellesgrep.core.audit import Subject, code, ref
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.partners.events import EngagementLogged
from fellesgrep.partners.models import Engagement, MeetingResult, Partner
from fellesgrep.partners.rules import HOUSING_COMPANIES
from fellesgrep.workflow.operations import NoInput, Operation, Step
from fellesgrep.workflow.service import send_message

ALL, SOME, NONE = "all", "some", "none"
MEETING_HELD = "meeting_held"
"""The message that a clearance hears while it waits for the party's general meeting."""


class Input(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class Authority(Input):
    """Whether somebody may bind the party, and who."""

    authority: Literal["yes", "no"]
    who: str = Field("", max_length=300)
    source: Literal["", "register", "minutes", "power_of_attorney", "statement"] = ""


class Meeting(Input):
    """What the general meeting decided."""

    held_on: date
    meeting_result: MeetingResult
    minutes: str = Field("", max_length=300)


class LoggedMeeting(Input):
    """A general meeting that stands in the contact log."""

    engagement: UUID
    meeting_result: MeetingResult


class Members(Input):
    """How a group without an organisation number takes part."""

    bound_by: Literal["members", "letter", "no"]
    names: str = Field("", max_length=2000)


def clearances(tx: Tx, case_id: UUID) -> Sequence[PartyClearance]:
    """Return the latest clearance of every party that takes part now."""
    present = [party.id for party in parties(tx, case_id)]
    return tx.session.scalars(
        select(PartyClearance)
        .where(PartyClearance.party_id.in_(present))
        .order_by(PartyClearance.party_id, PartyClearance.id.desc())
        .ext(distinct_on(PartyClearance.party_id))
    ).all()


def _list_parties(step: Step, _: NoInput) -> Mapping[str, Any]:
    return {"parties": [str(party.id) for party in parties(step.tx, step.subject.id)]}


def _party(step: Step) -> CaseParty:
    if step.item is None:
        raise Conflict("cases.problem.no_party")
    return step.tx.session.get_one(CaseParty, UUID(step.item))


def _describe(step: Step, _: NoInput) -> Mapping[str, Any]:
    partner = step.tx.session.get_one(Partner, _party(step).partner_id)
    return {"party_kind": partner.kind}


def _confirm_authority(step: Step, given: Authority) -> Mapping[str, Any]:
    if given.authority == "yes" and not given.who:
        raise Invalid.at("/answers/who", "cases.problem.who_binds")
    return _record(step, Basis.AUTHORITY, given.authority == "yes", given.who)


def _record_meeting(step: Step, given: Meeting) -> Mapping[str, Any]:
    if given.held_on > step.tx.today():
        raise Invalid.at("/answers/held_on", "cases.problem.meeting_not_held")
    adopted = given.meeting_result is MeetingResult.ADOPTED
    return _record(step, Basis.GENERAL_MEETING, adopted, given.minutes, given.held_on)


def _record_logged_meeting(step: Step, given: LoggedMeeting) -> Mapping[str, Any]:
    held = step.tx.session.get_one(Engagement, given.engagement)
    adopted = given.meeting_result is MeetingResult.ADOPTED
    return _record(step, Basis.GENERAL_MEETING, adopted, held.summary[:300], held.held_on)


def hear_of_meeting(tx: Tx, logged: EngagementLogged) -> None:
    """Let the party go on whose general meeting has voted, if its clearance waits for that."""
    held = logged.engagement
    if held.case_id is None or held.meeting_result is None:
        return
    facts = {"engagement": str(held.id), "meeting_result": held.meeting_result}
    for party in parties(tx, held.case_id):
        if party.partner_id == held.partner_id:
            subject = Subject("case", held.case_id)
            send_message(tx, subject, MEETING_HELD, facts, item=str(party.id))


def _name_members(step: Step, given: Members) -> Mapping[str, Any]:
    if given.bound_by == "members" and not given.names:
        raise Invalid.at("/answers/names", "cases.problem.who_binds")
    basis = Basis.LETTER if given.bound_by == "letter" else Basis.MEMBERS
    return _record(step, basis, given.bound_by != "no", given.names)


def _commit_unit(step: Step, _: NoInput) -> None:
    _record(step, Basis.INTERNAL, cleared=True, details="")


def _record(
    step: Step, basis: Basis, cleared: bool, details: str, decided_on: date | None = None
) -> Mapping[str, Any]:
    tx, party = step.tx, _party(step)
    housed = step.facts["party_kind"] in HOUSING_COMPANIES
    tx.session.add(
        PartyClearance(
            case_id=party.case_id,
            party_id=party.id,
            cleared=cleared,
            basis=basis,
            details=details,
            legal_reference=step.facts["meeting_reference"] if housed else "",
            signature_method=step.facts["signature_method"],
            decided_on=decided_on,
            recorded_at=tx.now(),
            recorded_by_id=tx.actor.id if tx.actor.kind == "person" else None,
        )
    )
    tx.session.flush()
    tx.audit(
        "case:party_cleared" if cleared else "case:party_refused",
        step.subject,
        {"partner": ref("partner", party.partner_id), "basis": code(f"cases.basis.{basis}")},
    )
    return {"party_cleared": "yes" if cleared else "no"}


def _settle(step: Step, _: NoInput) -> Mapping[str, Any]:
    """Tell whether everybody can be bound, some, or nobody that the case could go on with."""
    present = {party.id: party for party in parties(step.tx, step.subject.id)}
    refused = [
        present[each.party_id] for each in clearances(step.tx, step.subject.id) if not each.cleared
    ]
    if not refused:
        return {"clearance": ALL}
    return {"clearance": NONE if any(party.lead for party in refused) else SOME}


OPERATIONS_OF_CLEARANCE = {
    "cases.list_parties": Operation(_list_parties, facts=("parties",)),
    "cases.describe_party": Operation(_describe, facts=("party_kind",)),
    "cases.confirm_authority": Operation(_confirm_authority, Authority, facts=("party_cleared",)),
    "cases.record_meeting": Operation(_record_meeting, Meeting, facts=("party_cleared",)),
    "cases.record_logged_meeting": Operation(
        _record_logged_meeting, LoggedMeeting, facts=("party_cleared",)
    ),
    "cases.name_members": Operation(_name_members, Members, facts=("party_cleared",)),
    "cases.commit_unit": Operation(_commit_unit),
    "cases.settle_clearance": Operation(_settle, facts=("clearance",)),
}
