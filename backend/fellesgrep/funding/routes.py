"""The funding plan of a case."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from fellesgrep.cases.models import Case
from fellesgrep.core.web import IfMatch
from fellesgrep.funding import rules, service
from fellesgrep.funding.models import FundingPlan
from fellesgrep.funding.schemas import (
    ContributionView,
    FundingPlanEdit,
    FundingPlanView,
    LineView,
    PartyShareView,
)
from fellesgrep.identity.access import Access, allow

router = APIRouter(prefix="/api/v1/cases/{case_id}/funding-plan", tags=["funding"])


def _view(access: Access, case: Case, plan: FundingPlan | None) -> FundingPlanView:
    lines, contributions = (plan.lines, plan.contributions) if plan else ([], [])
    names = service.party_names(access.tx, case.id)
    sums = rules.totals(lines, contributions)
    return FundingPlanView(
        version=plan.version if plan else 0,
        editable=service.is_editable(case),
        lines=[LineView.model_validate(line) for line in lines],
        contributions=[ContributionView.model_validate(each) for each in contributions],
        total_ore=sums.total_ore,
        funded_ore=sums.funded_ore,
        missing_ore=sums.missing_ore,
        balanced=sums.balanced,
        municipality_cash_ore=sums.municipality_cash_ore,
        by_party=[
            PartyShareView(
                party_id=share.party_id,
                name=names[share.party_id],
                cash_ore=share.cash_ore,
                in_kind_ore=share.in_kind_ore,
            )
            for share in rules.by_party(contributions)
        ],
    )


@router.get("")
def show_funding_plan(
    case_id: UUID, access: Annotated[Access, allow("case:read", on="case")]
) -> FundingPlanView:
    """Return the plan with its sums; an empty one of version 0 where nobody has written any."""
    case = access.tx.session.get_one(Case, case_id)
    return _view(access, case, service.find_plan(access.tx.session, case_id))


@router.put("")
def replace_funding_plan(
    case_id: UUID,
    body: FundingPlanEdit,
    version: IfMatch,
    access: Annotated[Access, allow("proposal:edit", on="case")],
) -> FundingPlanView:
    """Set the whole plan; it may be unbalanced as long as it is not submitted."""
    case = access.tx.session.get_one(Case, case_id)
    plan = service.replace_plan(
        access.tx,
        case,
        version=version,
        lines=[line.model_dump() for line in body.lines],
        contributions=[each.model_dump() for each in body.contributions],
    )
    return _view(access, case, plan)
