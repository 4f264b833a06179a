"""What was decided in a case, and who may decide what."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select

from fellesgrep.core.audit import Subject
from fellesgrep.core.languages import say
from fellesgrep.core.web import Named, Page, Paged, ReaderLanguage, fetch_page
from fellesgrep.decisions import rules
from fellesgrep.decisions.models import Decision, Delegation
from fellesgrep.decisions.schemas import DecisionView, DelegationView
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.models import Person
from fellesgrep.proposals.models import ProposalVersion
from fellesgrep.proposals.reading import confirmed_by
from fellesgrep.workflow.models import RuleTrace
from fellesgrep.workflow.service import traces

router = APIRouter(prefix="/api/v1", tags=["decisions"])

TABLE = "delegation"
"""The decision table that chooses the level."""


@router.get("/cases/{case_id}/decisions")
def list_decisions(
    case_id: UUID,
    access: Annotated[Access, allow("case:read", on="case")],
    paged: Paged,
    language: ReaderLanguage,
) -> Page[DecisionView]:
    """List the case's decisions, newest first."""
    rows, total, more = fetch_page(
        access.tx.session,
        select(Decision, Person.name, ProposalVersion)
        .join(Person, Person.id == Decision.decided_by_id)
        .join(ProposalVersion, ProposalVersion.id == Decision.proposal_version_id)
        .where(Decision.case_id == case_id),
        paged,
        {"proposal_number": ProposalVersion.number, "decided_at": Decision.decided_at},
        default="-proposal_number",
    )
    chosen = [
        trace for trace in traces(access.tx, Subject("case", case_id)) if trace.table_name == TABLE
    ]
    items = [
        DecisionView(
            id=decision.id,
            number=decision.number,
            proposal_number=version.number,
            level=decision.level,
            level_label=say(language, f"decisions.level.{decision.level}"),
            legal_reference=decision.legal_reference,
            amount_ore=decision.amount_ore,
            outcome=decision.outcome,
            outcome_label=say(language, f"decisions.outcome.{decision.outcome}"),
            reasons=decision.reasons,
            conditions=decision.conditions,
            decided_by=Named(id=decision.decided_by_id, name=name),
            decided_at=decision.decided_at,
            rule=_rule(decision, chosen),
            confirmed_by=confirmed_by(access.tx, version, decision.decided_at),
        )
        for decision, name, version in rows
    ]
    return Page(items=items, total=total, more=more)


def _rule(decision: Decision, chosen: list[RuleTrace]) -> str | None:
    """Return what the table said when it last chose a level before the decision."""
    before = (trace for trace in chosen if trace.at <= decision.decided_at)
    return next((trace.annotation for trace in before), None)


@router.get("/delegations")
def list_delegations(
    access: Annotated[Access, allow("person:read")], paged: Paged, language: ReaderLanguage
) -> Page[DelegationView]:
    """List who may decide, at which level, up to which limit, from when to when."""
    rows, total, more = fetch_page(
        access.tx.session,
        select(Delegation, Person.name).join(Person, Person.id == Delegation.person_id),
        paged,
        {
            "valid_from": Delegation.valid_from,
            "level": Delegation.level,
            "limit_ore": Delegation.limit_ore,
            "person": Person.name,
        },
        default="-valid_from",
    )
    items = [
        DelegationView(
            id=delegation.id,
            person=Named(id=delegation.person_id, name=name),
            level=delegation.level,
            level_label=say(language, f"decisions.level.{delegation.level}"),
            limit_ore=delegation.limit_ore,
            valid_from=delegation.valid_from,
            valid_to=delegation.valid_to,
            in_force=rules.holds(delegation, access.tx.today()),
        )
        for delegation, name in rows
    ]
    return Page(items=items, total=total, more=more)
