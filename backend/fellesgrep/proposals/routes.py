"""The proposal of a case and what has been submitted of it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select

from fellesgrep.cases.models import Case
from fellesgrep.core.web import IfMatch, Named, Page, Paged, fetch_page
from fellesgrep.funding.service import is_editable
from fellesgrep.identity.access import Access, allow
from fellesgrep.identity.models import Person
from fellesgrep.proposals import service, statements
from fellesgrep.proposals.models import Position, Proposal, ProposalVersion
from fellesgrep.proposals.schemas import (
    ProposalEdit,
    ProposalVersionView,
    ProposalView,
    StatementView,
)

router = APIRouter(prefix="/api/v1/cases/{case_id}/proposal", tags=["proposals"])


def _view(case: Case, proposal: Proposal) -> ProposalView:
    return ProposalView(
        version=proposal.version, editable=is_editable(case), **service.plain(proposal)
    )


@router.get("")
def show_proposal(
    case_id: UUID, access: Annotated[Access, allow("case:read", on="case")]
) -> ProposalView:
    """Return the proposal as it is being written; an empty one of version 0 before that."""
    case = access.tx.session.get_one(Case, case_id)
    proposal = service.find_proposal(access.tx.session, case_id)
    return _view(case, proposal or service.empty_proposal(case_id))


@router.put("")
def replace_proposal(
    case_id: UUID,
    body: ProposalEdit,
    version: IfMatch,
    access: Annotated[Access, allow("proposal:edit", on="case")],
) -> ProposalView:
    """Set the whole proposal; it may be incomplete as long as it is not submitted."""
    case = access.tx.session.get_one(Case, case_id)
    proposal = service.replace_proposal(access.tx, case, version=version, **body.model_dump())
    return _view(case, proposal)


@router.get("/versions")
def list_versions(
    case_id: UUID, access: Annotated[Access, allow("case:read", on="case")], paged: Paged
) -> Page[ProposalVersionView]:
    """List what was submitted, newest first."""
    rows, total, more = fetch_page(
        access.tx.session,
        select(ProposalVersion, Person.name)
        .join(Person, Person.id == ProposalVersion.submitted_by_id)
        .where(ProposalVersion.case_id == case_id),
        paged,
        {"number": ProposalVersion.number},
        default="-number",
    )
    items = [
        ProposalVersionView(
            id=version.id,
            number=version.number,
            content=version.content,
            note=version.note,
            amount_ore=version.amount_ore,
            total_ore=version.total_ore,
            submitted_at=version.submitted_at,
            submitted_by=Named(id=version.submitted_by_id, name=name),
        )
        for version, name in rows
    ]
    return Page(items=items, total=total, more=more)


@router.get("/statements")
def list_statements(
    case_id: UUID, access: Annotated[Access, allow("case:read", on="case")]
) -> list[StatementView]:
    """List what municipal units were asked about the proposal, and what they said."""
    asked = statements.list_statements(access.tx.session, case_id)
    names = statements.names(access.tx.session, asked)
    return [
        StatementView(
            id=each.id,
            asked=Named(id=each.asked_id, name=names[each.asked_id]),
            asked_at=each.asked_at,
            due_on=each.due_on,
            position=Position(each.position) if each.position else None,
            text=each.text,
            given_at=each.given_at,
        )
        for each in asked
    ]
