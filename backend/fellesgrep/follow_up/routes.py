"""The obligations of a case."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select

from fellesgrep.core.problems import NotFound
from fellesgrep.core.web import Page, Paged, fetch_page
from fellesgrep.follow_up import service
from fellesgrep.follow_up.models import Obligation
from fellesgrep.follow_up.rules import Status
from fellesgrep.follow_up.schemas import Fulfilment, ObligationView
from fellesgrep.funding.service import party_names
from fellesgrep.identity.access import Access, allow

router = APIRouter(prefix="/api/v1/cases/{case_id}/obligations", tags=["follow_up"])


def _view(obligation: Obligation, party_name: str, *, overdue: bool) -> ObligationView:
    return ObligationView(
        id=obligation.id,
        party_id=obligation.party_id,
        party_name=party_name,
        kind=obligation.kind,
        description=obligation.description,
        amount_ore=obligation.amount_ore,
        due_on=obligation.due_on,
        overdue=overdue,
        status=obligation.status,
        fulfilled_on=obligation.fulfilled_on,
        note=obligation.note,
        version=obligation.version,
    )


@router.get("")
def list_obligations(
    case_id: UUID,
    access: Annotated[Access, allow("case:read", on="case")],
    paged: Paged,
    status: Status | None = None,
) -> Page[ObligationView]:
    """List what the parties promised, the earliest due first."""
    statement = select(Obligation, service.overdue(access.tx.today()).label("overdue")).where(
        Obligation.case_id == case_id
    )
    if status is not None:
        statement = statement.where(Obligation.status == status)
    rows, total, more = fetch_page(
        access.tx.session,
        statement,
        paged,
        {"due_on": Obligation.due_on, "amount_ore": Obligation.amount_ore},
        default="due_on",
    )
    names = party_names(access.tx, case_id)
    items = [_view(row, names[row.party_id], overdue=overdue) for row, overdue in rows]
    return Page(items=items, total=total, more=more)


@router.post("/{obligation_id}/fulfil")
def fulfil_obligation(
    case_id: UUID,
    obligation_id: UUID,
    body: Fulfilment,
    access: Annotated[Access, allow("case:edit", on="case")],
) -> ObligationView:
    """Register that an obligation is fulfilled."""
    obligation = access.tx.session.get(Obligation, obligation_id)
    if obligation is None or obligation.case_id != case_id:
        raise NotFound("core.problem.not_found")
    service.fulfil(access.tx, obligation, **body.model_dump())
    name = party_names(access.tx, case_id)[obligation.party_id]
    return _view(obligation, name, overdue=False)
